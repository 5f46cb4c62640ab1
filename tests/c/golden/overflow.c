/* overflow.txt: families that give one child where they refuse labels. */
#include "golden.h"
#ifdef __cplusplus
#include <initializer_list>
#endif

static const double bounds[] = {0.5, 1.0};
static const uint32_t ticks[] = {1, 2};
NPROM_DEFINE_FAMILY_OR_OTHER(counter, by_path, 3, 48, "path", "method");
NPROM_DEFINE_FAMILY_OR_OTHER(gauge32, room, 3, 48, "name");
NPROM_DEFINE_HISTOGRAM_FAMILY_OR_OTHER(by_name, bounds, 2, 48, "name");
NPROM_DEFINE_HISTOGRAM32_FAMILY_OR_OTHER(removed, 1000, ticks, 2, 48, "name");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER_FAMILY(&by_path, "requests_total", "Two paths fit, the third and the fourth are other."),
    NPROM_GAUGE32_FAMILY(&room, "room", "Nothing was refused: it is not on the page."),
    NPROM_HISTOGRAM_FAMILY(&by_name, "answer_duration_seconds", "Asked for by its name, and folded into."),
    NPROM_HISTOGRAM32_FAMILY(&removed, "cycles_seconds", "Removed and back from zero."),
};
const nprom_group_t overflow_group = NPROM_GROUP_INIT(rows);

static void observe(const char *name, double value) {
    nprom_histogram_t child;
    nprom_histogram_family_labels_str(&by_name, &name, 1, &child);
    nprom_histogram_observe(&child, value);
}

static void observe_ticks(const char *name, uint32_t value) {
    nprom_histogram32_t child;
    nprom_histogram32_family_labels_str(&removed, &name, 1, &child);
    nprom_histogram32_observe(&child, value);
}

void overflow_fill(void) {
    static const char *const paths[] = {"/", "/a\"b", "/c", "/d"};
    nprom_gauge32_t *gauge;
    for (int at = 0; at < 4; at++) {
        nprom_counter_t *child;
        nprom_counter_family_labels_str(&by_path, NPROM_VALUES(paths[at], "GET"), &child);
        nprom_counter_inc_by(child, at + 0.5);
    }
    nprom_gauge32_family_labels_str(&room, NPROM_VALUES("first"), &gauge);
    nprom_gauge32_set(gauge, -1);
    nprom_gauge32_family_labels_str(&room, NPROM_VALUES("second"), &gauge);
    nprom_gauge32_set(gauge, 1);
    observe("other", 0.25);
    observe("first", 0.75);
    observe("second", 2);
    observe_ticks("first", 1);
    observe_ticks("second", 1);
    observe_ticks("third", 1);
    nprom_family_remove_str(&removed.family, NPROM_VALUES("other"));
    observe_ticks("fourth", 3);
}
