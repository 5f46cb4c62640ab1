/* Exemplars. */
#include "page.h"

/* EXAMPLE nprom_exemplars.h 1.1 */

static const nprom_metric_t rows[] = {
    /* EXAMPLE nprom_exemplars.h 1.2 */
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void count_with_a_trace(void) {
    const char *id = "4bf92f35";
    /* EXAMPLE nprom_exemplars.h 1.3 */
    CHECK(shows(&metrics, NPROM_OPENMETRICS, "http_requests_total 2 # {trace_id=\"4bf92f35\"} 1"));
    CHECK(shows(&metrics, NPROM_OPENMETRICS, "http_request_duration_seconds_count 1"));
}

int main(void) {
    statement("the counter of nprom_exemplars.h shows its exemplar", count_with_a_trace);
    return test_result();
}
