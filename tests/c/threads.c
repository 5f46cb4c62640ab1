/*
 * 8 threads, a million updates each, half of them inline and half through the library: nothing is
 * lost, whoever reads meanwhile. And threads that create the same children.
 *
 *     threads [UPDATES]
 */
#include "test.h"
#include <nanoprom.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

enum { THREADS = 8, CHILDREN = 100, ROUNDS = 20 };

static uint64_t updates = 1000000;

static nprom_counter_t counter, fractions;
static nprom_int_counter_t int_counter, amounts;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
NPROM_DEFINE_HISTOGRAM(histogram, 1, 2, 3);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1000, 1000, 2000, 1 << 29);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1000, 1000, 2000, 1 << 29);
static const double bounds[] = {1};
/* Writers that ask for the same new child at once hold a series each until one of them has won. */
enum { SERIES = CHILDREN * ROUNDS + THREADS };
NPROM_DEFINE_INT_COUNTER_FAMILY(found, 4 + THREADS, 32, "name");
NPROM_DEFINE_INT_COUNTER_FAMILY(created, SERIES, 32, "round", "child");
NPROM_DEFINE_HISTOGRAM_FAMILY(histograms, bounds, SERIES, 32, "round", "child");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&counter, "counter_total", ""),
    NPROM_COUNTER(&fractions, "fractions_total", ""),
    NPROM_INT_COUNTER(&int_counter, "int_counter_total", ""),
    NPROM_INT_COUNTER(&amounts, "amounts_total", ""),
    NPROM_COUNTER32(&counter32, "counter32_total", ""),
    NPROM_GAUGE(&gauge, "gauge", ""),
    NPROM_INT_GAUGE(&int_gauge, "int_gauge", ""),
    NPROM_GAUGE32(&gauge32, "gauge32", ""),
    NPROM_HISTOGRAM(&histogram, "histogram", ""),
    NPROM_INT_HISTOGRAM(&int_histogram, "int_histogram", ""),
    NPROM_HISTOGRAM32(&histogram32, "histogram32", ""),
    NPROM_INT_COUNTER_FAMILY(&found, "found_total", ""),
    NPROM_INT_COUNTER_FAMILY(&created, "created_total", ""),
    NPROM_HISTOGRAM_FAMILY(&histograms, "histograms", ""),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

/* ---- 8 threads that start together, and one that reads all the while ---- */

typedef void (*work_fn)(uint64_t thread, uint64_t at);

struct worker {
    pthread_t id;
    uint64_t number, count;
    work_fn work;
};

static int started, stopped;
static uint64_t pages, decreases;

static void *run_worker(void *context) {
    struct worker *worker = (struct worker *)context;
    /* The reader is the last one. */
    __atomic_fetch_add(&started, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&started, __ATOMIC_SEQ_CST) <= THREADS)
        sched_yield();
    for (uint64_t at = 0; at < worker->count; at++)
        worker->work(worker->number, at);
    return NULL;
}

struct totals {
    size_t at;
    double latest[64];
};

/* Totals never go back. The first rows are enough: new children do not change their places. */
static void compare_with_latest(void *context, const nprom_sample_t *sample) {
    struct totals *totals = (struct totals *)context;
    nprom_str_t name = nprom_sample_name(sample);
    double value = nprom_sample_value(sample);
    if (totals->at < 64 && name.len > 6 && memcmp(name.data + name.len - 6, "_total", 6) == 0) {
        if (value < totals->latest[totals->at])
            decreases++;
        totals->latest[totals->at++] = value;
    }
}

static void *read_pages(void *context) {
    static char buf[100];
    struct totals totals;
    memset(&totals, 0, sizeof totals);
    (void)context;
    __atomic_fetch_add(&started, 1, __ATOMIC_SEQ_CST);
    do {
        nprom_cursor_t cursor;
        nprom_cursor_init(&cursor, &group, NPROM_TEXT);
        while (nprom_read(&cursor, buf, sizeof buf) > 0)
            ;
        totals.at = 0;
        nprom_for_each_sample(&group, compare_with_latest, &totals);
        pages++;
        sched_yield();
    } while (!__atomic_load_n(&stopped, __ATOMIC_SEQ_CST));
    return NULL;
}

