/* A row whose value is of another type than its macro says: run for each ROW. */
#include <nanoprom.h>

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
static nprom_summary_t summary;
static nprom_untyped_t untyped;
static const nprom_callback_t callback = {0, 0};
NPROM_DEFINE_INFO(info, NPROM_LABEL("a", "b"));
NPROM_DEFINE_STATE_SET(state_set, NPROM_STATE("a"));
NPROM_DEFINE_SUMMARY_FAMILY(summary_family, 1, 1, "a");
NPROM_DEFINE_UNTYPED_FAMILY(untyped_family, 1, 1, "a");
NPROM_DEFINE_HISTOGRAM(histogram, 1.0);
static const double bounds[] = {1.0};
static const uint32_t ticks[] = {1};
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 1);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 1);
NPROM_DEFINE_COUNTER_FAMILY(counter_family, 1, 1, "a");
NPROM_DEFINE_INT_COUNTER_FAMILY(int_counter_family, 1, 1, "a");
NPROM_DEFINE_COUNTER32_FAMILY(counter32_family, 1, 1, "a");
NPROM_DEFINE_GAUGE_FAMILY(gauge_family, 1, 1, "a");
NPROM_DEFINE_INT_GAUGE_FAMILY(int_gauge_family, 1, 1, "a");
NPROM_DEFINE_GAUGE32_FAMILY(gauge32_family, 1, 1, "a");
NPROM_DEFINE_HISTOGRAM_FAMILY(histogram_family, bounds, 1, 1, "a");
NPROM_DEFINE_INT_HISTOGRAM_FAMILY(int_histogram_family, 1, ticks, 1, 1, "a");
NPROM_DEFINE_HISTOGRAM32_FAMILY(histogram32_family, 1, ticks, 1, 1, "a");
NPROM_DEFINE_SERIES(counter, counter_series, ("a"), NPROM_SERIES(&counter, "1"));
NPROM_DEFINE_SERIES(int_counter, int_counter_series, ("a"), NPROM_SERIES(&int_counter, "1"));
NPROM_DEFINE_SERIES(counter32, counter32_series, ("a"), NPROM_SERIES(&counter32, "1"));
NPROM_DEFINE_SERIES(counter_fn, counter_fn_series, ("a"), NPROM_SERIES(&callback, "1"));
NPROM_DEFINE_SERIES(gauge, gauge_series, ("a"), NPROM_SERIES(&gauge, "1"));
NPROM_DEFINE_SERIES(int_gauge, int_gauge_series, ("a"), NPROM_SERIES(&int_gauge, "1"));
NPROM_DEFINE_SERIES(gauge32, gauge32_series, ("a"), NPROM_SERIES(&gauge32, "1"));
NPROM_DEFINE_SERIES(gauge_fn, gauge_fn_series, ("a"), NPROM_SERIES(&callback, "1"));
NPROM_DEFINE_SERIES(histogram, histogram_series, ("a"), NPROM_SERIES(&histogram, "1"));
NPROM_DEFINE_SERIES(int_histogram, int_histogram_series, ("a"), NPROM_SERIES(&int_histogram, "1"));
NPROM_DEFINE_SERIES(histogram32, histogram32_series, ("a"), NPROM_SERIES(&histogram32, "1"));
NPROM_DEFINE_SERIES(summary, summary_series, ("a"), NPROM_SERIES(&summary, "1"));
NPROM_DEFINE_SERIES(untyped, untyped_series, ("a"), NPROM_SERIES(&untyped, "1"));
NPROM_DEFINE_SERIES(info, info_series, ("a"), NPROM_SERIES(&info, "1"));
NPROM_DEFINE_SERIES(state_set, state_set_series, ("a"), NPROM_SERIES(&state_set, "1"));
static const nprom_metric_t inner_rows[] = {NPROM_COUNTER(&counter, "x_total", "")};
static const nprom_group_t group = NPROM_GROUP_INIT(inner_rows);

#ifdef WRONG
#define NPROM_ONLY_GROUP(value, name, help) NPROM_GROUP(value)
static const nprom_metric_t rows[] = {ROW(&WRONG, "a", "")};
#else
static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&counter, "a", ""),
    NPROM_INT_COUNTER(&int_counter, "a", ""),
    NPROM_COUNTER32(&counter32, "a", ""),
    NPROM_GAUGE(&gauge, "a", ""),
    NPROM_INT_GAUGE(&int_gauge, "a", ""),
    NPROM_GAUGE32(&gauge32, "a", ""),
    NPROM_HISTOGRAM(&histogram, "a", ""),
    NPROM_INT_HISTOGRAM(&int_histogram, "a", ""),
    NPROM_HISTOGRAM32(&histogram32, "a", ""),
    NPROM_COUNTER_FAMILY(&counter_family, "a", ""),
    NPROM_INT_COUNTER_FAMILY(&int_counter_family, "a", ""),
    NPROM_COUNTER32_FAMILY(&counter32_family, "a", ""),
    NPROM_GAUGE_FAMILY(&gauge_family, "a", ""),
    NPROM_INT_GAUGE_FAMILY(&int_gauge_family, "a", ""),
    NPROM_GAUGE32_FAMILY(&gauge32_family, "a", ""),
    NPROM_HISTOGRAM_FAMILY(&histogram_family, "a", ""),
    NPROM_INT_HISTOGRAM_FAMILY(&int_histogram_family, "a", ""),
    NPROM_HISTOGRAM32_FAMILY(&histogram32_family, "a", ""),
    NPROM_SUMMARY(&summary, "a", ""),
    NPROM_UNTYPED(&untyped, "a", ""),
    NPROM_SUMMARY_FAMILY(&summary_family, "a", ""),
    NPROM_UNTYPED_FAMILY(&untyped_family, "a", ""),
    NPROM_GAUGE_FN(&callback, "a", ""),
    NPROM_INFO(&info, "a", ""),
    NPROM_COUNTER_FN(&callback, "a", ""),
    NPROM_STATE_SET(&state_set, "a", ""),
    NPROM_COUNTER_SERIES(&counter_series, "a", ""),
    NPROM_INT_COUNTER_SERIES(&int_counter_series, "a", ""),
    NPROM_COUNTER32_SERIES(&counter32_series, "a", ""),
    NPROM_COUNTER_FN_SERIES(&counter_fn_series, "a", ""),
    NPROM_GAUGE_SERIES(&gauge_series, "a", ""),
    NPROM_INT_GAUGE_SERIES(&int_gauge_series, "a", ""),
    NPROM_GAUGE32_SERIES(&gauge32_series, "a", ""),
    NPROM_GAUGE_FN_SERIES(&gauge_fn_series, "a", ""),
    NPROM_HISTOGRAM_SERIES(&histogram_series, "a", ""),
    NPROM_INT_HISTOGRAM_SERIES(&int_histogram_series, "a", ""),
    NPROM_HISTOGRAM32_SERIES(&histogram32_series, "a", ""),
    NPROM_SUMMARY_SERIES(&summary_series, "a", ""),
    NPROM_UNTYPED_SERIES(&untyped_series, "a", ""),
    NPROM_INFO_SERIES(&info_series, "a", ""),
    NPROM_STATE_SET_SERIES(&state_set_series, "a", ""),
    NPROM_GROUP(&group),
};
#endif
const nprom_metric_t *first(void);
const nprom_metric_t *first(void) { return rows; }
