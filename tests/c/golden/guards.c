/* guards.txt: timers, the time of day, work in progress, counted errors, bounds known at run time. */
#include "golden.h"
#include <math.h>

static nprom_counter_t errors;
static nprom_int_counter_t chosen;
static nprom_counter32_t attempts;
static nprom_gauge_t now, last, busy;
static nprom_int_gauge_t whole_now, busy_int;
static nprom_gauge32_t busy_32;

/* Histograms whose bounds are not known before `guards_fill`. */
static double latency_bounds[4], level_bounds[3];
static nprom_cell64_t latency_cells[6], level_cells[5], temperature_cells[4], ticks_cells[5],
    small_cells[3];
static nprom_histogram_t latency, level, temperature;
static nprom_int_histogram_t in_ticks;
static nprom_histogram32_t in_small_ticks;

static const double site_bounds[] = {0, 10};
NPROM_DEFINE_HISTOGRAM_FAMILY(by_site, site_bounds, 2, 48, "site");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&errors, "errors_total", "Every error."),
    NPROM_INT_COUNTER(&chosen, "chosen_errors_total", "Errors above 10."),
    NPROM_COUNTER32(&attempts, "failed_attempts_total", "Attempts that did not succeed."),
    NPROM_GAUGE(&now, "last_success_timestamp_seconds", "Now."),
    NPROM_INT_GAUGE(&whole_now, "last_start_timestamp_seconds", "Now, in whole seconds."),
    NPROM_GAUGE(&last, "last_duration_seconds", "The last duration."),
    NPROM_GAUGE(&busy, "work_in_progress", "Work that has not ended."),
    NPROM_INT_GAUGE(&busy_int, "whole_work_in_progress", "The same."),
    NPROM_GAUGE32(&busy_32, "small_work_in_progress", "The same in 32 bits."),
    NPROM_HISTOGRAM(&latency, "latency_seconds", "Timed in seconds."),
    NPROM_INT_HISTOGRAM(&in_ticks, "ticks_seconds", "Timed in ticks."),
    NPROM_HISTOGRAM32(&in_small_ticks, "small_ticks_seconds", "The same with small buckets."),
    NPROM_HISTOGRAM(&temperature, "temperature_celsius",
                    "Bounds that end in +Inf, as if it were not always there."),
    NPROM_HISTOGRAM_FAMILY(&by_site, "site_temperature_celsius", "The same for a family."),
    NPROM_HISTOGRAM(&level, "level_ratio", "At equal distances."),
};
const nprom_group_t guards_group = NPROM_GROUP_INIT(rows);

/* A clock that goes half a second further with every reading. */
static double seconds(void) {
    static double time = 100;
    return time += 0.5;
}

/* One that goes 7 ticks further, and wraps with the third reading. */
static uint32_t ticks(void) {
    static uint32_t time = UINT32_MAX - 20;
    return time += 7;
}

static double unix_seconds(void) {
    return 1.75e9 + 0.25;
}

static int64_t whole_unix_seconds(void) {
    return 1750000000;
}

static int call(int result) {
    return result;
}

static int is_above_10(int result) {
    return result < -10;
}

static void *null_if_negative(int result) {
    return result < 0 ? NULL : (void *)&attempts;
}

static void init(void) {
    static const double temperature_bounds[] = {-5, 5, (double)INFINITY};
    static const uint32_t ticks_bounds[] = {10, 100, 1000}, small_bounds[] = {5, 10, 15};
    nprom_exponential_bounds(0.25, 2, latency_bounds, 4);
    nprom_linear_bounds(0.25, 0.25, level_bounds, 3);
    nprom_histogram_init(&latency, latency_bounds, 4, latency_cells, 6);
    nprom_histogram_init(&level, level_bounds, 3, level_cells, 5);
    nprom_histogram_init(&temperature, temperature_bounds, 3, temperature_cells, 4);
    nprom_int_histogram_init(&in_ticks, 1000, ticks_bounds, 3, ticks_cells, 5);
    nprom_histogram32_init(&in_small_ticks, 1000, small_bounds, 3, small_cells, 3);
}

void guards_fill(void) {
    static const int results[] = {3, -1, -11, 0};
    static const double values[] = {-6, 0, 6};
    const char *north = "north";
    nprom_histogram_t site;
    nprom_timer_t timer;
    init();
    for (size_t i = 0; i < 4; i++) {
        (void)NPROM_COUNT_ERRORS(&errors, NPROM_IS_NEGATIVE, call(results[i]));
        (void)NPROM_COUNT_INT_ERRORS(&chosen, is_above_10, call(results[i]));
        (void)NPROM_COUNT_ERRORS32(&attempts, NPROM_IS_NULL, null_if_negative(results[i]));
    }
    nprom_gauge_set_to_current_time(&now, unix_seconds);
    nprom_int_gauge_set_to_current_time(&whole_now, whole_unix_seconds);
    {
        NPROM_TIME_GAUGE(&last, seconds);
        seconds();
    }
    timer = nprom_timer_start(seconds);
    nprom_timer_observe(&timer, &latency);
    {
        NPROM_TIME_HISTOGRAM(&latency, seconds);
        NPROM_TIME_HISTOGRAM(&latency, seconds);
    }
    for (size_t i = 0; i < 2; i++) {
        NPROM_TIME_INT_HISTOGRAM(&in_ticks, ticks);
        NPROM_TIME_HISTOGRAM32(&in_small_ticks, ticks);
    }
    {
        nprom_ticks_timer_t outer = nprom_ticks_timer_start(ticks);
        nprom_ticks_timer_t inner = nprom_ticks_timer_start(ticks);
        nprom_ticks_timer_observe32(&inner, &in_small_ticks);
        nprom_ticks_timer_observe(&outer, &in_ticks);
    }
    /* This work never ends. */
    nprom_gauge_inc(&busy);
    nprom_int_gauge_inc(&busy_int);
    nprom_gauge32_inc(&busy_32);
    {
        NPROM_TRACK_GAUGE(&busy);
        NPROM_TRACK_INT_GAUGE(&busy_int);
        NPROM_TRACK_GAUGE32(&busy_32);
    }
    nprom_histogram_family_labels_str(&by_site, &north, 1, &site);
    for (size_t i = 0; i < 3; i++) {
        nprom_histogram_observe(&temperature, values[i]);
        nprom_histogram_observe(&site, values[i]);
        nprom_histogram_observe(&level, values[i]);
    }
}
