/*
 * The metrics behind the golden pages in testdata/pages, one file a page: the same tables and the
 * same updates as those of the Rust tests.
 */
#ifndef GOLDEN_H
#define GOLDEN_H

#include <nanoprom.h>

struct golden {
    const char *name;
    const nprom_group_t *group;
    void (*fill)(void);
};

extern const nprom_group_t kinds_group, families_group, nested_group, escaping_group, ticks_group,
    guards_group, more_kinds_group, names_group, overflow_group, target_group, collectors_group,
    fixed_group;

void kinds_fill(void);
void families_fill(void);
void nested_fill(void);
void escaping_fill(void);
void ticks_fill(void);
void guards_fill(void);
void more_kinds_fill(void);
void names_fill(void);
void overflow_fill(void);
void target_fill(void);
void fixed_fill(void);
void collectors_fill(void);

#endif
