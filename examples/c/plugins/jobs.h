/* Jobs that plugins do, and what they took. */
#ifndef JOBS_H
#define JOBS_H

#include "plugin.h"

/* Lets a plugin do a job, as a part of this trace. */
void jobs_run(const char *name, const plugin_t *worker, const char *trace);

#endif
