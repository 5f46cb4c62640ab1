/* Every macro of the header and every update, with the metrics of another translation unit. */
#include "units.h"
#include <stdio.h>
#include <string.h>

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauges[2];
static const double bounds[] = {0.5, 1.0};
NPROM_DEFINE_HISTOGRAM(histogram, NPROM_DEFAULT_BUCKETS);
NPROM_DEFINE_HISTOGRAM(one_bound, 1);
static const uint32_t ticks[] = {500, 1000};
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1000, 500, 1000);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1000, 500, 1000);

NPROM_DEFINE_COUNTER_FAMILY(counters, 4, 16, "a");
NPROM_DEFINE_INT_COUNTER_FAMILY(int_counters, 4, 16, "a", "b");
NPROM_DEFINE_COUNTER32_FAMILY(counters32, 4, 16, "a", "b", "c");
NPROM_DEFINE_GAUGE_FAMILY(gauge_family, 4, 16, "a", "b", "c", "d");
NPROM_DEFINE_INT_GAUGE_FAMILY(int_gauges, 4, 16, "a", "b", "c", "d", "e");
NPROM_DEFINE_GAUGE32_FAMILY(gauges32, 4, 16, "a", "b", "c", "d", "e", "f");
NPROM_DEFINE_HISTOGRAM_FAMILY(histograms, bounds, 4, 16, "a", "b", "c", "d", "e", "f", "g");
NPROM_DEFINE_INT_HISTOGRAM_FAMILY(int_histograms, 1000, ticks, 4, 16, "a");
NPROM_DEFINE_HISTOGRAM32_FAMILY(histograms32, 1000, ticks, 4, 16, "a", "b");
NPROM_DEFINE_COUNTER_FAMILY(widest, 1, 1, "a", "b", "c", "d", "e", "f", "g", "h");

static const nprom_metric_t inner_rows[] = {
    NPROM_GAUGE32(gauges, "array_begin", "An array is a pointer."),
    NPROM_GAUGE32(&gauges[1], "array_end", ""),
};
static const nprom_group_t inner = NPROM_GROUP_INIT_PREFIX(inner_rows, "inner_");

static const nprom_metric_t library_rows[] = {NPROM_GROUP(&library), NPROM_GROUP(&inner)};
static const nprom_label_t library_labels[] = {
    NPROM_LABEL("unit", "library"),
    NPROM_LABEL("empty", ""),
};
static const nprom_group_t outer =
    NPROM_GROUP_INIT_LABELS(library_rows, "library_", library_labels);

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&counter, "counter_total", "Help" " of two literals."),
    NPROM_INT_COUNTER(&int_counter, "int_counter_total", "Help."),
    NPROM_COUNTER32(&counter32, "counter32_total", "Help."),
    NPROM_GAUGE(&gauge, "gauge", "Help."),
    NPROM_INT_GAUGE(&int_gauge, "int_gauge", "Help."),
    NPROM_HISTOGRAM(&histogram, "histogram", "Help."),
    NPROM_HISTOGRAM(&one_bound, "one_bound", "Help."),
    NPROM_INT_HISTOGRAM(&int_histogram, "int_histogram", "Help."),
    NPROM_HISTOGRAM32(&histogram32, "histogram32", "Help."),
    NPROM_COUNTER_FAMILY(&counters, "counters_total", "Help."),
    NPROM_INT_COUNTER_FAMILY(&int_counters, "int_counters_total", "Help."),
    NPROM_COUNTER32_FAMILY(&counters32, "counters32_total", "Help."),
    NPROM_GAUGE_FAMILY(&gauge_family, "gauges", "Help."),
    NPROM_INT_GAUGE_FAMILY(&int_gauges, "int_gauges", "Help."),
    NPROM_GAUGE32_FAMILY(&gauges32, "gauges32", "Help."),
    NPROM_HISTOGRAM_FAMILY(&histograms, "histograms", "Help."),
    NPROM_INT_HISTOGRAM_FAMILY(&int_histograms, "int_histograms", "Help."),
    NPROM_HISTOGRAM32_FAMILY(&histograms32, "histograms32", "Help."),
    NPROM_COUNTER_FAMILY(&widest, "widest_total", "Help."),
    NPROM_GROUP(&outer),
};
static const nprom_group_t application = NPROM_GROUP_INIT(rows);

