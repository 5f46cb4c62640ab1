/* A library whose groups join the default registry; one of them is included in the other. */
#include "joined.h"

static nprom_int_counter_t frames, faults;
static const nprom_metric_t inner_rows[] = {NPROM_INT_COUNTER(&faults, "faults_total", "")};
static const nprom_group_t inner = NPROM_GROUP_INIT(inner_rows);
static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&frames, "frames_total", ""),
    NPROM_GROUP(&inner),
};
static const nprom_group_t library = NPROM_GROUP_INIT_PREFIX(rows, "eth0_");
NPROM_JOIN_DEFAULT(inner);
NPROM_JOIN_DEFAULT(library);

void receive(void) {
    nprom_int_counter_inc(&frames);
}
