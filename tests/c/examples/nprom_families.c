/* A static family; what its functions are declared as. */
#include "page.h"

/* EXAMPLE nprom_families.h 1.1 */

/* EXAMPLE nprom_families.h 2.1 */

static const nprom_metric_t rows[] = {
    NPROM_COUNTER_FAMILY(&responses, "http_responses_total", "Responses by method and code."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void count_by_labels(void) {
    /* EXAMPLE nprom_families.h 1.2 */
    CHECK(status == NPROM_OK);
    CHECK(shows(&metrics, NPROM_TEXT, "http_responses_total{method=\"GET\",code=\"200\"} 1"));
}

int main(void) {
    statement("the family of nprom_families.h counts by labels", count_by_labels);
    return test_result();
}