static const char *const values[] = {"1", "2", "3", "4", "5", "6", "7", "8"};

static void update(void) {
    nprom_counter_inc(&counter);
    nprom_counter_inc_by(&counter, 1);
    nprom_int_counter_inc(&int_counter);
    nprom_int_counter_inc_by(&int_counter, 1);
    nprom_counter32_inc(&counter32);
    nprom_counter32_inc_by(&counter32, 1);
    nprom_gauge_set(&gauge, 0);
    nprom_gauge_inc(&gauge);
    nprom_gauge_dec(&gauge);
    nprom_gauge_inc_by(&gauge, 3);
    nprom_gauge_dec_by(&gauge, 1);
    nprom_int_gauge_set(&int_gauge, 0);
    nprom_int_gauge_inc(&int_gauge);
    nprom_int_gauge_dec(&int_gauge);
    nprom_int_gauge_inc_by(&int_gauge, 3);
    nprom_int_gauge_dec_by(&int_gauge, 1);
    nprom_gauge32_set(gauges, 0);
    nprom_gauge32_inc(gauges);
    nprom_gauge32_dec(gauges);
    nprom_gauge32_inc_by(gauges, 3);
    nprom_gauge32_dec_by(gauges, 1);
    nprom_histogram_observe(&histogram, 2);
    nprom_histogram_observe(&one_bound, 2);
    nprom_int_histogram_observe(&int_histogram, 501);
    nprom_histogram32_observe(&histogram32, 501);
    nprom_counter_inc(&library_calls);
}

static int update_children(void) {
    nprom_counter_t *c;
    nprom_int_counter_t *ic;
    nprom_counter32_t *c32;
    nprom_gauge_t *g;
    nprom_int_gauge_t *ig;
    nprom_gauge32_t *g32;
    nprom_histogram_t h;
    nprom_int_histogram_t ih;
    nprom_histogram32_t h32;
    nprom_str_t first;
    first.data = "1";
    first.len = 1;
    if (nprom_counter_family_labels(&counters, &first, 1, &c) ||
        nprom_int_counter_family_labels_str(&int_counters, values, 2, &ic) ||
        nprom_counter32_family_labels_str(&counters32, values, 3, &c32) ||
        nprom_gauge_family_labels_str(&gauge_family, values, 4, &g) ||
        nprom_int_gauge_family_labels_str(&int_gauges, values, 5, &ig) ||
        nprom_gauge32_family_labels_str(&gauges32, values, 6, &g32) ||
        nprom_histogram_family_labels_str(&histograms, values, 7, &h) ||
        nprom_int_histogram_family_labels(&int_histograms, &first, 1, &ih) ||
        nprom_histogram32_family_labels_str(&histograms32, values, 2, &h32))
        return 0;
    nprom_counter_inc_by(c, 2);
    nprom_int_counter_inc_by(ic, 2);
    nprom_counter32_inc_by(c32, 2);
    nprom_gauge_set(g, 2);
    nprom_int_gauge_set(ig, 2);
    nprom_gauge32_set(g32, 2);
    nprom_histogram_observe(&h, 2);
    nprom_int_histogram_observe(&ih, 1001);
    nprom_histogram32_observe(&h32, 1001);
    /* The text of eight one-byte values does not fit into one byte. */
    return nprom_counter_family_labels_str(&widest, values, 8, &c) == NPROM_ERR_TEXT_FULL && !c &&
           nprom_gauge_family_labels_str(library_levels, values, 1, &g) == NPROM_OK;
}

int main(void) {
    static char page[8000];
    char message[300] = "";
    size_t len;
    update();
    library_use();
    if (!update_children())
        return 2;
    if (nprom_check(&application, message, sizeof message)) {
        puts(message);
        return 3;
    }
    if (nprom_encode_buffer(&application, NPROM_TEXT, page, sizeof page, &len))
        return 4;
    return fwrite(page, 1, len, stdout) == len ? 0 : 1;
}
