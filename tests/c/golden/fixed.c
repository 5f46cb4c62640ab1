/* fixed.txt: series whose labels are constants, and arrays with an enum as index. */
#include "golden.h"

enum link { LINK_DOWN, LINK_UP };
enum method { GET, PUT, METHODS };
enum outcome { DONE, FAILED, OUTCOMES };

/* What a driver counts, in its own struct. */
static struct {
    nprom_int_counter_t received, sent;
    nprom_counter_t seconds;
    nprom_gauge_t level;
    nprom_summary_t sizes;
    nprom_untyped_t reg;
} ports[2];

static nprom_int_counter_t requests[METHODS][OUTCOMES];

NPROM_DEFINE_HISTOGRAM(first, 0.5, 1);
NPROM_DEFINE_HISTOGRAM(second, 0.5, 1);
NPROM_DEFINE_HISTOGRAM32(wait_get, 1000, 500);
NPROM_DEFINE_HISTOGRAM32(wait_put, 1000, 500);
NPROM_DEFINE_STATE_SET(first_link, NPROM_STATE("down"), NPROM_STATE("up"));
NPROM_DEFINE_STATE_SET(second_link, NPROM_STATE("down"), NPROM_STATE("up"));
NPROM_DEFINE_INFO(sensor, NPROM_LABEL("maker", "a"), NPROM_LABEL("serial", "17"));
static const nprom_info_t spare = {NULL, 0};

static double free_value = 1.5;

static double value_at(void *context) {
    return *(const double *)context;
}

static const nprom_callback_t heap_free = {value_at, &free_value};

NPROM_DEFINE_SERIES(int_counter, frames, ("port", "direction"),
                    NPROM_SERIES(&ports[0].received, "0", "in"),
                    NPROM_SERIES(&ports[0].sent, "0", "out"),
                    NPROM_SERIES(&ports[1].received, "1", "in"),
                    NPROM_SERIES(&ports[1].sent, "1", "out"));
NPROM_DEFINE_SERIES(counter, seconds, ("port"), NPROM_SERIES(&ports[0].seconds, "0"));
NPROM_DEFINE_SERIES(gauge, levels, ("name"), NPROM_SERIES(&ports[0].level, "a \"b\"\\c\nd"),
                    NPROM_SERIES(&ports[1].level, "gr\xc3\xbcn"));
NPROM_DEFINE_SERIES(histogram, times, ("port"), NPROM_SERIES(&first, "0"),
                    NPROM_SERIES(&second, "1"));
NPROM_DEFINE_SERIES(summary, sizes, ("port"), NPROM_SERIES(&ports[0].sizes, "0"),
                    NPROM_SERIES(&ports[1].sizes, "1"));
NPROM_DEFINE_SERIES(untyped, registers, ("port"), NPROM_SERIES(&ports[1].reg, "1"));
NPROM_DEFINE_SERIES(gauge_fn, heaps, ("heap"), NPROM_SERIES(&heap_free, "dma"));
NPROM_DEFINE_SERIES(histogram32, waits, ("method"), NPROM_SERIES(&wait_get, "GET"),
                    NPROM_SERIES(&wait_put, "PUT"));
NPROM_DEFINE_SERIES(state_set, links, ("port"), NPROM_SERIES(&first_link, "0"),
                    NPROM_SERIES(&second_link, "1"));
NPROM_DEFINE_SERIES(info, sensors, ("place"), NPROM_SERIES(&sensor, "in"),
                    NPROM_SERIES(&spare, "out"));
NPROM_DEFINE_SERIES(int_counter, requests_by, ("method", "outcome"),
                    NPROM_SERIES(&requests[GET][DONE], "GET", "done"),
                    NPROM_SERIES(&requests[GET][FAILED], "GET", "failed \"badly\""),
                    NPROM_SERIES(&requests[PUT][DONE], "PUT", "done"),
                    NPROM_SERIES(&requests[PUT][FAILED], "PUT", "failed \"badly\""));

static const nprom_metric_t inner_rows[] = {
    NPROM_STATE_SET_SERIES(&links, "link", "Its own label is called by the whole name."),
    NPROM_INFO_SERIES(&sensors, "sensor", "Facts behind the labels, or none."),
    NPROM_INT_COUNTER_SERIES(&requests_by, "requests_total", "Two enums."),
};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
static const nprom_group_t inner = NPROM_GROUP_INIT_LABELS(inner_rows, "device_", site);

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER_SERIES(&frames, "frames_total", "Cells in the structs of a driver."),
    NPROM_COUNTER_SERIES(&seconds, "busy_seconds", "Declared without the suffix."),
    NPROM_UNIT(NPROM_GAUGE_SERIES(&levels, "levels", "Values that need escaping."), "volts"),
    NPROM_HISTOGRAM_SERIES(&times, "answer_seconds", "The bounds of all are the same."),
    NPROM_SUMMARY_SERIES(&sizes, "answer_bytes", "Count and sum."),
    NPROM_UNTYPED_SERIES(&registers, "register", "Nobody knows what this is."),
    NPROM_GAUGE_FN_SERIES(&heaps, "heap_free_bytes", "Asked at each page."),
    NPROM_HISTOGRAM32_SERIES(&waits, "wait_seconds", "One enum, ticks of a millisecond."),
    NPROM_GROUP(&inner),
};
const nprom_group_t fixed_group = NPROM_GROUP_INIT(rows);

void fixed_fill(void) {
    nprom_int_counter_inc_by(&ports[0].received, 3);
    nprom_int_counter_inc(&ports[1].sent);
    nprom_counter_inc_by(&ports[0].seconds, 0.25);
    nprom_gauge_set(&ports[0].level, -1.5);
    nprom_gauge_set(&ports[1].level, 12);
    nprom_histogram_observe(&first, 0.75);
    nprom_histogram_observe(&first, 2);
    nprom_histogram_observe(&second, 0.5);
    nprom_summary_observe(&ports[1].sizes, 1500);
    nprom_untyped_set(&ports[1].reg, 7);
    nprom_state_set_set(&second_link, LINK_UP);
    nprom_histogram32_observe(&wait_put, 250);
    nprom_int_counter_inc_by(&requests[GET][DONE], 10);
    nprom_int_counter_inc(&requests[PUT][FAILED]);
}
