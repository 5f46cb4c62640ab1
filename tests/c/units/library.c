/* A library with metrics that it lets others see: a group, a counter, a histogram, a family. */
#include "units.h"

nprom_counter_t library_calls;

static const double size_bounds[] = {10, 100, 1000};
static nprom_cell64_t size_cells[3 + 2];
const nprom_histogram_t library_sizes = NPROM_HISTOGRAM_INIT(size_bounds, size_cells);

static const uint32_t tick_bounds[] = {10, 100, 1000};
static nprom_cell64_t int_cells[3 + 2], cells32[1 + (3 + 2) / 2];
static const nprom_int_histogram_t cycles = NPROM_INT_HISTOGRAM_INIT(1, tick_bounds, int_cells);
static const nprom_histogram32_t cycles32 = NPROM_HISTOGRAM32_INIT(1, tick_bounds, cells32);

NPROM_DEFINE_GAUGE_FAMILY(levels, 4, 16, "tank");
const nprom_gauge_family_t *const library_levels = &levels;

static struct {
    nprom_int_counter_t in, out;
} ports[1];
NPROM_DEFINE_SERIES(int_counter, frames, ("direction"), NPROM_SERIES(&ports[0].in, "in"),
                    NPROM_SERIES(&ports[0].out, "out"));

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&library_calls, "calls_total", "Calls of the library."),
    NPROM_HISTOGRAM(&library_sizes, "size_bytes", "Sizes."),
    NPROM_INT_HISTOGRAM(&cycles, "cycles", "Cycles."),
    NPROM_HISTOGRAM32(&cycles32, "cycles32", "Cycles."),
    NPROM_GAUGE_FAMILY(&levels, "level_ratio", "How full each tank is."),
    NPROM_INT_COUNTER_SERIES(&frames, "frames_total", "Frames."),
};
const nprom_group_t library = NPROM_GROUP_INIT(rows);

void library_use(void) {
    nprom_counter_inc(&library_calls);
    nprom_int_counter_inc(&ports[0].out);
    nprom_histogram_observe(&library_sizes, 99);
    nprom_int_histogram_observe(&cycles, 100);
    nprom_histogram32_observe(&cycles32, 1001);
}
