/* Families sized at run time, in memory of the heap. C11 and C++17. */
#include "test.h"
#include <nanoprom.h>
#include <stdlib.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

static const double bounds[] = {1, 2};
static const uint32_t ticks[] = {1, 2};
NPROM_DEFINE_COUNTER_FAMILY(fixed_counters, 6, 32, "method", "code");
NPROM_DEFINE_GAUGE32_FAMILY(fixed_gauges, 6, 32, "method", "code");
NPROM_DEFINE_SUMMARY_FAMILY(fixed_summaries, 6, 32, "method", "code");
NPROM_DEFINE_HISTOGRAM_FAMILY(fixed_times, bounds, 6, 32, "method", "code");
NPROM_DEFINE_INT_HISTOGRAM_FAMILY(fixed_cycles, 1000, ticks, 6, 32, "method", "code");
NPROM_DEFINE_HISTOGRAM32_FAMILY(fixed_cycles32, 1000, ticks, 6, 32, "method", "code");

static nprom_counter_family_t counters;
static nprom_gauge32_family_t gauges;
static nprom_summary_family_t summaries;
static nprom_histogram_family_t times;
static nprom_int_histogram_family_t cycles;
static nprom_histogram32_family_t cycles32;

#define ROWS(prefix) \
    { \
        NPROM_COUNTER_FAMILY(&prefix##counters, "counters_total", "Counters."), \
            NPROM_GAUGE32_FAMILY(&prefix##gauges, "gauges", "Gauges."), \
            NPROM_SUMMARY_FAMILY(&prefix##summaries, "summaries", "Summaries."), \
            NPROM_HISTOGRAM_FAMILY(&prefix##times, "times_seconds", "Times."), \
            NPROM_INT_HISTOGRAM_FAMILY(&prefix##cycles, "cycles", "Cycles."), \
            NPROM_HISTOGRAM32_FAMILY(&prefix##cycles32, "cycles32", "Cycles."), \
    }
static const nprom_metric_t fixed_rows[] = ROWS(fixed_), sized_rows[] = ROWS();
static const nprom_group_t fixed = NPROM_GROUP_INIT(fixed_rows), sized = NPROM_GROUP_INIT(sized_rows);

static nprom_str_t str(const char *text) {
    nprom_str_t string;
    string.data = text;
    string.len = strlen(text);
    return string;
}

/* Memory of exactly this size, which nobody has set to zero. */
static void *memory_of(size_t size) {
    void *memory = malloc(size ? size : 1);
    if (!memory)
        exit(2);
    memset(memory, 0xa5, size);
    return memory;
}

static nprom_label_name_t names[2];

static int32_t name_of(nprom_label_name_t *name, const char *text) {
    size_t size = strlen(text) + 4;
    return nprom_label_name_init(name, str(text), (char *)memory_of(size), size);
}

/* Makes a family of what it was described as. */
static int32_t made(nprom_family_t *family) {
    size_t size = nprom_family_size(family);
    return size ? nprom_family_init(family, memory_of(size), size) : NPROM_ERR_FULL;
}

static int32_t make_all(uint32_t series) {
    static const double with_infinity[] = {1, 2, 1e308 * 10};
    counters = nprom_counter_family_of(names, 2, series, 32);
    gauges = nprom_gauge32_family_of(names, 2, series, 32);
    summaries = nprom_summary_family_of(names, 2, series, 32);
    times = nprom_histogram_family_of(with_infinity, 3, names, 2, series, 32);
    cycles = nprom_int_histogram_family_of(1000, ticks, 2, names, 2, series, 32);
    cycles32 = nprom_histogram32_family_of(1000, ticks, 2, names, 2, series, 32);
    return made(&counters.family) | made(&gauges.family) | made(&summaries.family) |
           made(&times.family) | made(&cycles.family) | made(&cycles32.family);
}

static void free_all(void) {
    free(counters.family.head);
    free(gauges.family.head);
    free(summaries.family.head);
    free(times.family.head);
    free(cycles.family.head);
    free(cycles32.family.head);
}

#define UPDATE(prefix, method, code) \
    { \
        nprom_counter_t *counter; \
        nprom_gauge32_t *gauge; \
        nprom_summary_t *summary; \
        nprom_histogram_t time; \
        nprom_int_histogram_t cycle; \
        nprom_histogram32_t cycle32; \
        CHECK(!nprom_counter_family_labels_str(&prefix##counters, NPROM_VALUES(method, code), &counter)); \
        CHECK(!nprom_gauge32_family_labels_str(&prefix##gauges, NPROM_VALUES(method, code), &gauge)); \
        CHECK(!nprom_summary_family_labels_str(&prefix##summaries, NPROM_VALUES(method, code), &summary)); \
        CHECK(!nprom_histogram_family_labels_str(&prefix##times, NPROM_VALUES(method, code), &time)); \
        CHECK(!nprom_int_histogram_family_labels_str(&prefix##cycles, NPROM_VALUES(method, code), &cycle)); \
        CHECK(!nprom_histogram32_family_labels_str(&prefix##cycles32, NPROM_VALUES(method, code), &cycle32)); \
        nprom_counter_inc(counter); \
        nprom_gauge32_inc(gauge); \
        nprom_summary_observe(summary, 1.5); \
        nprom_histogram_observe(&time, 1.5); \
        nprom_int_histogram_observe(&cycle, 3); \
        nprom_histogram32_observe(&cycle32, 2); \
    }

static void the_page_is_that_of_static_families(void) {
    static const char *const methods[] = {"GET", "P\"UT", "", "GET", "HEAD"};
    static char expected[20000], page[20000];
    const nprom_format_t *const formats[] = {NPROM_TEXT, NPROM_OPENMETRICS};
    size_t expected_len, len;
    CHECK(name_of(&names[0], "method") == NPROM_OK && name_of(&names[1], "code") == NPROM_OK);
    CHECK(make_all(6) == NPROM_OK);
    CHECK(nprom_check(&sized, page, sizeof page) == NPROM_OK);
    for (size_t i = 0; i < 5; i++) {
        UPDATE(fixed_, methods[i], "200")
        UPDATE(, methods[i], "200")
    }
    for (size_t i = 0; i < 2; i++) {
        CHECK(!nprom_encode_buffer(&fixed, formats[i], expected, sizeof expected, &expected_len));
        CHECK(!nprom_encode_buffer(&sized, formats[i], page, sizeof page, &len));
        CHECK(len == expected_len && memcmp(page, expected, len) == 0);
        CHECK(len > 2000);
    }
    free_all();
}

static void as_many_series_as_were_asked_for(void) {
    uint32_t series;
    for (series = 1; series < 600; series += 100) {
        uint32_t n;
        nprom_counter_t *child;
        char memory[NPROM_DECIMAL_SIZE];
        nprom_str_t values[2];
        CHECK(make_all(series) == NPROM_OK);
        values[0] = str("GET");
        for (n = 0; n < series; n++) {
            values[1] = nprom_decimal(memory, n);
            CHECK(nprom_counter_family_labels(&counters, values, 2, &child) == NPROM_OK);
            nprom_counter_inc(child);
        }
        CHECK(nprom_counter_get(child) == 1);
        values[1] = str("x");
        /* No room for it, or none for its text. */
        CHECK(nprom_counter_family_labels(&counters, values, 2, &child) < 0 && child == NULL);
        nprom_family_clear(&counters.family);
        CHECK(nprom_family_reclaim(&counters.family) == series);
        CHECK(nprom_counter_family_labels(&counters, values, 2, &child) == NPROM_OK);
        free_all();
    }
}

static void one_that_gives_other(void) {
    static const char *const paths[] = {"/", "/a", "/b"};
    nprom_int_counter_family_t family;
    nprom_int_counter_t *child = NULL;
    static const nprom_label_name_t path[] = {NPROM_LABEL_NAMES("path")};
    family = nprom_int_counter_family_of(path, 1, 2, 32);
    family.family.overflow = &nprom_overflow_other;
    CHECK(made(&family.family) == NPROM_OK);
    for (size_t i = 0; i < 3; i++) {
        CHECK(nprom_int_counter_family_labels_str(&family, &paths[i], 1, &child) == NPROM_OK);
        nprom_int_counter_inc(child);
    }
    CHECK(nprom_int_counter_get(child) == 2);
    CHECK(nprom_family_refused(&family.family) == 2);
    free(family.family.head);
    family = nprom_int_counter_family_of(path, 1, 1, 32);
    family.family.overflow = &nprom_overflow_other;
    CHECK(nprom_family_size(&family.family) == 0);
}

static void rows_of_run_time(void) {
    nprom_metric_t row;
    nprom_group_t group;
    char page[400];
    size_t len;
    CHECK(make_all(1) == NPROM_OK);
    CHECK(!nprom_metric_init(&row, str("x_total"), str(""), &nprom_kind_counter_family, &counters));
    CHECK(!nprom_group_init(&group, &row, 1, str("")));
    CHECK(nprom_check(&group, page, sizeof page) == NPROM_OK);
    CHECK(nprom_encode_buffer(&group, NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
    CHECK(memcmp(page, "# TYPE x_total counter\n", 23) == 0);
    free_all();
}

int main(void) {
    statement("the page is that of static families", the_page_is_that_of_static_families);
    statement("as many series as were asked for", as_many_series_as_were_asked_for);
    statement("one that gives its child other", one_that_gives_other);
    statement("and a row of run time", rows_of_run_time);
    return test_result();
}
