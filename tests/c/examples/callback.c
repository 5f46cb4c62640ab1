/* A gauge that is a function, and a histogram of ticks. */
#include "page.h"

static struct heap {
    double free;
} heap = {4096};

/* EXAMPLE nanoprom.h 2.1 */

/* EXAMPLE nanoprom.h 3.1 */

static const nprom_metric_t rows[] = {
    NPROM_GAUGE_FN(&heap_free, "heap_free_bytes", "Free memory."),
    NPROM_HISTOGRAM32(&latency, "latency_seconds", "Time to answer, in seconds."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void ask_and_observe(void) {
    nprom_histogram32_observe(&latency, 900);
    nprom_histogram32_observe(&latency, 1001);
    CHECK(shows(&metrics, NPROM_TEXT, "heap_free_bytes 4096"));
    CHECK(shows(&metrics, NPROM_TEXT, "latency_seconds_bucket{le=\"0.001\"} 1"));
    CHECK(shows(&metrics, NPROM_TEXT, "latency_seconds_sum 0.001901"));
}

int main(void) {
    statement("callbacks and ticks are as nanoprom.h says", ask_and_observe);
    return test_result();
}
