/* Series whose labels are constants. */
#include "page.h"

/* EXAMPLE nprom_series.h 1.1 */

/* EXAMPLE nprom_series.h 1.2 */

/* EXAMPLE nprom_series.h 2.1 */

/* EXAMPLE nprom_series.h 2.2 */

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER_SERIES(&frames, "frames_total", "Frames received or sent."),
    NPROM_COUNTER_SERIES(&requests_by_method, "requests_total", "Requests."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void count_without_a_look_up(void) {
    nprom_int_counter_inc(&ports[1].sent);
    /* EXAMPLE nprom_series.h 2.3 */
    CHECK(shows(&metrics, NPROM_TEXT, "frames_total{port=\"1\",direction=\"out\"} 1"));
    CHECK(shows(&metrics, NPROM_TEXT, "frames_total{port=\"0\",direction=\"in\"} 0"));
    CHECK(shows(&metrics, NPROM_TEXT, "requests_total{method=\"PUT\"} 1"));
    CHECK(shows(&metrics, NPROM_TEXT, "requests_total{method=\"GET\"} 0"));
}

int main(void) {
    statement("the series of nprom_series.h are those of their metrics", count_without_a_look_up);
    return test_result();
}
