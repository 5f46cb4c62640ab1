/* Timers, work in progress, counted errors, and histograms of bounds known at run time. C11 and C++17. */
#include "test.h"
#include <nanoprom.h>
#include <time.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

static nprom_counter_t errors;
static nprom_int_counter_t int_errors;
static nprom_counter32_t errors32;
static nprom_gauge_t busy, duration;
static nprom_int_gauge_t int_busy;
static nprom_gauge32_t busy32;
static nprom_summary_t summary;
NPROM_DEFINE_HISTOGRAM(latency, 1, 2);
NPROM_DEFINE_INT_HISTOGRAM(cycles, 1000, 1, 2);
NPROM_DEFINE_HISTOGRAM32(cycles32, 1000, 1, 2);
NPROM_DEFINE_COUNTER_FAMILY(answers, 4, 48, "method", "code");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&errors, "errors_total", "Errors."),
    NPROM_HISTOGRAM(&latency, "latency_seconds", "Time to answer, in seconds."),
    NPROM_COUNTER_FAMILY(&answers, "answers_total", "Answers."),
};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
static const nprom_group_t group = NPROM_GROUP_INIT_LABELS(rows, "app_", site);

static double time_s;
static uint32_t time_ticks;

static double seconds(void) {
    return time_s;
}

static uint32_t ticks(void) {
    return time_ticks;
}

static int64_t whole_seconds(void) {
    return -7;
}

static int calls;

static int call(int status) {
    calls++;
    return status;
}

static void a_timer_measures_what_lies_between(void) {
    nprom_timer_t timer;
    nprom_ticks_timer_t ticks_timer;
    time_s = 10;
    timer = nprom_timer_start(seconds);
    time_s = 11.5;
    CHECK(nprom_timer_elapsed(&timer) == 1.5);
    CHECK(nprom_timer_observe(&timer, &latency) == 1.5);
    CHECK(nprom_timer_observe_summary(&timer, &summary) == 1.5);
    CHECK(nprom_summary_count(&summary) == 1 && nprom_summary_sum(&summary) == 1.5);
    CHECK(nprom_timer_set(&timer, &duration) == 1.5);
    CHECK(nprom_histogram_count(&latency) == 1 && nprom_histogram_sum(&latency) == 1.5);
    CHECK(nprom_gauge_get(&duration) == 1.5);
    time_s = 9;
    CHECK(nprom_timer_observe(&timer, &latency) == 0);
    CHECK(nprom_histogram_sum(&latency) == 1.5);
    time_ticks = UINT32_MAX;
    ticks_timer = nprom_ticks_timer_start(ticks);
    time_ticks = 4;
    CHECK(nprom_ticks_timer_elapsed(&ticks_timer) == 5);
    CHECK(nprom_ticks_timer_observe(&ticks_timer, &cycles) == 5);
    CHECK(nprom_ticks_timer_observe32(&ticks_timer, &cycles32) == 5);
    CHECK(nprom_int_histogram_sum(&cycles) == 5 && nprom_histogram32_sum(&cycles32) == 5);
    CHECK(nprom_timer_observe(&timer, NULL) == 0);
    CHECK(nprom_timer_observe_summary(&timer, NULL) == 0);
    CHECK(nprom_timer_set(&timer, NULL) == 0);
    CHECK(nprom_ticks_timer_observe(&ticks_timer, NULL) == 5);
    CHECK(nprom_ticks_timer_observe32(&ticks_timer, NULL) == 5);
}

/* Leaves its blocks in the middle, in every way. */
static int leaves_early(int how) {
    for (int i = 0; i < 2; i++) {
        NPROM_TRACK_GAUGE(&busy);
        NPROM_TRACK_INT_GAUGE(&int_busy);
        NPROM_TRACK_GAUGE32(&busy32);
        NPROM_TIME_HISTOGRAM(&latency, seconds);
        NPROM_TIME_SUMMARY(&summary, seconds);
        NPROM_TIME_GAUGE(&duration, seconds);
        NPROM_TIME_INT_HISTOGRAM(&cycles, ticks);
        NPROM_TIME_HISTOGRAM32(&cycles32, ticks);
        CHECK(nprom_gauge_get(&busy) == 1 && nprom_int_gauge_get(&int_busy) == 1);
        CHECK(nprom_gauge32_get(&busy32) == 1);
        time_s += 2;
        time_ticks += 3;
        if (how == 0)
            return 1;
        if (how == 1)
            break;
        if (how == 2)
            goto end;
    }
    return 2;
end:
    return 3;
}

