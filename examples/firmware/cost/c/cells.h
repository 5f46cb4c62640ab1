/* Every kind of metric that has no labels: what floats.c and everything.h have in common. */
#ifndef CELLS_H
#define CELLS_H

#include <nanoprom.h>

#include "cost.h"

static nprom_int_counter_t samples;
static nprom_counter_t seconds;
static nprom_gauge32_t level;
static nprom_int_gauge_t levels;
static nprom_gauge_t last;
NPROM_DEFINE_HISTOGRAM(times, NPROM_DEFAULT_BUCKETS);
NPROM_DEFINE_HISTOGRAM32(sizes, 1, 64, 512, 4096, 65536);
NPROM_DEFINE_INT_HISTOGRAM(times_in_ticks, 1000000, 1000, 10000, 100000, 1000000);
static nprom_counter32_t requests;

#define CELL_ROWS \
    NPROM_INT_COUNTER(&samples, "cost_samples_total", "Samples taken."), \
    NPROM_COUNTER(&seconds, "cost_sample_seconds_total", "Time that samples took, in seconds."), \
    NPROM_GAUGE32(&level, "cost_level", "The last level."), \
    NPROM_INT_GAUGE(&levels, "cost_levels", "All levels together."), \
    NPROM_GAUGE(&last, "cost_last_seconds", "The last time."), \
    NPROM_HISTOGRAM(&times, "cost_seconds", "Times by their length."), \
    NPROM_HISTOGRAM32(&sizes, "cost_sample_size_bytes", "Samples by their size."), \
    NPROM_INT_HISTOGRAM(&times_in_ticks, "cost_ticks_seconds", \
                        "Samples by their time, measured in microseconds."), \
    NPROM_COUNTER32(&requests, "cost_requests_total", "Pages asked for.")

static void measured(const sample_t *sample) {
    nprom_int_counter_inc(&samples);
    nprom_counter_inc_by(&seconds, sample->seconds);
    nprom_gauge32_set(&level, sample->level);
    nprom_int_gauge_inc_by(&levels, sample->level);
    nprom_gauge_set(&last, sample->seconds);
    nprom_histogram_observe(&times, sample->seconds);
    nprom_histogram32_observe(&sizes, sample->bytes);
    nprom_int_histogram_observe(&times_in_ticks, sample->micros);
}

#endif
