/*
 * Under -ffast-math the compiler takes every float for a number; the library must not. (Infinities are
 * the program's own business there: it promised the compiler that it adds none.)
 */
#include "test.h"

#include <nanoprom.h>

NPROM_DEFINE_HISTOGRAM(latency, 1, 2);
static nprom_counter_t total;

/* Bits, because NAN means nothing to this compiler. */
static double of_bits(uint64_t bits) {
    double value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

static void nan_is_nan(void) {
    double nan = of_bits(UINT64_C(0x7ff8000000000000));
    nprom_histogram_observe(&latency, nan);
    nprom_histogram_observe(&latency, 1.5);
    CHECK(nprom_histogram_count(&latency) == 1);
    CHECK(nprom_histogram_sum(&latency) == 1.5);
    CHECK(nprom_counter_inc_by(&total, nan) == NPROM_ERR_NOT_A_NUMBER);
}

int main(void) {
    statement("NaN is ignored or refused", nan_is_nan);
    return test_result();
}
