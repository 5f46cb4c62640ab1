/* Misuse of single metrics: objects that are null, amounts and observations that are none. */
#include "misuse.h"
#include <math.h>

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
NPROM_DEFINE_STATE_SET(states, NPROM_STATE("a"), NPROM_STATE("b"));
NPROM_DEFINE_HISTOGRAM(histogram, 1, 2);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 1, 2);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 1, 2);

static void null_objects(void) {
    uint64_t u;
    nprom_counter_inc(NULL);
    ROW(nprom_counter_inc_by(NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_counter_inc_by(NULL, 0.5), NPROM_ERR_NULL);
    ROW(nprom_counter_get(NULL), 0);
    nprom_int_counter_inc(NULL);
    nprom_int_counter_inc_by(NULL, 1);
    nprom_int_counter_inc_by(NULL, UINT64_MAX);
    ROW(nprom_int_counter_get(NULL), 0);
    nprom_counter32_inc(NULL);
    nprom_counter32_inc_by(NULL, 1);
    ROW(nprom_counter32_get(NULL), 0);
    nprom_counter_reset(NULL);
    nprom_int_counter_reset(NULL);
    nprom_counter32_reset(NULL);
    nprom_exemplar_counter_reset(NULL);
    nprom_created_counter_reset(NULL);
    nprom_created_int_counter_reset(NULL);
    nprom_gauge_set(NULL, 1);
    nprom_gauge_inc(NULL);
    nprom_gauge_dec(NULL);
    nprom_gauge_inc_by(NULL, 1);
    nprom_gauge_dec_by(NULL, 1);
    ROW(nprom_gauge_get(NULL), 0);
    nprom_int_gauge_set(NULL, 1);
    nprom_int_gauge_inc(NULL);
    nprom_int_gauge_dec(NULL);
    nprom_int_gauge_inc_by(NULL, 1);
    nprom_int_gauge_dec_by(NULL, 1);
    ROW(nprom_int_gauge_get(NULL), 0);
    nprom_gauge32_set(NULL, 1);
    nprom_gauge32_inc(NULL);
    nprom_gauge32_dec(NULL);
    nprom_gauge32_inc_by(NULL, 1);
    nprom_gauge32_dec_by(NULL, 1);
    ROW(nprom_gauge32_get(NULL), 0);
    nprom_summary_observe(NULL, 1);
    ROW(nprom_summary_count(NULL), 0);
    ROW(nprom_summary_sum(NULL), 0);
    nprom_untyped_set(NULL, 1);
    ROW(nprom_untyped_get(NULL), 0);
    ROW(nprom_state_set_set(NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_state_set_turn(NULL, 0, 1), NPROM_ERR_NULL);
    ROW(nprom_state_set_get(NULL, 0), 0);
    nprom_histogram_observe(NULL, 1);
    ROW(nprom_histogram_count(NULL), 0);
    ROW(nprom_histogram_sum(NULL), 0);
    ROW(nprom_histogram_bucket(NULL, 0, &u), NPROM_ERR_NULL);
    ROW(nprom_histogram_bucket(&histogram, 0, NULL), NPROM_ERR_NULL);
    nprom_int_histogram_observe(NULL, 1);
    (nprom_int_histogram_observe)(NULL, 1);
    ROW(nprom_int_histogram_count(NULL), 0);
    ROW(nprom_int_histogram_sum(NULL), 0);
    ROW(nprom_int_histogram_bucket(NULL, 0, &u), NPROM_ERR_NULL);
    ROW(nprom_int_histogram_bucket(&int_histogram, 0, NULL), NPROM_ERR_NULL);
    nprom_histogram32_observe(NULL, 1);
    (nprom_histogram32_observe)(NULL, 1);
    ROW(nprom_histogram32_count(NULL), 0);
    ROW(nprom_histogram32_sum(NULL), 0);
    ROW(nprom_histogram32_bucket(NULL, 0, &u), NPROM_ERR_NULL);
    ROW(nprom_histogram32_bucket(&histogram32, 0, NULL), NPROM_ERR_NULL);
    ROW(nprom_exemplar_counter_inc_by(NULL, 1, NULL, 0, 0), NPROM_ERR_NULL);
    ROW(nprom_exemplar_histogram_observe(NULL, 1, NULL, 0, 0), NPROM_ERR_NULL);
    ROW(nprom_info_cell_set(NULL, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_exemplar_counter_inc_by_str(NULL, 1, NULL, 0, 0), NPROM_ERR_NULL);
    ROW(nprom_exemplar_histogram_observe_str(NULL, 1, NULL, 0, 0), NPROM_ERR_NULL);
    ROW(nprom_info_cell_set_str(NULL, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_set_clock(NULL), NPROM_ERR_NULL);
}

static void states_that_are_not_there(void) {
    ROW(nprom_state_set_set(&states, 2), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_set(&states, UINT32_MAX), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_turn(&states, 2, 1), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_turn(&states, 32, 0), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_get(&states, 2), 0);
    ROW(nprom_state_set_get(&states, 32), 0);
    /* Unchanged: it begins in its first state. */
    ROW(nprom_state_set_get(&states, 0), 1);
    ROW(nprom_state_set_get(&states, 1), 0);
}

static double seconds(void) {
    return 5;
}
static int64_t whole_seconds(void) {
    return 5;
}
static uint32_t ticks_now(void) {
    return 5;
}

/* Clocks are the application's, and a timer is made by its start: neither may be null. */
static void timers_of_nothing(void) {
    nprom_timer_t timer = nprom_timer_start(seconds);
    nprom_ticks_timer_t ticks_timer = nprom_ticks_timer_start(ticks_now);
    ROW(nprom_timer_elapsed(&timer), 0);
    ROW(nprom_timer_observe(&timer, NULL), 0);
    ROW(nprom_timer_observe_summary(&timer, NULL), 0);
    ROW(nprom_timer_set(&timer, NULL), 0);
    ROW(nprom_ticks_timer_elapsed(&ticks_timer), 0);
    ROW(nprom_ticks_timer_observe(&ticks_timer, NULL), 0);
    ROW(nprom_ticks_timer_observe32(&ticks_timer, NULL), 0);
    nprom_gauge_set_to_current_time(NULL, seconds);
    nprom_int_gauge_set_to_current_time(NULL, whole_seconds);
}

static void wrong_bounds(void) {
    static const double descending[] = {2, 1}, infinite[] = {-INFINITY, 1}, good[] = {1, 2};
    static const uint32_t twice[] = {1, 1}, ticks[] = {1, 2};
    nprom_cell64_t cells[4];
    double bounds[3] = {7, 7, 7};
    nprom_histogram_t made = {NULL, NULL, 0};
    nprom_int_histogram_t made_int = {NULL, NULL, 0, 0};
    nprom_histogram32_t made32 = {NULL, NULL, 0, 0};
    ROW(nprom_linear_bounds(1, 1, NULL, 3), NPROM_ERR_NULL);
    ROW(nprom_linear_bounds(1, 0, bounds, 3), NPROM_ERR_TABLE);
    ROW(nprom_linear_bounds(1, (double)NAN, bounds, 3), NPROM_ERR_TABLE);
    ROW(nprom_linear_bounds(INFINITY, 1, bounds, 3), NPROM_ERR_TABLE);
    ROW(nprom_exponential_bounds(1, 2, NULL, 3), NPROM_ERR_NULL);
    ROW(nprom_exponential_bounds(0, 2, bounds, 3), NPROM_ERR_TABLE);
    ROW(nprom_exponential_bounds(1, 1, bounds, 3), NPROM_ERR_TABLE);
    ROW(nprom_exponential_bounds(1e300, 1e300, bounds, 3), NPROM_ERR_TABLE);
    ROW(nprom_histogram_init(NULL, good, 2, cells, 4), NPROM_ERR_NULL);
    ROW(nprom_histogram_init(&made, NULL, 2, cells, 4), NPROM_ERR_NULL);
    ROW(nprom_histogram_init(&made, good, 2, NULL, 4), NPROM_ERR_NULL);
    ROW(nprom_histogram_init(&made, good, 2, cells, 3), NPROM_ERR_BUFFER);
    ROW(nprom_histogram_init(&made, descending, 2, cells, 4), NPROM_ERR_TABLE);
    ROW(nprom_histogram_init(&made, infinite, 2, cells, 4), NPROM_ERR_TABLE);
    ROW(made.cells == NULL, 1);
    ROW(nprom_int_histogram_init(NULL, 1, ticks, 2, cells, 4), NPROM_ERR_NULL);
    ROW(nprom_int_histogram_init(&made_int, 1, NULL, 2, cells, 4), NPROM_ERR_NULL);
    ROW(nprom_int_histogram_init(&made_int, 1, ticks, 2, NULL, 4), NPROM_ERR_NULL);
    ROW(nprom_int_histogram_init(&made_int, 1, ticks, 2, cells, 3), NPROM_ERR_BUFFER);
    ROW(nprom_int_histogram_init(&made_int, 0, ticks, 2, cells, 4), NPROM_ERR_TABLE);
    ROW(nprom_int_histogram_init(&made_int, 1, twice, 2, cells, 4), NPROM_ERR_TABLE);
    ROW(made_int.cells == NULL, 1);
    ROW(nprom_histogram32_init(NULL, 1, ticks, 2, cells, 3), NPROM_ERR_NULL);
    ROW(nprom_histogram32_init(&made32, 1, NULL, 2, cells, 3), NPROM_ERR_NULL);
    ROW(nprom_histogram32_init(&made32, 1, ticks, 2, NULL, 3), NPROM_ERR_NULL);
    ROW(nprom_histogram32_init(&made32, 1, ticks, 2, cells, 2), NPROM_ERR_BUFFER);
    ROW(nprom_histogram32_init(&made32, 0, ticks, 2, cells, 3), NPROM_ERR_TABLE);
    ROW(nprom_histogram32_init(&made32, 1, twice, 2, cells, 3), NPROM_ERR_TABLE);
    ROW(made32.cells == NULL, 1);
}

static void wrong_amounts(void) {
    ROW(nprom_counter_inc_by(&counter, -1), NPROM_ERR_NEGATIVE);
    ROW(nprom_counter_inc_by(&counter, -5e-324), NPROM_ERR_NEGATIVE);
    ROW(nprom_counter_inc_by(&counter, -INFINITY), NPROM_ERR_NEGATIVE);
    ROW(nprom_counter_inc_by(&counter, (double)NAN), NPROM_ERR_NOT_A_NUMBER);
    ROW(nprom_counter_inc_by(&counter, INFINITY), NPROM_ERR_INFINITE);
    ROW(nprom_counter_get(&counter), 0);
    ROW(nprom_counter_inc_by(&counter, 0), NPROM_OK);
    ROW(nprom_counter_inc_by(&counter, -0.0), NPROM_OK);
    ROW(nprom_counter_get(&counter), 0);
    ROW(nprom_counter_inc_by(&counter, 1.5e308), NPROM_OK);
    ROW(nprom_counter_inc_by(&counter, 1.5e308), NPROM_ERR_INFINITE);
    ROW(nprom_counter_get(&counter), 1.5e308);
    nprom_counter32_inc_by(&counter32, UINT32_MAX);
    nprom_counter32_inc_by(&counter32, UINT32_MAX);
    ROW(nprom_counter32_get(&counter32), UINT32_MAX);
    nprom_int_gauge_set(&int_gauge, INT64_MAX);
    nprom_int_gauge_inc(&int_gauge);
    ROW(nprom_int_gauge_get(&int_gauge), INT64_MIN);
    nprom_int_gauge_set(&int_gauge, 0);
    nprom_int_gauge_dec_by(&int_gauge, INT64_MIN);
    ROW(nprom_int_gauge_get(&int_gauge), INT64_MIN);
    nprom_gauge32_set(&gauge32, INT32_MAX);
    nprom_gauge32_inc(&gauge32);
    ROW(nprom_gauge32_get(&gauge32), INT32_MIN);
    nprom_gauge32_set(&gauge32, 0);
    nprom_gauge32_dec_by(&gauge32, INT32_MIN);
    ROW(nprom_gauge32_get(&gauge32), INT32_MIN);
    nprom_gauge_set(&gauge, (double)NAN);
    nprom_gauge_inc(&gauge);
    ROW(isnan(nprom_gauge_get(&gauge)) != 0, 1);
    nprom_int_counter_inc_by(&int_counter, 3);
    nprom_int_counter_inc_by(&int_counter, 0);
    ROW(nprom_int_counter_get(&int_counter), 3);
}

static void odd_observations(void) {
    uint64_t count = 9;
    nprom_histogram_observe(&histogram, (double)NAN);
    nprom_histogram_observe(&histogram, -(double)NAN);
    ROW(nprom_histogram_count(&histogram), 0);
    nprom_histogram_observe(&histogram, 1);
    nprom_histogram_observe(&histogram, 2.5);
    ROW(nprom_histogram_bucket(&histogram, 0, &count), NPROM_OK);
    ROW(count, 1);
    ROW(nprom_histogram_bucket(&histogram, 1, &count), NPROM_OK);
    ROW(count, 0);
    ROW(nprom_histogram_bucket(&histogram, 2, &count), NPROM_OK);
    ROW(count, 1);
    ROW(nprom_histogram_bucket(&histogram, 3, &count), NPROM_ERR_NOT_FOUND);
    ROW(nprom_histogram_bucket(&histogram, UINT32_MAX, &count), NPROM_ERR_NOT_FOUND);
    nprom_histogram_observe(&histogram, -INFINITY);
    nprom_histogram_observe(&histogram, INFINITY);
    ROW(nprom_histogram_count(&histogram), 4);
    ROW(nprom_histogram_sum(&histogram), -INFINITY);
}

/* Counts stop, inline and in the library; the sum is exact. */
static void full_buckets(void) {
    uint32_t *counts = (uint32_t *)(histogram32.cells + 1);
    uint64_t count = 9;
    counts[0] = UINT32_MAX;
    counts[1] = UINT32_MAX - 1;
    for (int i = 0; i < 2; i++) {
        nprom_histogram32_observe(&histogram32, UINT32_MAX);
        (nprom_histogram32_observe)(&histogram32, UINT32_MAX);
        nprom_histogram32_observe(&histogram32, 1);
        (nprom_histogram32_observe)(&histogram32, 0);
    }
    ROW(nprom_histogram32_bucket(&histogram32, 0, &count), NPROM_OK);
    ROW(count, UINT32_MAX);
    ROW(nprom_histogram32_bucket(&histogram32, 1, &count), NPROM_OK);
    ROW(count, 0);
    ROW(nprom_histogram32_bucket(&histogram32, 2, &count), NPROM_OK);
    ROW(count, UINT32_MAX);
    ROW(nprom_histogram32_bucket(&histogram32, 3, &count), NPROM_ERR_NOT_FOUND);
    ROW(nprom_histogram32_count(&histogram32), 2 * (uint64_t)UINT32_MAX);
    ROW(nprom_histogram32_sum(&histogram32), 4 * (uint64_t)UINT32_MAX + 2);
}

int misuse_values(void) {
    statement("null metrics are ignored, read as 0, or give NPROM_ERR_NULL", null_objects);
    statement("states that a set does not have", states_that_are_not_there);
    statement("clocks tell, and null metrics take nothing", timers_of_nothing);
    statement("bounds that do not ascend, and memory that is too small", wrong_bounds);
    statement("amounts that are negative, infinite or no numbers", wrong_amounts);
    statement("observations that are no numbers or infinite", odd_observations);
    statement("small buckets stop at 2^32 - 1, and the sum goes on", full_buckets);
    return test_result();
}
