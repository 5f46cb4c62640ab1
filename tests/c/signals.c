/*
 * Updates and new children from a signal handler: whatever it interrupts, nobody waits and nothing
 * is lost.
 */
#include "test.h"
#include <nanoprom.h>
#include <signal.h>
#include <sys/time.h>

enum { SERIES = 1000, SIGNALS_EACH = 3 };

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
NPROM_DEFINE_HISTOGRAM(histogram, 1, 2);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 1, 2);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 1, 2);
NPROM_DEFINE_INT_COUNTER_FAMILY(family, SERIES + 8, 32, "a", "b");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&counter, "counter_total", ""),
    NPROM_HISTOGRAM(&histogram, "histogram", ""),
    NPROM_INT_HISTOGRAM(&int_histogram, "int_histogram", ""),
    NPROM_HISTOGRAM32(&histogram32, "histogram32", ""),
    NPROM_INT_COUNTER_FAMILY(&family, "family_total", ""),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

/* Label values, made before a handler needs them. */
static char text[SERIES][2][8];
/* What each child must show, how many updates there were, and how many of them by the handler. */
static uint64_t expected[SERIES], updates, signals;
/* The child at which the interrupted code is. */
static size_t current;

static void count_child(size_t number) {
    nprom_str_t values[2];
    nprom_int_counter_t *child;
    if (number >= SERIES)
        return;
    for (size_t i = 0; i < 2; i++) {
        values[i].data = text[number][i];
        values[i].len = strlen(text[number][i]);
    }
    nprom_int_counter_family_labels(&family, values, 2, &child);
    nprom_int_counter_inc(child);
    __atomic_fetch_add(&expected[number], 1, __ATOMIC_RELAXED);
}

static void update_all(void) {
    nprom_counter_inc(&counter);
    nprom_counter_inc_by(&counter, 0.5);
    /* Crosses 2^28 often, where split totals carry. */
    nprom_int_counter_inc_by(&int_counter, 200000003);
    nprom_counter32_inc(&counter32);
    nprom_gauge_inc_by(&gauge, 0.25);
    nprom_int_gauge_dec_by(&int_gauge, 3);
    nprom_gauge32_dec(&gauge32);
    nprom_histogram_observe(&histogram, 1.5);
    nprom_int_histogram_observe(&int_histogram, 200000003);
    nprom_histogram32_observe(&histogram32, 200000003);
    __atomic_fetch_add(&updates, 1, __ATOMIC_RELAXED);
}

static void handle(int number) {
    size_t at = __atomic_load_n(&current, __ATOMIC_RELAXED);
    char buf[64];
    nprom_cursor_t cursor;
    (void)number;
    update_all();
    /* The very child that may be half made, and one that the interrupted code comes to later. */
    count_child(at);
    count_child(at + 2);
    nprom_cursor_init(&cursor, &group, NPROM_TEXT);
    for (size_t i = 0; i < 4; i++)
        nprom_read(&cursor, buf, sizeof buf);
    __atomic_fetch_add(&signals, 1, __ATOMIC_RELAXED);
}

static void handlers_and_what_they_interrupt_are_counted_exactly(void) {
    struct sigaction action;
    struct itimerval often = {{0, 50}, {0, 50}}, never = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < SERIES; i++) {
        snprintf(text[i][0], sizeof text[i][0], "%zu", i);
        snprintf(text[i][1], sizeof text[i][1], "%zu", i * 3);
    }
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    for (size_t number = 0; number < SERIES; number++) {
        uint64_t before = __atomic_load_n(&signals, __ATOMIC_RELAXED);
        __atomic_store_n(&current, number, __ATOMIC_RELAXED);
        for (size_t i = 0; i < 100000; i++) {
            count_child(number);
            update_all();
            if (__atomic_load_n(&signals, __ATOMIC_RELAXED) - before >= SIGNALS_EACH)
                break;
        }
    }
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
    action.sa_handler = SIG_IGN;
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);

    CHECK(signals > 100);
    CHECK(nprom_counter_get(&counter) == (double)updates * 1.5);
    CHECK(nprom_int_counter_get(&int_counter) == updates * 200000003);
    CHECK(nprom_counter32_get(&counter32) == updates);
    CHECK(nprom_gauge_get(&gauge) == (double)updates * 0.25);
    CHECK(nprom_int_gauge_get(&int_gauge) == -3 * (int64_t)updates);
    CHECK(nprom_gauge32_get(&gauge32) == -(int64_t)updates);
    CHECK(nprom_histogram_count(&histogram) == updates);
    CHECK(nprom_histogram_sum(&histogram) == (double)updates * 1.5);
    CHECK(nprom_int_histogram_count(&int_histogram) == updates);
    CHECK(nprom_int_histogram_sum(&int_histogram) == updates * 200000003);
    CHECK(nprom_histogram32_count(&histogram32) == updates);
    CHECK(nprom_histogram32_sum(&histogram32) == updates * 200000003);
    for (size_t number = 0; number < SERIES; number++) {
        const char *values[2];
        nprom_int_counter_t *child;
        values[0] = text[number][0];
        values[1] = text[number][1];
        CHECK(nprom_int_counter_family_labels_str(&family, values, 2, &child) == NPROM_OK);
        CHECK(nprom_int_counter_get(child) == expected[number]);
    }
    CHECK(nprom_family_refused(&family.family) == 0);
}

int main(void) {
    statement("a signal handler and what it interrupts are counted exactly, children included",
              handlers_and_what_they_interrupt_are_counted_exactly);
    return test_result();
}
