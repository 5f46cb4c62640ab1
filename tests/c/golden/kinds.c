/* kinds.txt: every kind of metric, at the ends of its range. */
#include "golden.h"
#include <float.h>
#include <math.h>

static nprom_counter_t energy, sand, never;
static nprom_int_counter_t received;
static nprom_counter32_t restarts;
static nprom_gauge_t not_a_number, above, below, minus_zero, tenth, third, large, largest, smallest;
static nprom_gauge_t whole, moved;
static nprom_int_gauge_t lowest, highest, debt;
static nprom_gauge32_t offset, steps;
NPROM_DEFINE_HISTOGRAM(temperature, -5.0, 0.0, 5.0);
NPROM_DEFINE_HISTOGRAM(bounds, 1e-7, 0.00001, 0.0001, 0.25, 1.0, 100000.0, 1000000.0, 1048576.0);
NPROM_DEFINE_HISTOGRAM(infinities, 2.5);
NPROM_DEFINE_HISTOGRAM(unseen, 0.5, 1.0);

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&energy, "energy_joules_total", "Energy used: whole and fractional amounts."),
    NPROM_COUNTER(&sand, "sand_grains_total",
                  "Grains of sand on all beaches: larger than any integer."),
    NPROM_COUNTER(&never, "never_total", "Nothing of this happened."),
    NPROM_INT_COUNTER(&received, "received_bytes_total",
                      "Bytes received: the largest total of every layout, 2^60 - 1."),
    NPROM_COUNTER32(&restarts, "restarts",
                    "Restarts, declared without the suffix: stopped at 2^32 - 1."),

    NPROM_GAUGE(&not_a_number, "level_not_a_number", "A gauge may hold NaN."),
    NPROM_GAUGE(&above, "level_above_all", "A gauge may hold +Inf."),
    NPROM_GAUGE(&below, "level_below_all", "A gauge may hold -Inf."),
    NPROM_GAUGE(&minus_zero, "level_minus_zero", "Minus zero keeps its sign."),
    NPROM_GAUGE(&tenth, "level_tenth", "One tenth is printed with one digit."),
    NPROM_GAUGE(&third, "level_third", "One third needs sixteen digits."),
    NPROM_GAUGE(&large, "level_large", "A large number has an exponent."),
    NPROM_GAUGE(&largest, "level_largest", "The largest finite number."),
    NPROM_GAUGE(&smallest, "level_smallest", "The smallest number above zero."),
    NPROM_GAUGE(&whole, "level_whole", "2^53, from where on not every integer is a float."),
    NPROM_GAUGE(&moved, "level_moved", "Up and down again."),

    NPROM_INT_GAUGE(&lowest, "balance_lowest", "The smallest signed integer of 64 bits."),
    NPROM_INT_GAUGE(&highest, "balance_highest", "The largest signed integer of 64 bits."),
    NPROM_INT_GAUGE(&debt, "balance_debt", "A debt."),
    NPROM_GAUGE32(&offset, "offset_lowest", "The smallest signed integer of 32 bits."),
    NPROM_GAUGE32(&steps, "offset_steps", "Up and down again, below zero."),

    NPROM_HISTOGRAM(&temperature, "temperature_celsius", "Bounds and sum below zero."),
    NPROM_HISTOGRAM(&bounds, "bounds_of_every_notation", "Every notation of a bound."),
    NPROM_HISTOGRAM(&infinities, "infinities",
                    "Opposite infinities are counted, the later one is left out of the sum; "
                    "NaN is ignored."),
    NPROM_HISTOGRAM(&unseen, "unseen_seconds", "No observations."),
};
const nprom_group_t kinds_group = NPROM_GROUP_INIT(rows);

static void observe_all(const nprom_histogram_t *histogram, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        nprom_histogram_observe(histogram, values[i]);
}
#define OBSERVE(histogram, ...) \
    observe_all(histogram, (const double[]){__VA_ARGS__}, \
                sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

void kinds_fill(void) {
    nprom_counter_inc(&energy);
    nprom_counter_inc_by(&energy, 0.25);
    nprom_counter_inc_by(&energy, 4294967295.0);
    nprom_counter_inc_by(&sand, 7.5e18);
    nprom_counter_inc_by(&sand, 1e300);
    nprom_int_counter_inc_by(&received, (UINT64_C(1) << 60) - 2);
    nprom_int_counter_inc(&received);
    nprom_counter32_inc_by(&restarts, UINT32_MAX);
    nprom_counter32_inc(&restarts);

    nprom_gauge_set(&not_a_number, NAN);
    nprom_gauge_set(&above, INFINITY);
    nprom_gauge_set(&below, -INFINITY);
    nprom_gauge_set(&minus_zero, -0.0);
    nprom_gauge_set(&tenth, 0.1);
    nprom_gauge_set(&third, 1.0 / 3.0);
    nprom_gauge_set(&large, 1e300);
    nprom_gauge_set(&largest, DBL_MAX);
    nprom_gauge_set(&smallest, 5e-324);
    nprom_gauge_set(&whole, 9007199254740992.0);
    nprom_gauge_inc(&moved);
    nprom_gauge_inc_by(&moved, 2.5);
    nprom_gauge_dec(&moved);
    nprom_gauge_dec_by(&moved, 10.0);

    nprom_int_gauge_set(&lowest, INT64_MIN);
    nprom_int_gauge_set(&highest, INT64_MAX);
    nprom_int_gauge_dec(&debt);
    nprom_int_gauge_dec_by(&debt, 41);
    nprom_gauge32_set(&offset, INT32_MIN);
    nprom_gauge32_inc(&steps);
    nprom_gauge32_dec(&steps);
    nprom_gauge32_dec(&steps);
    nprom_gauge32_inc_by(&steps, -6);

    OBSERVE(&temperature, -20.0, -1.0, 0.0, 5.0);
    OBSERVE(&bounds, 1e-7, 0.0001, 0.5, 1.0, 1048577.0);
    OBSERVE(&infinities, INFINITY, -INFINITY, NAN);
}
