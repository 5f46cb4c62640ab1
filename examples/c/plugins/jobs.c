/* What jobs took, with an exemplar in each bucket: a slow bucket leads to a trace that was slow. */
#define _POSIX_C_SOURCE 200809L
#include "jobs.h"
#include <time.h>

NPROM_DEFINE_INT_COUNTER_FAMILY(done, 8, 32, "plugin");
NPROM_DEFINE_EXEMPLAR_HISTOGRAM(duration, 64, NPROM_DEFAULT_BUCKETS);
static nprom_int_counter_t untraced;

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER_FAMILY(&done, "jobs_total", "Jobs done, by plugin."),
    NPROM_EXEMPLAR_HISTOGRAM(&duration, "job_duration_seconds", "Time that a job took, in seconds."),
    NPROM_INT_COUNTER(&untraced, "jobs_untraced_total", "Jobs whose trace was no exemplar."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* Nobody names this group: it is on the page because of this line. */
NPROM_JOIN_DEFAULT(metrics);

static double unix_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void jobs_run(const char *name, const plugin_t *worker, const char *trace) {
    double seconds = worker->work();
    nprom_int_counter_t *child;
    /* Where the family is full the child is null, which counts nothing. */
    nprom_int_counter_family_labels_str(&done, NPROM_VALUES(name), &child);
    nprom_int_counter_inc(child);
    /* One that is refused, because the trace is too long, changes nothing: the job counts without it. */
    if (nprom_exemplar_histogram_observe_str(&duration, seconds, NPROM_VALUES("trace_id", trace),
                                             unix_seconds()) != NPROM_OK) {
        nprom_histogram_observe(&duration.histogram, seconds);
        nprom_int_counter_inc(&untraced);
    }
}