static void whatever_leaves_a_block_ends_its_guards(void) {
    for (int how = 0; how < 4; how++) {
        uint64_t before[4], times = how == 3 ? 2 : 1;
        before[0] = nprom_histogram_count(&latency);
        before[3] = nprom_summary_count(&summary);
        before[1] = nprom_int_histogram_sum(&cycles);
        before[2] = nprom_histogram32_sum(&cycles32);
        CHECK(leaves_early(how) > 0);
        CHECK(nprom_gauge_get(&busy) == 0 && nprom_int_gauge_get(&int_busy) == 0);
        CHECK(nprom_gauge32_get(&busy32) == 0);
        CHECK(nprom_gauge_get(&duration) == 2);
        CHECK(nprom_histogram_count(&latency) == before[0] + times);
        CHECK(nprom_summary_count(&summary) == before[3] + times);
        CHECK(nprom_int_histogram_sum(&cycles) == before[1] + 3 * times);
        CHECK(nprom_histogram32_sum(&cycles32) == before[2] + 3 * times);
    }
    {
        NPROM_TRACK_GAUGE((nprom_gauge_t *)0);
        NPROM_TIME_HISTOGRAM((const nprom_histogram_t *)0, seconds);
    }
}

#ifdef __cplusplus
static void an_exception_ends_its_guards_too(void) {
    try {
        NPROM_TRACK_GAUGE(&busy);
        CHECK(nprom_gauge_get(&busy) == 1);
        throw 1;
    } catch (int) {
    }
    CHECK(nprom_gauge_get(&busy) == 0);
}
#endif

static void errors_are_counted_and_come_back(void) {
    CHECK(NPROM_COUNT_ERRORS(&errors, NPROM_IS_NEGATIVE, call(-1)) == -1);
    CHECK(NPROM_COUNT_ERRORS(&errors, NPROM_IS_NEGATIVE, call(1)) == 1);
    CHECK(nprom_counter_get(&errors) == 1);
    CHECK(NPROM_COUNT_INT_ERRORS(&int_errors, NPROM_IS_NOT_ZERO, call(1)) == 1);
    CHECK(NPROM_COUNT_INT_ERRORS(&int_errors, NPROM_IS_NOT_ZERO, call(0)) == 0);
    CHECK(nprom_int_counter_get(&int_errors) == 1);
    CHECK(NPROM_COUNT_ERRORS32(&errors32, NPROM_IS_NULL, (const char *)0) == NULL);
    CHECK(NPROM_COUNT_ERRORS32(&errors32, NPROM_IS_NULL, "here") != NULL);
    CHECK(nprom_counter32_get(&errors32) == 1);
    CHECK(calls == 4);
    CHECK(NPROM_COUNT_ERRORS((nprom_counter_t *)0, NPROM_IS_NEGATIVE, call(-2)) == -2);
}

static double a_moment(void) {
    return 1.5e9;
}

static void gauges_show_the_time_of_day(void) {
    nprom_gauge_set_to_current_time(&duration, a_moment);
    CHECK(nprom_gauge_get(&duration) == 1.5e9);
    nprom_int_gauge_set_to_current_time(&int_busy, whole_seconds);
    CHECK(nprom_int_gauge_get(&int_busy) == -7);
    nprom_gauge_set_to_current_time(NULL, a_moment);
    nprom_int_gauge_set_to_current_time(NULL, whole_seconds);
}

static void bounds_are_made_and_checked(void) {
    double bounds[3];
    CHECK(nprom_linear_bounds(-1, 1, bounds, 3) == NPROM_OK);
    CHECK(bounds[0] == -1 && bounds[1] == 0 && bounds[2] == 1);
    CHECK(nprom_exponential_bounds(1, 10, bounds, 3) == NPROM_OK);
    CHECK(bounds[0] == 1 && bounds[1] == 10 && bounds[2] == 100);
    CHECK(nprom_linear_bounds(1, 0, bounds, 3) == NPROM_ERR_TABLE);
    CHECK(nprom_exponential_bounds(1, 1, bounds, 3) == NPROM_ERR_TABLE);
    CHECK(nprom_exponential_bounds(1, 1e300, bounds, 3) == NPROM_ERR_TABLE);
    CHECK(nprom_linear_bounds(1, 1, NULL, 3) == NPROM_ERR_NULL);
    CHECK(nprom_exponential_bounds(1, 2, NULL, 3) == NPROM_ERR_NULL);
    CHECK(nprom_linear_bounds(1, 1, bounds, 0) == NPROM_OK);
}

