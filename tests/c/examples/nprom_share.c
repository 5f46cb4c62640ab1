/* Metrics that workers share. */
#define _DEFAULT_SOURCE
/* EXAMPLE nprom_share.h 1.1 */
#include "page.h"
#include <sys/wait.h>
#include <unistd.h>

/* EXAMPLE nprom_share.h 1.2 */

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&requests, "requests_total", "Requests."),
    NPROM_HISTOGRAM(&latency, "latency_seconds", "Time to answer, in seconds."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void count_in_four_processes(void) {
    pid_t first = getpid();
    int worker;
    fflush(stdout);
/* EXAMPLE nprom_share.h 1.3 */
    nprom_counter_inc(&requests);
    nprom_histogram_observe(&latency, 0.2);
    if (getpid() != first)
        _exit(0);
    while (wait(NULL) > 0)
        continue;
    CHECK(shows(&metrics, NPROM_TEXT, "requests_total 4"));
    CHECK(shows(&metrics, NPROM_TEXT, "latency_seconds_count 4"));
}

int main(void) {
    statement("what four processes count is one sum", count_in_four_processes);
    return test_result();
}