static void storm(uint64_t count, work_fn work) {
    struct worker workers[THREADS];
    pthread_t reader;
    started = stopped = 0;
    pages = decreases = 0;
    CHECK(pthread_create(&reader, NULL, read_pages, NULL) == 0);
    for (uint64_t i = 0; i < THREADS; i++) {
        workers[i].number = i;
        workers[i].count = count;
        workers[i].work = work;
        CHECK(pthread_create(&workers[i].id, NULL, run_worker, &workers[i]) == 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(workers[i].id, NULL);
    __atomic_store_n(&stopped, 1, __ATOMIC_SEQ_CST);
    pthread_join(reader, NULL);
    CHECK(pages > 0);
    CHECK(decreases == 0);
}

/* ---- Every kind: even threads by the inline function, odd ones by the library's ---- */

#define TOTAL (THREADS * updates)

static void count_one(uint64_t thread, uint64_t at) {
    (void)at;
    if (thread % 2)
        (nprom_counter_inc)(&counter);
    else
        nprom_counter_inc(&counter);
}

static void counter_is_exact(void) {
    storm(updates, count_one);
    CHECK(nprom_counter_get(&counter) == (double)TOTAL);
}

static void count_fractions(uint64_t thread, uint64_t at) {
    static const double some[] = {0.5, 1.0, 1.5, 3.0};
    if (thread % 2)
        (nprom_counter_inc_by)(&fractions, some[at % 4]);
    else
        nprom_counter_inc_by(&fractions, some[at % 4]);
}

static void fractions_are_exact(void) {
    storm(updates, count_fractions);
    CHECK(nprom_counter_get(&fractions) == (double)TOTAL * 1.5);
}

static void count_integers(uint64_t thread, uint64_t at) {
    (void)at;
    if (thread % 2)
        (nprom_int_counter_inc)(&int_counter);
    else
        nprom_int_counter_inc(&int_counter);
}

static void int_counter_is_exact(void) {
    storm(updates, count_integers);
    CHECK(nprom_int_counter_get(&int_counter) == TOTAL);
}

/* Amounts that cross 2^28 often and 2^32 now and then: where split totals carry. */
static void count_amounts(uint64_t thread, uint64_t at) {
    (void)at;
    if (thread % 2)
        (nprom_int_counter_inc_by)(&amounts, 100003);
    else
        nprom_int_counter_inc_by(&amounts, 100003);
}

static void amounts_are_exact(void) {
    nprom_int_counter_inc_by(&amounts, UINT32_MAX);
    storm(updates, count_amounts);
    CHECK(nprom_int_counter_get(&amounts) == UINT32_MAX + TOTAL * 100003);
}

static void count_small(uint64_t thread, uint64_t at) {
    (void)at;
    if (thread % 2)
        (nprom_counter32_inc)(&counter32);
    else
        nprom_counter32_inc(&counter32);
}

static void counter32_is_exact(void) {
    storm(updates, count_small);
    CHECK(nprom_counter32_get(&counter32) == TOTAL);
}

static void move_gauge(uint64_t thread, uint64_t at) {
    double amount = at % 2 ? -0.5 : 2.0;
    if (thread % 2)
        (nprom_gauge_inc_by)(&gauge, amount);
    else
        nprom_gauge_dec_by(&gauge, -amount);
}

static void gauge_is_exact(void) {
    storm(updates, move_gauge);
    CHECK(nprom_gauge_get(&gauge) == (double)TOTAL * 0.75);
}

static void move_int_gauge(uint64_t thread, uint64_t at) {
    int64_t amount = at % 2 ? 2 : -9;
    if (thread % 2)
        (nprom_int_gauge_inc_by)(&int_gauge, amount);
    else
        nprom_int_gauge_inc_by(&int_gauge, amount);
}

static void int_gauge_is_exact(void) {
    storm(updates, move_int_gauge);
    CHECK(nprom_int_gauge_get(&int_gauge) == -(int64_t)TOTAL * 7 / 2);
}

static void move_gauge32(uint64_t thread, uint64_t at) {
    int32_t amount = at % 2 ? -6 : 5;
    if (thread % 2)
        (nprom_gauge32_inc_by)(&gauge32, amount);
    else
        nprom_gauge32_inc_by(&gauge32, amount);
}

static void gauge32_is_exact(void) {
    storm(updates, move_gauge32);
    CHECK(nprom_gauge32_get(&gauge32) == -(int64_t)TOTAL / 2);
}

static void observe(uint64_t thread, uint64_t at) {
    static const double some[] = {0.5, 1.5, 2.0, 8.0};
    if (thread % 2)
        (nprom_histogram_observe)(&histogram, some[at % 4]);
    else
        nprom_histogram_observe(&histogram, some[at % 4]);
}

static void histogram_is_exact(void) {
    static const uint64_t quarters[] = {1, 2, 0, 1};
    storm(updates, observe);
    CHECK(nprom_histogram_count(&histogram) == TOTAL);
    CHECK(nprom_histogram_sum(&histogram) == (double)TOTAL * 3.0);
    for (uint32_t i = 0; i < 4; i++) {
        uint64_t count;
        CHECK(nprom_histogram_bucket(&histogram, i, &count) == NPROM_OK);
        CHECK(count == quarters[i] * TOTAL / 4);
    }
}

/* The last amount takes two steps where totals are split. */
static const uint32_t amounts_in_ticks[] = {500, 1500, 2000, (1 << 29) + 1};

static void observe_ticks(uint64_t thread, uint64_t at) {
    uint32_t ticks = amounts_in_ticks[at % 4];
    if (thread % 2) {
        (nprom_int_histogram_observe)(&int_histogram, ticks);
        (nprom_histogram32_observe)(&histogram32, ticks);
    } else {
        nprom_int_histogram_observe(&int_histogram, ticks);
        nprom_histogram32_observe(&histogram32, ticks);
    }
}

static void histograms_of_ticks_are_exact(void) {
    static const uint64_t quarters[] = {1, 2, 0, 1};
    uint64_t sum = 0;
    storm(updates, observe_ticks);
    for (uint32_t i = 0; i < 4; i++) {
        uint64_t large, small;
        CHECK(nprom_int_histogram_bucket(&int_histogram, i, &large) == NPROM_OK);
        CHECK(nprom_histogram32_bucket(&histogram32, i, &small) == NPROM_OK);
        CHECK(large == quarters[i] * TOTAL / 4 && small == large);
        sum += amounts_in_ticks[i] * (TOTAL / 4);
    }
    CHECK(nprom_int_histogram_count(&int_histogram) == TOTAL);
    CHECK(nprom_histogram32_count(&histogram32) == TOTAL);
    CHECK(nprom_int_histogram_sum(&int_histogram) == sum);
    CHECK(nprom_histogram32_sum(&histogram32) == sum);
}

/* ---- Families ---- */

static void find(uint64_t thread, uint64_t at) {
    static const char *const names[] = {"a", "b", "c", "d"};
    nprom_int_counter_t *child;
    nprom_int_counter_family_labels_str(&found, &names[(thread + at) % 4], 1, &child);
    nprom_int_counter_inc(child);
}

static void children_found_are_counted_exactly(void) {
    static const char *const names[] = {"a", "b", "c", "d"};
    storm(updates, find);
    for (size_t i = 0; i < 4; i++) {
        nprom_int_counter_t *child;
        CHECK(nprom_int_counter_family_labels_str(&found, &names[i], 1, &child) == NPROM_OK);
        CHECK(nprom_int_counter_get(child) == TOTAL / 4);
    }
    CHECK(nprom_family_refused(&found.family) == 0);
}

static void name_child(char text[2][16], nprom_str_t values[2], uint64_t round, uint64_t child) {
    values[0].data = text[0];
    values[0].len = (size_t)snprintf(text[0], 16, "%llu", (unsigned long long)round);
    values[1].data = text[1];
    values[1].len = (size_t)snprintf(text[1], 16, "%llu", (unsigned long long)child);
}

/* Each thread asks for the children of a round in an order of its own. */
static void create(uint64_t thread, uint64_t at) {
    char text[2][16];
    nprom_str_t values[2];
    nprom_int_counter_t *child;
    nprom_histogram_t handle;
    uint64_t step = thread % 2 ? 1 : CHILDREN - 1;
    name_child(text, values, at / CHILDREN, (thread * 13 + at * step) % CHILDREN);
    nprom_int_counter_family_labels(&created, values, 2, &child);
    nprom_int_counter_inc(child);
    nprom_histogram_family_labels(&histograms, values, 2, &handle);
    nprom_histogram_observe(&handle, (double)(thread % 2) * 2);
}

static void count_sample(void *context, const nprom_sample_t *sample) {
    (void)sample;
    ++*(size_t *)context;
}

static void children_created_by_all_threads_are_one_each(void) {
    /* And one sample for the refusals of the family. */
    static const nprom_metric_t created_rows[] = {
        NPROM_INT_COUNTER_FAMILY(&created, "created_total", "")};
    static const nprom_group_t created_group = NPROM_GROUP_INIT(created_rows);
    size_t samples = 0;
    storm((uint64_t)CHILDREN * ROUNDS, create);
    CHECK(nprom_family_refused(&created.family) == 0);
    CHECK(nprom_family_refused(&histograms.family) == 0);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        for (uint64_t at = 0; at < CHILDREN; at++) {
            char text[2][16];
            nprom_str_t values[2];
            nprom_int_counter_t *child;
            nprom_histogram_t handle;
            uint64_t count = 0;
            name_child(text, values, round, at);
            CHECK(nprom_int_counter_family_labels(&created, values, 2, &child) == NPROM_OK);
            CHECK(nprom_int_counter_get(child) == THREADS);
            CHECK(nprom_histogram_family_labels(&histograms, values, 2, &handle) == NPROM_OK);
            CHECK(nprom_histogram_bucket(&handle, 0, &count) == NPROM_OK && count == THREADS / 2);
            CHECK(nprom_histogram_sum(&handle) == THREADS);
        }
    }
    /* The look-ups above found all of them: none was added twice. */
    CHECK(nprom_for_each_sample(&created_group, count_sample, &samples) == NPROM_OK);
    CHECK(samples == (size_t)CHILDREN * ROUNDS + 1);
}

int main(int argc, char **argv) {
    if (argc > 1)
        updates = strtoull(argv[1], NULL, 10);
    statement("8 threads count exactly: counter", counter_is_exact);
    statement("8 threads count exactly: counter with fractions", fractions_are_exact);
    statement("8 threads count exactly: integer counter", int_counter_is_exact);
    statement("8 threads count exactly: integer counter across its words", amounts_are_exact);
    statement("8 threads count exactly: small counter", counter32_is_exact);
    statement("8 threads count exactly: gauge", gauge_is_exact);
    statement("8 threads count exactly: integer gauge", int_gauge_is_exact);
    statement("8 threads count exactly: small gauge", gauge32_is_exact);
    statement("8 threads count exactly: histogram", histogram_is_exact);
    statement("8 threads count exactly: histograms of ticks", histograms_of_ticks_are_exact);
    statement("8 threads count exactly: children of a family", children_found_are_counted_exactly);
    statement("children that 8 threads create at once are one each",
              children_created_by_all_threads_are_one_each);
    return test_result();
}