static void the_usual_buckets_are_those_of_other_libraries(void) {
    static const double bounds[] = {NPROM_DEFAULT_BUCKETS}, of_go[] = {NPROM_GO_BUCKETS};
    static const double usual[] = {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25,
                                   0.5,   0.75, 1,     2.5,  5,     7.5, 10};
    static const double usual_of_go[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    CHECK(sizeof bounds == sizeof usual && memcmp(bounds, usual, sizeof usual) == 0);
    CHECK(sizeof of_go == sizeof usual_of_go && memcmp(of_go, usual_of_go, sizeof of_go) == 0);
}

static void histograms_are_made_at_run_time(void) {
    static const double bounds[] = {1, 2, 3}, falling[] = {2, 1};
    static const uint32_t in_ticks[] = {1, 2, 3}, falling_ticks[] = {2, 2};
    static nprom_cell64_t cells[5], more[5], small[3];
    static nprom_histogram_t histogram;
    static nprom_int_histogram_t int_histogram;
    static nprom_histogram32_t histogram32;
    uint64_t count = 9;
    cells[4].bits = 7;
    /* Of all zeros: as if it were not there, and no page may be made of it. */
    {
        const nprom_metric_t row[] = {NPROM_HISTOGRAM(&histogram, "x", "")};
        const nprom_group_t alone = NPROM_GROUP_INIT(row);
        char message[100] = "";
        CHECK(nprom_check(&alone, message, sizeof message) == NPROM_ERR_TABLE);
        CHECK(strstr(message, "'x' is a histogram without cells") != NULL);
    }
    nprom_histogram_observe(&histogram, 1);
    CHECK(nprom_histogram_count(&histogram) == 0);
    CHECK(nprom_histogram_init(NULL, bounds, 3, cells, 5) == NPROM_ERR_NULL);
    CHECK(nprom_histogram_init(&histogram, NULL, 3, cells, 5) == NPROM_ERR_NULL);
    CHECK(nprom_histogram_init(&histogram, bounds, 3, NULL, 5) == NPROM_ERR_NULL);
    CHECK(nprom_histogram_init(&histogram, bounds, 3, cells, 4) == NPROM_ERR_BUFFER);
    CHECK(nprom_histogram_init(&histogram, falling, 2, cells, 5) == NPROM_ERR_TABLE);
    CHECK(histogram.cells == NULL && cells[4].bits == 7);
    CHECK(nprom_histogram_init(&histogram, bounds, 3, cells, 5) == NPROM_OK);
    nprom_histogram_observe(&histogram, 3);
    nprom_histogram_observe(&histogram, 4);
    CHECK(nprom_histogram_bucket(&histogram, 2, &count) == NPROM_OK && count == 1);
    CHECK(nprom_histogram_bucket(&histogram, 3, &count) == NPROM_OK && count == 1);
    CHECK(nprom_histogram_init(&histogram, NULL, 0, cells, 2) == NPROM_OK);
    CHECK(nprom_histogram_count(&histogram) == 0);

    CHECK(nprom_int_histogram_init(NULL, 1, in_ticks, 3, more, 5) == NPROM_ERR_NULL);
    CHECK(nprom_int_histogram_init(&int_histogram, 1, NULL, 3, more, 5) == NPROM_ERR_NULL);
    CHECK(nprom_int_histogram_init(&int_histogram, 1, in_ticks, 3, NULL, 5) == NPROM_ERR_NULL);
    CHECK(nprom_int_histogram_init(&int_histogram, 1, in_ticks, 3, more, 4) == NPROM_ERR_BUFFER);
    CHECK(nprom_int_histogram_init(&int_histogram, 0, in_ticks, 3, more, 5) == NPROM_ERR_TABLE);
    CHECK(nprom_int_histogram_init(&int_histogram, 1, falling_ticks, 2, more, 5) == NPROM_ERR_TABLE);
    CHECK(nprom_int_histogram_init(&int_histogram, 9, in_ticks, 3, more, 5) == NPROM_OK);
    nprom_int_histogram_observe(&int_histogram, 4);
    CHECK(nprom_int_histogram_bucket(&int_histogram, 3, &count) == NPROM_OK && count == 1);
    CHECK(int_histogram.ticks_per_unit == 9);

    CHECK(nprom_histogram32_init(NULL, 1, in_ticks, 3, small, 3) == NPROM_ERR_NULL);
    CHECK(nprom_histogram32_init(&histogram32, 1, in_ticks, 3, small, 2) == NPROM_ERR_BUFFER);
    CHECK(nprom_histogram32_init(&histogram32, 0, in_ticks, 3, small, 3) == NPROM_ERR_TABLE);
    CHECK(nprom_histogram32_init(&histogram32, 1, in_ticks, 3, small, 3) == NPROM_OK);
    nprom_histogram32_observe(&histogram32, 3);
    nprom_histogram32_observe(&histogram32, 4);
    CHECK(nprom_histogram32_bucket(&histogram32, 2, &count) == NPROM_OK && count == 1);
    CHECK(nprom_histogram32_bucket(&histogram32, 3, &count) == NPROM_OK && count == 1);
}

static void a_value_is_found_by_name_and_labels(void) {
    nprom_counter_t *child;
    double value = -1;
    CHECK(nprom_counter_family_labels_str(&answers, NPROM_VALUES("GET", "200"), &child) == NPROM_OK);
    (void)nprom_counter_inc_by(child, 2.5);
    CHECK(nprom_get_sample_value(&group, "app_answers_total",
                                 NPROM_VALUES("code", "200", "site", "north", "method", "GET"),
                                 &value) == NPROM_OK);
    CHECK(value == 2.5);
    CHECK(nprom_get_sample_value(&group, "app_latency_seconds_bucket",
                                 NPROM_VALUES("le", "1.0", "site", "north"), &value) == NPROM_OK);
    CHECK(nprom_get_sample_value(&group, "app_latency_seconds_bucket",
                                 NPROM_VALUES("le", "1", "site", "north"),
                                 &value) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_get_sample_value(&group, "app_errors_total", NPROM_VALUES("site", "north"), &value) ==
          NPROM_OK);
    CHECK(value == 1);
    CHECK(nprom_get_sample_value(&group, "app_errors_total", NULL, 0, &value) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_get_sample_value(&group, "errors_total", NPROM_VALUES("site", "north"), &value) ==
          NPROM_ERR_NOT_FOUND);
    CHECK(nprom_get_sample_value(&group, "app_errors_total", NPROM_VALUES("site"), &value) ==
          NPROM_ERR_LABEL_COUNT);
    CHECK(nprom_get_sample_value(NULL, "x", NULL, 0, &value) == NPROM_ERR_NULL);
    CHECK(nprom_get_sample_value(&group, NULL, NULL, 0, &value) == NPROM_ERR_NULL);
    CHECK(nprom_get_sample_value(&group, "x", NULL, 2, &value) == NPROM_ERR_NULL);
    CHECK(nprom_get_sample_value(&group, "x", NULL, 0, NULL) == NPROM_ERR_NULL);
    CHECK(value == 1);
}

/* Another value each time: it tells how often it was asked. */
static double count_calls(void *context) {
    return ++*(double *)context;
}

static void a_function_is_asked_once_for_a_page(void) {
    static double levels, totals;
    static const nprom_callback_t level = {count_calls, &levels}, total = {count_calls, &totals};
    static const nprom_metric_t asked_rows[] = {
        NPROM_GAUGE_FN(&level, "level", "Other at each call."),
        NPROM_COUNTER_FN(&total, "asked", "The same."),
    };
    static const nprom_group_t asked = NPROM_GROUP_INIT(asked_rows);
    static const nprom_format_t *const formats[] = {NPROM_TEXT, NPROM_OPENMETRICS};
    double pages = 0;
    for (int format = 0; format < 2; format++) {
        for (size_t size = 1; size < 500; size += 7) {
            char page[1000], expected[40];
            size_t len = 0, more;
            nprom_cursor_t cursor;
            CHECK(nprom_cursor_init(&cursor, &asked, formats[format]) == NPROM_OK);
            while ((more = nprom_read(&cursor, page + len, size)) > 0)
                len += more;
            page[len] = 0;
            pages++;
            CHECK(levels == pages && totals == pages);
            snprintf(expected, sizeof expected, "\nlevel %g\n", pages);
            CHECK(strstr(page, expected));
            snprintf(expected, sizeof expected, "\nasked_total %g\n", pages);
            CHECK(strstr(page, expected));
        }
    }
}

int main(void) {
    statement("a timer measures what lies between, and nothing where the clock went back",
              a_timer_measures_what_lies_between);
    statement("whatever leaves a block ends its guards", whatever_leaves_a_block_ends_its_guards);
#ifdef __cplusplus
    statement("an exception ends its guards, too", an_exception_ends_its_guards_too);
#endif
    statement("errors are counted once, and what was called returns", errors_are_counted_and_come_back);
    statement("gauges show the time of day", gauges_show_the_time_of_day);
    statement("bounds at equal distances and ratios are made and checked", bounds_are_made_and_checked);
    statement("the usual buckets are those of other libraries", the_usual_buckets_are_those_of_other_libraries);
    statement("histograms are made at run time", histograms_are_made_at_run_time);
    statement("a value is found by name and all labels", a_value_is_found_by_name_and_labels);
    statement("a function is asked once for a page, whatever its portions", a_function_is_asked_once_for_a_page);
    return test_result();
}
