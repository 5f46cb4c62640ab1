/* What the examples' programs have in common: the page of a group, and whether a line is on it. */
#ifndef PAGE_H
#define PAGE_H

#include "../test.h"
#include <nanoprom.h>

static inline int shows(const nprom_group_t *group, const nprom_format_t *format, const char *line) {
    static char page[8000];
    const char *found;
    size_t len = 0;
    CHECK(nprom_check(group, page, sizeof page) == NPROM_OK || !puts(page));
    CHECK(nprom_encode_buffer(group, format, page, sizeof page - 1, &len) == NPROM_OK);
    page[len] = 0;
    for (found = page; (found = strstr(found, line)); found++)
        if ((found == page || found[-1] == '\n') && found[strlen(line)] == '\n')
            return 1;
    printf("    the page is: %s\n", page);
    return 0;
}

#endif
