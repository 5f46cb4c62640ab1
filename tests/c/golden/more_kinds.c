/* more_kinds.txt: summaries, infos, state sets, callbacks and untyped values. */
#include "golden.h"
#include <math.h>

enum pump_state { PUMP_OFF, PUMP_RUNNING, PUMP_BLOCKED };
enum feature { HEATING, COOLING };
#define FEATURES NPROM_STATE("heating"), NPROM_STATE("cooling")

static nprom_summary_t seen, unseen, infinities;
static nprom_untyped_t reg;
NPROM_DEFINE_SUMMARY_FAMILY(answers, 4, 48, "method");
NPROM_DEFINE_UNTYPED_FAMILY(registers, 4, 48, "name");
NPROM_DEFINE_INFO(board, NPROM_LABEL("revision", "b"));
NPROM_DEFINE_INFO(build, NPROM_LABEL("version", "1.2.3"), NPROM_LABEL("motto", "a \"b\"\\c\nd"),
                  NPROM_LABEL("empty", ""));
NPROM_DEFINE_STATE_SET(features, FEATURES);
NPROM_DEFINE_STATE_SET(no_features, FEATURES);
NPROM_DEFINE_STATE_SET(untouched, FEATURES);
NPROM_DEFINE_STATE_SET(pump, NPROM_STATE("off"), NPROM_STATE("running"),
                       NPROM_STATE("a \"stuck\" valve"));

static double heap_value = 20480.5, nan_value, uptime_value = 86400, wrong_value = -1;

static double value_at(void *context) {
    return *(const double *)context;
}

static const nprom_callback_t heap_free = {value_at, &heap_value};
static const nprom_callback_t not_a_number = {value_at, &nan_value};
static const nprom_callback_t uptime = {value_at, &uptime_value};
static const nprom_callback_t wrong = {value_at, &wrong_value};

static const nprom_metric_t inner_rows[] = {
    NPROM_SUMMARY_FAMILY(&answers, "answer_bytes", "Children of a summary."),
    NPROM_INFO(&build, "build", "What this is, declared without the suffix."),
    NPROM_STATE_SET(&untouched, "first_feature", "Begins in its first state."),
    NPROM_STATE_SET(&pump, "pump", "Its label has the prefix too."),
};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
static const nprom_group_t inner = NPROM_GROUP_INIT_LABELS(inner_rows, "device_", site);

static const nprom_metric_t rows[] = {
    NPROM_SUMMARY(&seen, "seen_celsius", "Observations, some below zero."),
    NPROM_SUMMARY(&unseen, "unseen_seconds", "No observations."),
    NPROM_SUMMARY(&infinities, "infinities",
                  "Opposite infinities are counted, the later one is left out of the sum; "
                  "NaN is ignored."),
    NPROM_GAUGE_FN(&heap_free, "heap_free_bytes", "Asked at each page."),
    NPROM_GAUGE_FN(&not_a_number, "not_a_number", "A gauge may be NaN."),
    NPROM_COUNTER_FN(&uptime, "uptime_seconds", "Declared without the suffix."),
    NPROM_COUNTER_FN(&wrong, "wrong_total", "What no total can be is shown as 0."),
    NPROM_UNTYPED(&reg, "register", "Nobody knows what this is."),
    NPROM_UNTYPED_FAMILY(&registers, "registers", "Children of unknown type."),
    NPROM_INFO(&board, "board_info", "One label."),
    NPROM_STATE_SET(&features, "features", "All of them on."),
    NPROM_STATE_SET(&no_features, "no_features", "None of them on."),
    NPROM_GROUP(&inner),
};
const nprom_group_t more_kinds_group = NPROM_GROUP_INIT(rows);

static nprom_summary_t *answer(const char *method) {
    nprom_summary_t *child;
    nprom_summary_family_labels_str(&answers, &method, 1, &child);
    return child;
}

void more_kinds_fill(void) {
    static const char *const status = "status", *const put = "PUT";
    nprom_untyped_t *child;
    nan_value = NAN;
    nprom_summary_observe(&seen, -20.5);
    nprom_summary_observe(&seen, 4);
    nprom_summary_observe(&seen, 0);
    nprom_summary_observe(&infinities, INFINITY);
    nprom_summary_observe(&infinities, -INFINITY);
    nprom_summary_observe(&infinities, NAN);
    nprom_untyped_set(&reg, -7.25);
    nprom_untyped_family_labels_str(&registers, &status, 1, &child);
    nprom_untyped_set(child, 3);
    nprom_state_set_turn(&features, COOLING, 1);
    nprom_state_set_turn(&no_features, HEATING, 0);
    nprom_summary_observe(answer("GET"), 1500);
    nprom_summary_observe(answer("GET"), 20);
    nprom_summary_observe(answer("PUT"), 1);
    nprom_family_remove_str(&answers.family, &put, 1);
    answer("PUT");
    nprom_state_set_set(&pump, PUMP_OFF);
    nprom_state_set_set(&pump, PUMP_BLOCKED);
}
