/* What a plugin is: a shared library that exports one constant, `plugin`. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <nanoprom.h>

typedef struct plugin_t {
    /* Its metrics, for whoever loads it to show. */
    const nprom_group_t *metrics;
    /* Does a job, and returns how many seconds that took. */
    double (*work)(void);
} plugin_t;

extern const plugin_t plugin;

#endif
