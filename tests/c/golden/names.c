/* names.txt: names shown as they are declared, units, and resets. */
#include "golden.h"

#define SHOP "shop_"

static nprom_counter_t lost, heat, again;
static nprom_int_counter_t seen, work, again_int;
static nprom_counter32_t sent, again_32;
static nprom_gauge_t battery;
NPROM_DEFINE_INT_COUNTER_FAMILY(by_port, 4, 48, "port");
NPROM_DEFINE_INFO(board, NPROM_LABEL("revision", "b"));
NPROM_DEFINE_HISTOGRAM(way, 1, 2.5);

static const nprom_metric_t rows[] = {
    NPROM_COUNTER_EXACT(&lost, "frames_lost", "Known to dashboards."),
    NPROM_INT_COUNTER_EXACT(&seen, "frames_seen", "Of whole events."),
    NPROM_COUNTER32_EXACT(&sent, "sent_bytes", "Its last word is a unit."),
    NPROM_INT_COUNTER_FAMILY_EXACT(&by_port, "port_frames", "Children of an exact counter."),
    NPROM_INFO_EXACT(&board, "board", "Without the suffix."),
    NPROM_UNIT(NPROM_GAUGE(&battery, "battery", "The unit is put behind the name."), "millivolts"),
    NPROM_UNIT(NPROM_COUNTER(&heat, "heat", "And in front of the suffix."), "calories"),
    NPROM_UNIT(NPROM_INT_COUNTER(&work, "work", "It is there already."), "watthours"),
    NPROM_UNIT(NPROM_HISTOGRAM(&way, "way", "Buckets in a unit."), "furlongs"),
    NPROM_COUNTER(&again, "again", "Began again."),
    NPROM_INT_COUNTER(&again_int, "again_int", "Began again."),
    NPROM_COUNTER32(&again_32, "again_32", "Began again."),
};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
const nprom_group_t names_group = NPROM_GROUP_INIT_LABELS(rows, SHOP "http_", site);

void names_fill(void) {
    static const char *const port = "a";
    nprom_int_counter_t *child;
    nprom_counter_inc_by(&lost, 2.5);
    nprom_int_counter_inc_by(&seen, 7);
    nprom_counter32_inc(&sent);
    nprom_int_counter_family_labels_str(&by_port, &port, 1, &child);
    nprom_int_counter_inc_by(child, 3);
    nprom_gauge_set(&battery, 3700);
    nprom_counter_inc(&heat);
    nprom_int_counter_inc(&work);
    nprom_histogram_observe(&way, 2);
    nprom_counter_inc_by(&again, 0.5);
    nprom_counter_inc(&again);
    nprom_int_counter_inc(&again_int);
    nprom_counter32_inc(&again_32);
    nprom_counter_reset(&again);
    nprom_int_counter_reset(&again_int);
    nprom_counter32_reset(&again_32);
    nprom_counter32_inc(&again_32);
}
