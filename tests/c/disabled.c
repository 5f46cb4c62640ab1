/* With NPROM_DISABLED nothing is counted, and tables, families and pages are still there. */
#include "test.h"
#include <nanoprom.h>

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
static nprom_summary_t summary;
static nprom_untyped_t untyped;
NPROM_DEFINE_STATE_SET(states, NPROM_STATE("a"), NPROM_STATE("b"));
NPROM_DEFINE_HISTOGRAM(histogram, 1);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 1);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 1);
NPROM_DEFINE_COUNTER_FAMILY(counters, 2, 32, "a");
static const double bounds[] = {1};
NPROM_DEFINE_HISTOGRAM_FAMILY(histograms, bounds, 2, 8, "a");
static const uint32_t ticks[] = {1};
NPROM_DEFINE_HISTOGRAM32_FAMILY(histograms32, 1, ticks, 2, 8, "a");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&counter, "counter_total", "Help."),
    NPROM_HISTOGRAM(&histogram, "histogram", ""),
    NPROM_COUNTER_FAMILY(&counters, "counters_total", ""),
    NPROM_HISTOGRAM_FAMILY(&histograms, "histograms", ""),
    NPROM_HISTOGRAM32_FAMILY(&histograms32, "histograms32", ""),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static int side_effects;

static double amount(void) {
    side_effects++;
    return 1;
}

static void updates_leave_zeros(void) {
    /* Used by updates only: no warning about that either. */
    int unused_otherwise = 3;
    static const char *const value = "x";
    nprom_counter_t *child = &counter;
    nprom_histogram_t handle = histogram;
    nprom_histogram32_t handle32 = histogram32;
    nprom_counter_inc(&counter);
    nprom_counter_inc_by(&counter, 2);
    CHECK(nprom_counter_inc_by(&counter, amount()) == NPROM_OK);
    nprom_int_counter_inc(&int_counter);
    nprom_int_counter_inc_by(&int_counter, 2);
    nprom_counter32_inc(&counter32);
    nprom_counter32_inc_by(&counter32, 2);
    nprom_gauge_set(&gauge, unused_otherwise);
    nprom_gauge_inc(&gauge);
    nprom_gauge_dec(&gauge);
    nprom_gauge_inc_by(&gauge, amount());
    nprom_gauge_dec_by(&gauge, 2);
    nprom_int_gauge_set(&int_gauge, 2);
    nprom_int_gauge_inc(&int_gauge);
    nprom_int_gauge_dec(&int_gauge);
    nprom_int_gauge_inc_by(&int_gauge, 2);
    nprom_int_gauge_dec_by(&int_gauge, 2);
    nprom_gauge32_set(&gauge32, 2);
    nprom_gauge32_inc(&gauge32);
    nprom_gauge32_dec(&gauge32);
    nprom_gauge32_inc_by(&gauge32, 2);
    nprom_gauge32_dec_by(&gauge32, 2);
    nprom_summary_observe(&summary, amount());
    CHECK(nprom_summary_count(&summary) == 0);
    nprom_untyped_set(&untyped, amount());
    CHECK(nprom_untyped_get(&untyped) == 0);
    CHECK(nprom_state_set_set(&states, 1) == NPROM_OK);
    CHECK(nprom_state_set_turn(&states, 1, 1) == NPROM_OK);
    CHECK(!nprom_state_set_get(&states, 1));
    nprom_histogram_observe(&histogram, amount());
    nprom_int_histogram_observe(&int_histogram, (uint32_t)amount());
    nprom_histogram32_observe(&histogram32, (uint32_t)amount());
    CHECK(nprom_counter_family_labels_str(&counters, &value, 1, &child) == NPROM_OK);
    CHECK(child == NULL);
    nprom_counter_inc(child);
    CHECK(nprom_histogram_family_labels_str(&histograms, &value, 1, &handle) == NPROM_OK);
    CHECK(handle.cells == NULL);
    nprom_histogram_observe(&handle, 1);
    CHECK(nprom_histogram32_family_labels_str(&histograms32, &value, 1, &handle32) == NPROM_OK);
    CHECK(handle32.cells == NULL);
    nprom_histogram32_observe(&handle32, 1);

    CHECK(side_effects == 0);
    CHECK(nprom_counter_get(&counter) == 0);
    CHECK(nprom_int_counter_get(&int_counter) == 0);
    CHECK(nprom_counter32_get(&counter32) == 0);
    CHECK(nprom_gauge_get(&gauge) == 0);
    CHECK(nprom_int_gauge_get(&int_gauge) == 0);
    CHECK(nprom_gauge32_get(&gauge32) == 0);
    CHECK(nprom_histogram_count(&histogram) == 0);
    CHECK(nprom_int_histogram_count(&int_histogram) == 0);
    CHECK(nprom_histogram32_count(&histogram32) == 0);
}

static void the_page_is_still_there(void) {
    static const char begin[] = "# HELP counter_total Help.\n# TYPE counter_total counter\n"
                                "counter_total 0\n";
    char page[1000];
    size_t len;
    CHECK(nprom_check(&group, NULL, 0) == NPROM_OK);
    CHECK(nprom_encode_buffer(&group, NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
    CHECK(len > sizeof begin && memcmp(page, begin, sizeof begin - 1) == 0);
}

int main(void) {
    statement("updates leave zeros and compute nothing", updates_leave_zeros);
    statement("the page is still there", the_page_is_still_there);
    return test_result();
}
