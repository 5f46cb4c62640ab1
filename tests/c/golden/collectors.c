/* collectors.txt: every type that collectors give, with labels, units and timestamps. */
#include "golden.h"
#include <math.h>

static int32_t sensors_family(void *context, uint32_t number, nprom_collected_family_t *out) {
    static const struct {
        uint32_t type;
        const char *name, *help;
    } families[] = {
        {NPROM_TYPE_COUNTER, "read_bytes_total", "Bytes read, by disk."},
        {NPROM_TYPE_GAUGE, "temperature_celsius", "Help with \\ and\nnew line and \"quotes\"."},
        {NPROM_TYPE_HISTOGRAM, "wait_seconds", "Cumulated from single buckets."},
        {NPROM_TYPE_HISTOGRAM, "below_zero", "Bounds below zero."},
        {NPROM_TYPE_GAUGE_HISTOGRAM, "queue_age_seconds", "What waits now, by its age."},
        {NPROM_TYPE_SUMMARY, "answer_seconds", "With quantiles."},
        {NPROM_TYPE_INFO, "board", "Facts."},
        {NPROM_TYPE_STATE_SET, "mode", "Exclusive here."},
        {NPROM_TYPE_UNKNOWN, "register", ""},
        {NPROM_TYPE_GAUGE, "old_hours", "With a unit of its own, and timestamps."},
        {NPROM_TYPE_GAUGE, "nothing", "No series."},
    };
    (void)context;
    if (number >= sizeof families / sizeof families[0])
        return 0;
    nprom_collected_family_describe(out, families[number].type, families[number].name,
                                    families[number].help);
    if (number == 9)
        nprom_collected_family_unit(out, "hours");
    return 1;
}

static void histogram(uint32_t number, nprom_collected_series_t *out) {
    static const nprom_bucket_t plain[] = {{0.005, 1}, {0.5, 2}, {1, 0}};
    const nprom_bucket_t open[] = {{2, 3}, {INFINITY, 4}};
    if (number == 0) {
        nprom_collected_series_histogram(out, plain, 3, 1.25);
    } else {
        nprom_collected_series_label_str(out, "path", "/");
        nprom_collected_series_histogram(out, open, 2, 1e6);
    }
}

static void summary(uint32_t number, nprom_collected_series_t *out) {
    static const char *const methods[] = {"GET", "PUT", "POST"};
    static const nprom_quantile_t quantiles[] = {{0, 0.125}, {0.5, 0.25}, {1, 0.5}};
    const nprom_quantile_t none[] = {{0.99, NAN}};
    nprom_collected_series_label_str(out, "method", methods[number]);
    if (number == 0)
        nprom_collected_series_summary(out, 3, 0.75, quantiles, 3);
    else if (number == 1)
        nprom_collected_series_summary(out, 0, 0, none, 1);
    else
        nprom_collected_series_summary(out, 2, 4, NULL, 0);
}

static int32_t sensors_series(void *context, uint32_t family, uint32_t number,
                              nprom_collected_series_t *out) {
    static const uint32_t counts[] = {2, 3, 2, 1, 2, 3, 1, 2, 1, 3, 0};
    static const char *const disks[] = {"sda", "a \"b\"\\c\nd"}, *const places[] = {"top", "", "outside"},
                      *const queues[] = {"in", "out"}, *const pumps[] = {"1", "2"};
    static const nprom_bucket_t below[] = {{-5, 2}, {0, 1}};
    static const int64_t times[] = {1700000000123, 0, -1500};
    const double heat[] = {21.5, NAN, -3};
    const nprom_bucket_t ages[] = {{1, 5}, {60, 2 + number}};
    static const char letters[] = "abc";
    const nprom_str_t old = {&letters[number < 3 ? number : 0], 1};
    (void)context;
    if (number >= counts[family])
        return 0;
    switch (family) {
    case 0:
        nprom_collected_series_label_str(out, "disk", disks[number]);
        nprom_collected_series_unsigned(out, number == 0 ? UINT64_MAX : 7);
        break;
    case 1:
        nprom_collected_series_label_str(out, "at", places[number]);
        nprom_collected_series_label_str(out, "unit", "1");
        nprom_collected_series_value(out, heat[number]);
        break;
    case 2: histogram(number, out); break;
    case 3: nprom_collected_series_histogram(out, below, 2, -16); break;
    case 4:
        nprom_collected_series_label_str(out, "queue", queues[number]);
        nprom_collected_series_histogram(out, ages, 2, 90.5 + number);
        break;
    case 5: summary(number, out); break;
    case 6:
        nprom_collected_series_label_str(out, "revision", "b");
        nprom_collected_series_label_str(out, "motto", "a \"b\"\\c\nd");
        break;
    case 7:
        nprom_collected_series_label_str(out, "pump", pumps[number]);
        nprom_collected_series_state(out, "off", number == 0);
        nprom_collected_series_state(out, "a \"stuck\" valve", number == 1);
        break;
    case 8: nprom_collected_series_signed(out, -7); break;
    default:
        nprom_collected_series_label(out, "disk", old);
        nprom_collected_series_value(out, 1.5);
        nprom_collected_series_timestamp_ms(out, times[number]);
    }
    return 1;
}

static nprom_int_counter_t errors;
static const nprom_collector_t sensors = {sensors_family, sensors_series, NULL, &errors, 0, 0};

static const nprom_metric_t sensor_rows[] = {NPROM_COLLECTOR(&sensors, "sensors")};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
static const nprom_group_t sensor_group = NPROM_GROUP_INIT_LABELS(sensor_rows, "app_", site);

static const nprom_metric_t error_rows[] = {
    NPROM_INT_COUNTER(&errors, "nanoprom_collector_errors_total",
                      "Failures of a collector, and families and series of it that were left out, "
                      "by its name."),
};
static const nprom_label_t collector[] = {NPROM_LABEL("collector", "sensors")};
static const nprom_group_t error_group = NPROM_GROUP_INIT_LABELS(error_rows, "", collector);

static const nprom_metric_t rows[] = {NPROM_GROUP(&sensor_group), NPROM_GROUP(&error_group)};
const nprom_group_t collectors_group = NPROM_GROUP_INIT(rows);

void collectors_fill(void) {}
