/* The updates of nanoprom.h as functions of their own, like those of src/main.rs. */
#include "../c/machine.h"
#include <nanoprom.h>

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
NPROM_DEFINE_HISTOGRAM(histogram, 0.001, 0.01, 0.1, 1.0);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 10, 100, 1000, 10000);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 10, 100, 1000, 10000);

/* `noipa`: their code must not be fitted to the one call below. */
#define OPERATION __attribute__((noipa)) void

OPERATION free_counter_inc(void) { nprom_counter_inc(&counter); }
OPERATION free_int_counter_inc(void) { nprom_int_counter_inc(&int_counter); }
OPERATION free_int_counter_inc_by(uint64_t amount) { nprom_int_counter_inc_by(&int_counter, amount); }
OPERATION free_counter32_inc(void) { nprom_counter32_inc(&counter32); }
OPERATION free_counter32_inc_by(uint32_t amount) { nprom_counter32_inc_by(&counter32, amount); }
OPERATION free_gauge32_inc(void) { nprom_gauge32_inc(&gauge32); }
OPERATION free_gauge32_set(int32_t value) { nprom_gauge32_set(&gauge32, value); }
OPERATION free_gauge32_inc_by(int32_t amount) { nprom_gauge32_inc_by(&gauge32, amount); }
OPERATION free_int_histogram_observe(uint32_t ticks) { nprom_int_histogram_observe(&int_histogram, ticks); }
OPERATION free_histogram32_observe(uint32_t ticks) { nprom_histogram32_observe(&histogram32, ticks); }
OPERATION guarded_counter_inc_by(double amount) { nprom_counter_inc_by(&counter, amount); }
OPERATION guarded_gauge_set(double value) { nprom_gauge_set(&gauge, value); }
OPERATION guarded_gauge_inc_by(double amount) { nprom_gauge_inc_by(&gauge, amount); }
OPERATION guarded_int_gauge_set(int64_t value) { nprom_int_gauge_set(&int_gauge, value); }
OPERATION guarded_int_gauge_inc_by(int64_t amount) { nprom_int_gauge_inc_by(&int_gauge, amount); }
OPERATION guarded_histogram_observe(double value) { nprom_histogram_observe(&histogram, value); }

/* Floats are added while interrupts are off: for longer than they should be, for the test to find it. */
static volatile double sum;
OPERATION long_addition(double amount) {
    uint32_t state = nprom_critical_enter();
    sum += amount;
    nprom_critical_exit(state);
}
OPERATION long_exchange(double amount) {
    for (;;) {
        double old = sum;
        uint32_t state = nprom_critical_enter();
        if (sum == old) {
            sum = old + amount;
            nprom_critical_exit(state);
            return;
        }
        nprom_critical_exit(state);
    }
}

void tick_handler(void) {}

int main(void) {
    free_counter_inc();
    free_int_counter_inc();
    free_int_counter_inc_by(3);
    free_counter32_inc();
    free_counter32_inc_by(3);
    free_gauge32_inc();
    free_gauge32_set(3);
    free_gauge32_inc_by(3);
    free_int_histogram_observe(3);
    free_histogram32_observe(3);
    guarded_counter_inc_by(3);
    guarded_gauge_set(3);
    guarded_gauge_inc_by(3);
    guarded_int_gauge_set(3);
    guarded_int_gauge_inc_by(3);
    guarded_histogram_observe(3);
    long_addition(3);
    long_exchange(3);
    return 0;
}
