/* Under -ffast-math the compiler takes every float for a number; the library must not. */
#include "test.h"

#include <nanoprom.h>

NPROM_DEFINE_HISTOGRAM(latency, 1, 2);
static nprom_counter_t total;

/* Bits, because NAN and INFINITY mean nothing to this compiler. */
static double of_bits(uint64_t bits) {
    double value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

static void nan_is_nan_and_infinities_never_make_one(void) {
    uint64_t sum_bits;
    double sum;
    nprom_histogram_observe(&latency, of_bits(UINT64_C(0x7ff8000000000000)));
    CHECK(nprom_histogram_count(&latency) == 0);
    nprom_histogram_observe(&latency, of_bits(UINT64_C(0x7ff0000000000000)));
    nprom_histogram_observe(&latency, of_bits(UINT64_C(0xfff0000000000000)));
    CHECK(nprom_histogram_count(&latency) == 2);
    sum = nprom_histogram_sum(&latency);
    __builtin_memcpy(&sum_bits, &sum, sizeof sum_bits);
    CHECK(sum_bits == UINT64_C(0x7ff0000000000000));
    CHECK(nprom_counter_inc_by(&total, of_bits(UINT64_C(0x7ff8000000000000))) == NPROM_ERR_NOT_A_NUMBER);
}

int main(void) {
    statement("NaN is ignored or refused, and infinities never make one",
              nan_is_nan_and_infinities_never_make_one);
    return test_result();
}
