/* Families: labels by name, numbers as label values, removal by pattern. C11 and C++17. */
#include "test.h"
#include <nanoprom.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

static const double bounds[] = {1, 2};
NPROM_DEFINE_COUNTER_FAMILY(answers, 4, 48, "method", "code");
NPROM_DEFINE_HISTOGRAM_FAMILY(latency, bounds, 2, 48, "method", "code");
NPROM_DEFINE_INT_COUNTER_FAMILY(frames, 8, 48, "device", "direction");

static const uint32_t ticks[] = {1, 2};
NPROM_DEFINE_FAMILY_OR_OTHER(counter, requests, 2, 48, "path", "method");
NPROM_DEFINE_HISTOGRAM_FAMILY_OR_OTHER(sizes, bounds, 2, 48, "path");
NPROM_DEFINE_INT_HISTOGRAM_FAMILY_OR_OTHER(cycles, 1000, ticks, 2, 48, "path");
NPROM_DEFINE_HISTOGRAM32_FAMILY_OR_OTHER(cycles32, 1000, ticks, 2, 48, "path");
NPROM_DEFINE_FAMILY_OR_OTHER(gauge, no_text, 2, 5, "path");
NPROM_DEFINE_FAMILY_OR_OTHER(gauge32, alone, 1, 48, "path");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER_FAMILY(&answers, "answers_total", "Answers."),
    NPROM_HISTOGRAM_FAMILY(&latency, "latency_seconds", "Time to answer, in seconds."),
    NPROM_INT_COUNTER_FAMILY(&frames, "frames_total", "Frames."),
    NPROM_COUNTER_FAMILY(&requests, "requests_total", "Requests."),
    NPROM_HISTOGRAM_FAMILY(&sizes, "sizes", "Sizes."),
    NPROM_INT_HISTOGRAM_FAMILY(&cycles, "cycles", "Cycles."),
    NPROM_HISTOGRAM32_FAMILY(&cycles32, "cycles32", "Cycles."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static const nprom_metric_t no_text_rows[] = {NPROM_GAUGE_FAMILY(&no_text, "no_text", "Help.")};
static const nprom_group_t no_text_group = NPROM_GROUP_INIT(no_text_rows);
static const nprom_metric_t alone_rows[] = {NPROM_GAUGE32_FAMILY(&alone, "alone", "Help.")};
static const nprom_group_t alone_group = NPROM_GROUP_INIT(alone_rows);

static nprom_str_t str(const char *text) {
    nprom_str_t string;
    string.data = text;
    string.len = strlen(text);
    return string;
}

static void names_in_any_order(void) {
    nprom_counter_t *by_position, *by_name;
    nprom_histogram_t handle;
    nprom_str_t labels[4];
    double value = 0;
    CHECK(nprom_counter_family_labels_str(&answers, NPROM_VALUES("GET", "200"), &by_position) == NPROM_OK);
    CHECK(nprom_counter_family_labels_by_name_str(
              &answers, NPROM_VALUES("code", "200", "method", "GET"), &by_name) == NPROM_OK);
    CHECK(by_name == by_position && by_name != NULL);
    nprom_counter_inc(by_name);
    labels[0] = str("method");
    labels[1] = str("GET");
    labels[2] = str("code");
    labels[3] = str("200");
    CHECK(nprom_counter_family_labels_by_name(&answers, labels, 4, &by_name) == NPROM_OK);
    CHECK(by_name == by_position);
    CHECK(nprom_histogram_family_labels_by_name(&latency, labels, 4, &handle) == NPROM_OK);
    nprom_histogram_observe(&handle, 1.5);
    CHECK(nprom_get_sample_value(&group, "latency_seconds_count",
                                 NPROM_VALUES("method", "GET", "code", "200"), &value) == NPROM_OK);
    CHECK(value == 1);
    CHECK(nprom_family_remove_by_name_str(&answers.family,
                                          NPROM_VALUES("code", "200", "method", "GET")) == NPROM_OK);
    CHECK(nprom_family_remove_by_name(&answers.family, labels, 4) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_counter_get(by_position) == 0);
    CHECK(nprom_family_refused(&answers.family) == 0);
}

static void numbers_as_values(void) {
    char memory[NPROM_DECIMAL_SIZE], other[NPROM_DECIMAL_SIZE];
    nprom_str_t values[2];
    nprom_counter_t *child, *same;
    values[0] = str("PUT");
    values[1] = nprom_decimal(memory, 404);
    CHECK(values[1].len == 3 && strcmp(memory, "404") == 0);
    CHECK(nprom_counter_family_labels(&answers, values, 2, &child) == NPROM_OK);
    CHECK(nprom_counter_family_labels_str(&answers, NPROM_VALUES("PUT", "404"), &same) == NPROM_OK);
    CHECK(child == same && child != NULL);
    CHECK(nprom_decimal(other, INT64_MIN).len == 20 && strcmp(other, "-9223372036854775808") == 0);
    CHECK(nprom_decimal_unsigned(other, UINT64_MAX).len == 20);
    CHECK(strcmp(other, "18446744073709551615") == 0);
    CHECK(nprom_decimal(other, 0).len == 1 && strcmp(other, "0") == 0);
}

static int32_t count_frame(const char *device, const char *direction) {
    nprom_int_counter_t *child;
    int32_t status =
        nprom_int_counter_family_labels_str(&frames, NPROM_VALUES(device, direction), &child);
    nprom_int_counter_inc(child);
    return status;
}

static void removal_by_pattern(void) {
    nprom_str_t pattern[2];
    uint32_t removed = 9;
    double value;
    CHECK(count_frame("eth0", "in") == NPROM_OK && count_frame("eth0", "") == NPROM_OK);
    CHECK(count_frame("eth1", "in") == NPROM_OK && count_frame("", "") == NPROM_OK);
    CHECK(nprom_family_remove_matching_str(&frames.family, NPROM_VALUES("eth0", NULL), &removed) == 0);
    CHECK(removed == 2);
    /* An empty value is one, and no wildcard. */
    pattern[0] = str("");
    pattern[1].data = NULL;
    pattern[1].len = 5;
    CHECK(nprom_family_remove_matching(&frames.family, pattern, 2, &removed) == NPROM_OK);
    CHECK(removed == 1);
    CHECK(nprom_family_remove_matching_str(&frames.family, NPROM_VALUES("eth0", NULL), &removed) == 0);
    CHECK(removed == 0);
    CHECK(nprom_get_sample_value(&group, "frames_total",
                                 NPROM_VALUES("device", "eth1", "direction", "in"), &value) == NPROM_OK);
    CHECK(nprom_get_sample_value(&group, "frames_total",
                                 NPROM_VALUES("device", "eth0", "direction", "in"), &value) ==
          NPROM_ERR_NOT_FOUND);
}

static void refused_labels_go_to_other(void) {
    static const char *const paths[] = {"/", "/a", "/b", "\xff"};
    char fault[200];
    double value = 0;
    CHECK(nprom_check(&group, fault, sizeof fault) == NPROM_OK);
    for (size_t i = 0; i < 4; i++) {
        nprom_counter_t *child;
        nprom_histogram_t size;
        nprom_int_histogram_t cycle;
        nprom_histogram32_t cycle32;
        CHECK(nprom_counter_family_labels_str(&requests, NPROM_VALUES(paths[i], "GET"), &child) ==
              NPROM_OK);
        nprom_counter_inc(child);
        CHECK(nprom_histogram_family_labels_str(&sizes, &paths[i], 1, &size) == NPROM_OK);
        nprom_histogram_observe(&size, 2);
        CHECK(nprom_int_histogram_family_labels_str(&cycles, &paths[i], 1, &cycle) == NPROM_OK);
        nprom_int_histogram_observe(&cycle, 2);
        CHECK(nprom_histogram32_family_labels_str(&cycles32, &paths[i], 1, &cycle32) == NPROM_OK);
        nprom_histogram32_observe(&cycle32, 2);
    }
    CHECK(nprom_get_sample_value(&group, "requests_total",
                                 NPROM_VALUES("path", "other", "method", "other"), &value) == NPROM_OK);
    CHECK(value == 3);
    CHECK(nprom_get_sample_value(&group, "sizes_sum", NPROM_VALUES("path", "other"), &value) ==
          NPROM_OK);
    CHECK(value == 6);
    CHECK(nprom_get_sample_value(&group, "cycles_sum", NPROM_VALUES("path", "other"), &value) ==
          NPROM_OK);
    CHECK(value == 0.006);
    CHECK(nprom_get_sample_value(&group, "cycles32_count", NPROM_VALUES("path", "other"), &value) ==
          NPROM_OK);
    CHECK(value == 3);
    CHECK(nprom_family_refused(&requests.family) == 3);
    CHECK(nprom_check(&no_text_group, fault, sizeof fault) == NPROM_ERR_TABLE);
    CHECK(strstr(fault, "has less label text than its child `other` takes") != NULL);
    CHECK(nprom_check(&alone_group, fault, sizeof fault) == NPROM_ERR_TABLE);
    CHECK(strstr(fault, "has no room beside its child `other`") != NULL);
}

static void room_of_removed_children(void) {
    CHECK(nprom_family_reclaim(&frames.family) > 0);
    nprom_family_clear(&frames.family);
    CHECK(nprom_family_reclaim(&frames.family) > 0);
    CHECK(nprom_family_reclaim(&frames.family) == 0);
    for (char name[] = "a"; name[0] < 'i'; name[0]++)
        CHECK(count_frame(name, "in") == NPROM_OK);
    CHECK(count_frame("i", "in") == NPROM_ERR_FULL);
    nprom_family_clear(&frames.family);
    CHECK(nprom_family_reclaim(&frames.family) == 8);
    CHECK(count_frame("i", "in") == NPROM_OK);
}

int main(void) {
    statement("refused labels go to the child other", refused_labels_go_to_other);
    statement("labels by name, in any order", names_in_any_order);
    statement("whole numbers as label values", numbers_as_values);
    statement("children are removed by a pattern", removal_by_pattern);
    statement("room of removed children is used again", room_of_removed_children);
    return test_result();
}
