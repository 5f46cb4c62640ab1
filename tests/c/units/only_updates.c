/* A function that only updates: its object file tells what updates are compiled to. */
#include <nanoprom.h>

void only_updates(nprom_counter_t *counter, nprom_gauge_t *gauge, const nprom_histogram_t *histogram,
                  nprom_gauge32_t *gauge32, const nprom_histogram32_t *histogram32,
                  const nprom_int_histogram_t *int_histogram, double value);
void only_updates(nprom_counter_t *counter, nprom_gauge_t *gauge, const nprom_histogram_t *histogram,
                  nprom_gauge32_t *gauge32, const nprom_histogram32_t *histogram32,
                  const nprom_int_histogram_t *int_histogram, double value) {
    nprom_counter_inc(counter);
#ifdef NPROM_DISABLED
    /* Which is a call for fractional amounts. */
    nprom_counter_inc_by(counter, value);
#endif
    nprom_gauge_set(gauge, value);
    nprom_gauge_inc_by(gauge, value);
    nprom_gauge32_dec(gauge32);
    nprom_histogram_observe(histogram, value);
    nprom_histogram32_observe(histogram32, 1);
    nprom_int_histogram_observe(int_histogram, 1);
}
