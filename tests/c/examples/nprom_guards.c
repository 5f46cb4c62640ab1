/* Timers, work in progress, counted errors. */
#define _POSIX_C_SOURCE 200809L
#include "page.h"
#include <unistd.h>

static nprom_gauge32_t in_progress;
static nprom_counter_t errors;
static nprom_int_counter_t timeouts;
NPROM_DEFINE_HISTOGRAM(latency, 0.1, 0.5, 1, 5);
static double now;

static double seconds(void) { return now; }
static int is_timeout(int status) { return status == -7; }
static int connect_to(const char *host) { return host[0] == '1' ? 0 : -7; }

static int answer(void) {
    CHECK(nprom_gauge32_get(&in_progress) <= 1);
    now += 0.25;
    return 1;
}

static void observe_a_timer(void) {
    /* EXAMPLE nprom_guards.h 1.1 */
    CHECK(nprom_histogram_sum(&latency) == 0.25);
}

/* EXAMPLE nprom_guards.h 2.1 */

static void guard_a_block(void) {
    CHECK(serve() == 1);
    CHECK(nprom_gauge32_get(&in_progress) == 0);
    CHECK(nprom_histogram_sum(&latency) == 0.5 && nprom_histogram_count(&latency) == 2);
}

static int read_and_connect(int fd, const char *host) {
    char buf[10];
    /* EXAMPLE nprom_guards.h 3.1 */
    return len < 0 ? 1 : 0;
}

static void count_errors(void) {
    CHECK(read_and_connect(-1, "127.0.0.1") == 1);
    CHECK(nprom_counter_get(&errors) == 1 && nprom_int_counter_get(&timeouts) == 0);
    CHECK(read_and_connect(-1, "nowhere") == -1);
    CHECK(nprom_counter_get(&errors) == 2 && nprom_int_counter_get(&timeouts) == 1);
}

int main(void) {
    statement("the timer of nprom_guards.h observes", observe_a_timer);
    statement("what it declares in a block ends with the block", guard_a_block);
    statement("and it counts errors", count_errors);
    return test_result();
}
