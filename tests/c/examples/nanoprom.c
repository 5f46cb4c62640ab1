/* A table, and its page. */
#include "page.h"

/* EXAMPLE nanoprom.h 1.1 */

/* EXAMPLE nanoprom.h 1.2 */

static void count_and_show(void) {
    char page[4000];
    size_t len;
    int32_t status;
    /* EXAMPLE nanoprom.h 1.3 */
    CHECK(status == NPROM_OK && len > 0);
    CHECK(shows(&metrics, NPROM_TEXT, "http_requests_total 1"));
    CHECK(shows(&metrics, NPROM_TEXT, "http_request_duration_seconds_bucket{le=\"0.1\"} 0"));
    CHECK(shows(&metrics, NPROM_TEXT, "# TYPE http_responses_total counter"));
}

int main(void) {
    statement("the first example of nanoprom.h makes a page", count_and_show);
    return test_result();
}
