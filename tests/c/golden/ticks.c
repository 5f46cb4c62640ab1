/* ticks.txt: histograms of whole numbers, in ticks of every length. */
#include "golden.h"

/* What a core at 12.5 MHz counts in a second. */
#define CYCLES 12500000

NPROM_DEFINE_HISTOGRAM32(answers, 1000000, 1000, 5000, 10000, 100000);
NPROM_DEFINE_INT_HISTOGRAM(frames, 1, 64, 512, 1500);
NPROM_DEFINE_INT_HISTOGRAM(handlers, CYCLES, 12, CYCLES / 10000, CYCLES / 1000);
NPROM_DEFINE_HISTOGRAM32(thirds, 3, 0, 1, 2, 3, 300000, 3000000, UINT32_MAX);
NPROM_DEFINE_INT_HISTOGRAM(largest, UINT32_MAX, 1, UINT32_MAX - 1);
NPROM_DEFINE_INT_HISTOGRAM(sums, 1, 1000000);
NPROM_DEFINE_HISTOGRAM32(unseen, 1000, 500, 1000);

static const uint32_t method_bounds[] = {500, 1000};
static const uint32_t port_bounds[] = {1500};
NPROM_DEFINE_HISTOGRAM32_FAMILY(by_method, 1000, method_bounds, 4, 48, "method");
NPROM_DEFINE_INT_HISTOGRAM_FAMILY(by_port, 1, port_bounds, 2, 48, "device", "port");

static const nprom_metric_t rows[] = {
    NPROM_HISTOGRAM32(&answers, "answer_duration_seconds", "Microseconds, shown in seconds."),
    NPROM_INT_HISTOGRAM(&frames, "frame_size_bytes", "Bytes are what they are."),
    NPROM_INT_HISTOGRAM(&handlers, "interrupt_duration_seconds",
                        "Cycles at 12.5 MHz, shown in seconds."),
    NPROM_HISTOGRAM32(&thirds, "thirds_of_every_notation",
                      "Thirds: bounds of every notation, rounded down."),
    NPROM_INT_HISTOGRAM(&largest, "largest_ratio", "The largest tick, and the longest unit."),
    NPROM_INT_HISTOGRAM(&sums, "large_sum_bytes", "A sum that no word of 32 bits holds."),
    NPROM_HISTOGRAM32(&unseen, "unseen_seconds", "No observations."),
    NPROM_HISTOGRAM32_FAMILY(&by_method, "method_duration_seconds",
                             "Small histograms that share their bounds."),
    NPROM_INT_HISTOGRAM_FAMILY(&by_port, "port_size_bytes",
                               "Large histograms that share their bounds."),
};
const nprom_group_t ticks_group = NPROM_GROUP_INIT(rows);

static void observe_method(const char *method, uint32_t ticks) {
    nprom_histogram32_t child;
    nprom_histogram32_family_labels_str(&by_method, &method, 1, &child);
    nprom_histogram32_observe(&child, ticks);
}

void ticks_fill(void) {
    static const uint32_t micros[] = {0, 999, 1000, 1001, 5000, 100000, 100001};
    static const uint32_t bytes[] = {64, 65, 1500, 9000};
    static const uint32_t cycles[] = {11, 12, 13, 12500};
    static const uint32_t parts[] = {0, 1, 2, 3, 4, 3000001};
    nprom_int_histogram_t port;

    for (size_t i = 0; i < 7; i++)
        nprom_histogram32_observe(&answers, micros[i]);
    for (size_t i = 0; i < 4; i++)
        nprom_int_histogram_observe(&frames, bytes[i]);
    for (size_t i = 0; i < 4; i++)
        nprom_int_histogram_observe(&handlers, cycles[i]);
    for (size_t i = 0; i < 6; i++)
        nprom_histogram32_observe(&thirds, parts[i]);
    nprom_int_histogram_observe(&largest, 1);
    for (size_t i = 0; i < 3; i++)
        nprom_int_histogram_observe(&sums, UINT32_MAX);
    observe_method("GET", 250);
    observe_method("GET", 750);
    observe_method("PUT", 1001);
    observe_method("HEAD", 1);
    nprom_family_remove_str(&by_method.family, NPROM_VALUES("PUT"));
    nprom_family_remove_str(&by_method.family, NPROM_VALUES("HEAD"));
    observe_method("PUT", 1000);
    nprom_int_histogram_family_labels_str(&by_port, NPROM_VALUES("eth0", "1"), &port);
    nprom_int_histogram_observe(&port, 1501);
}
