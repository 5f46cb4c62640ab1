/* Creation times. */
#include "page.h"

static double clock(void) { return 1700000000; }

/* EXAMPLE nprom_created.h 1.1 */

static const nprom_metric_t rows[] = {
    /* EXAMPLE nprom_created.h 1.2 */
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void create(void) {
    /* EXAMPLE nprom_created.h 1.3 */
    CHECK(shows(&metrics, NPROM_OPENMETRICS, "sent_total 1"));
    CHECK(shows(&metrics, NPROM_OPENMETRICS, "sent_created 1700000000"));
    CHECK(shows(&metrics, NPROM_OPENMETRICS, "latency_seconds_count 1"));
    CHECK(shows(&metrics, NPROM_OPENMETRICS, "latency_seconds_created 1700000000"));
}

int main(void) {
    statement("the metrics of nprom_created.h have a creation time", create);
    return test_result();
}
