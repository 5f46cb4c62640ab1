/* Another plugin. */
#include "plugin.h"

static nprom_int_counter_t made;
static nprom_int_gauge_t largest;

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&made, "made_total", "Pictures made smaller."),
    NPROM_INT_GAUGE(&largest, "largest_bytes", "Size of the largest picture so far."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT_PREFIX(rows, "thumbnails_");

static double work(void) {
    nprom_int_counter_inc_by(&made, 3);
    nprom_int_gauge_set(&largest, 48000);
    return 0.3;
}

const plugin_t plugin = {&metrics, work};
