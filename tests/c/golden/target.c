/* target.txt: what is said of the target as a whole, in front of everything else. */
#include "golden.h"

NPROM_DEFINE_INFO(setpoint, NPROM_LABEL("setpoint", "7"));
NPROM_DEFINE_INFO(target, NPROM_LABEL("service_name", "pumps"), NPROM_LABEL("service_version", "1.2"),
                  NPROM_LABEL("motto", "a \"b\"\\\n"));
static nprom_gauge_t up, targets;

static const nprom_metric_t pump_rows[] = {
    NPROM_INFO(&setpoint, "target_info", "Not about the target, in spite of its name."),
};
static const nprom_group_t pump = NPROM_GROUP_INIT_PREFIX(pump_rows, "pump_");
static const nprom_metric_t rows[] = {
    NPROM_INFO(&target, "target_info", "What runs here."),
    NPROM_GAUGE(&up, "up_seconds", "A metric behind it."),
    NPROM_GAUGE(&targets, "targets", "No info."),
    NPROM_GROUP(&pump),
};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
const nprom_group_t target_group = NPROM_GROUP_INIT_LABELS(rows, "", site);

void target_fill(void) {
    nprom_gauge_set(&up, 1.5);
}
