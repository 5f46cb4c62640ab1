/* Integers only: no float is added, and none is printed. */
#include <nanoprom.h>

#include "cost.h"

static nprom_int_counter_t samples, bytes;
static nprom_gauge32_t level;
static nprom_int_gauge_t levels;
static nprom_counter32_t requests;

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&samples, "cost_samples_total", "Samples taken."),
    NPROM_INT_COUNTER(&bytes, "cost_sample_bytes_total", "Bytes in them."),
    NPROM_GAUGE32(&level, "cost_level", "The last level."),
    NPROM_INT_GAUGE(&levels, "cost_levels", "All levels together."),
    NPROM_COUNTER32(&requests, "cost_requests_total", "Pages asked for."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void measured(const sample_t *sample) {
    nprom_int_counter_inc(&samples);
    nprom_int_counter_inc_by(&bytes, sample->bytes);
    nprom_gauge32_set(&level, sample->level);
    nprom_int_gauge_inc_by(&levels, sample->level);
}

static void received(uint8_t byte) {
    (void)byte;
    nprom_counter32_inc(&requests);
    send_page(&metrics);
}
