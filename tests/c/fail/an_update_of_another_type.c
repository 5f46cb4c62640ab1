/* Updates take their own type, and nothing that is constant. */
#include <nanoprom.h>

static nprom_counter_t counter;
static nprom_gauge_t gauge;
extern const nprom_counter_t constant;
extern const nprom_gauge_t constant_gauge;
NPROM_DEFINE_HISTOGRAM(histogram, 1.0);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 1);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 1);
NPROM_DEFINE_COUNTER_FAMILY(counters, 1, 1, "a");
NPROM_DEFINE_GAUGE_FAMILY(gauges, 1, 1, "a");

void update(const char *const *values);
void update(const char *const *values) {
    nprom_counter_t *child;
#ifdef WRONG
    WRONG;
#endif
    (void)nprom_counter_family_labels_str(&counters, values, 1, &child);
    nprom_counter_inc(child);
    nprom_counter_inc(&counter);
    (void)nprom_counter_inc_by(&counter, 2);
    nprom_gauge_set(&gauge, nprom_counter_get(&constant) + nprom_gauge_get(&constant_gauge));
    nprom_histogram_observe(&histogram, 1);
    nprom_int_histogram_observe(&int_histogram, 1);
    nprom_histogram32_observe(&histogram32, 1);
    nprom_family_clear(&gauges.family);
}
