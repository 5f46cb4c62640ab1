/* families.txt: children of every shape, labels of every length, and refusals. */
#include "golden.h"
#include <string.h>

static const double latency_bounds[] = {0.5, 1.0};

NPROM_DEFINE_COUNTER_FAMILY(by_path, 8, 32, "path");
NPROM_DEFINE_INT_COUNTER_FAMILY(by_parts, 8, 32, "first", "second");
NPROM_DEFINE_GAUGE_FAMILY(by_place, 4, 32, "building", "floor", "room");
NPROM_DEFINE_INT_GAUGE_FAMILY(lengthy, 2, 800, "north", "east", "south", "west");
NPROM_DEFINE_HISTOGRAM_FAMILY(latency, latency_bounds, 4, 32, "method");
NPROM_DEFINE_COUNTER_FAMILY(removed, 4, 32, "name");
NPROM_DEFINE_COUNTER32_FAMILY(full, 2, 32, "name");
NPROM_DEFINE_GAUGE_FAMILY(unused, 2, 32, "name");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER_FAMILY(&by_path, "requests_by_path_total",
                         "One label: empty, escaped, and beyond ASCII."),
    NPROM_INT_COUNTER_FAMILY(&by_parts, "requests_by_parts_total",
                             "Two labels: equal when joined, and yet apart."),
    NPROM_GAUGE_FAMILY(&by_place, "room_temperature_celsius", "Three labels: a gauge."),
    NPROM_INT_GAUGE_FAMILY(&lengthy, "long_values", "Four labels: values of 200 bytes."),
    NPROM_HISTOGRAM_FAMILY(&latency, "answer_duration_seconds",
                           "Histograms that share their bounds."),
    NPROM_COUNTER_FAMILY(&removed, "removed_total",
                         "Removed children are gone, and return from zero."),
    NPROM_COUNTER32_FAMILY(&full, "full_total", "Two children fit, two more were refused."),
    NPROM_GAUGE_FAMILY(&unused, "unused", "Nobody has asked for a child: metadata only."),
};
const nprom_group_t families_group = NPROM_GROUP_INIT(rows);

static void count_path(const char *path, double amount) {
    nprom_counter_t *child;
    nprom_counter_family_labels_str(&by_path, &path, 1, &child);
    nprom_counter_inc_by(child, amount);
}

static void count_parts(const char *first, const char *second, uint64_t amount) {
    nprom_int_counter_t *child;
    nprom_int_counter_family_labels_str(&by_parts, NPROM_VALUES(first, second), &child);
    nprom_int_counter_inc_by(child, amount);
}

static void count_removed(const char *name, double amount) {
    nprom_counter_t *child;
    nprom_counter_family_labels_str(&removed, &name, 1, &child);
    nprom_counter_inc_by(child, amount);
}

static nprom_histogram_t latency_of(const char *method) {
    nprom_histogram_t child;
    nprom_histogram_family_labels_str(&latency, &method, 1, &child);
    return child;
}

static void fill_lengthy(void) {
    char text[4][200];
    nprom_str_t values[4];
    nprom_int_gauge_t *child;
    for (size_t i = 0; i < 4; i++) {
        memset(text[i], "nesw"[i], sizeof text[i]);
        values[i] = (nprom_str_t){text[i], sizeof text[i]};
    }
    nprom_int_gauge_family_labels(&lengthy, values, 4, &child);
    nprom_int_gauge_set(child, -1);
}

void families_fill(void) {
    static const char *const paths[] = {"/", "", "a\"b\\c\nd", "/grüße/€/😀", "}", " , "};
    static const char *const names[] = {"first", "second", "third", "fourth"};
    nprom_gauge_t *place;
    nprom_histogram_t duration;

    for (size_t i = 0; i < 6; i++)
        count_path(paths[i], (double)i + 0.5);
    count_parts("ab", "c", 1);
    count_parts("a", "bc", 2);
    count_parts("", "abc", 3);
    count_parts("abc", "", 4);
    count_parts("", "", 5);
    nprom_gauge_family_labels_str(&by_place, NPROM_VALUES("main", "0", "lab"), &place);
    nprom_gauge_set(place, 21.5);
    nprom_gauge_family_labels_str(&by_place, NPROM_VALUES("main", "-1", "cellar"), &place);
    nprom_gauge_set(place, -3.0);
    fill_lengthy();
    duration = latency_of("GET");
    nprom_histogram_observe(&duration, 0.25);
    duration = latency_of("GET");
    nprom_histogram_observe(&duration, 0.75);
    duration = latency_of("PUT");
    nprom_histogram_observe(&duration, 2.0);
    latency_of("HEAD");

    count_removed("stays", 1);
    count_removed("goes", 1);
    count_removed("returns", 1);
    nprom_family_remove_str(&removed.family, NPROM_VALUES("goes"));
    nprom_family_remove_str(&removed.family, NPROM_VALUES("returns"));
    count_removed("returns", 0.5);
    for (size_t i = 0; i < 4; i++) {
        nprom_counter32_t *child;
        nprom_counter32_family_labels_str(&full, &names[i], 1, &child);
        nprom_counter32_inc(child);
    }
}
