/* Cells that do not fit the bounds, and ticks of which there is no constant number. */
#include <nanoprom.h>

#ifndef WRONG
#define WRONG 0
#endif
static const uint32_t bounds[] = {1, 2, 3};
static nprom_cell64_t large[WRONG == 1 ? 4 : WRONG == 2 ? 6 : 5];
static nprom_cell64_t small[WRONG == 3 ? 2 : WRONG == 4 ? 4 : 3];
extern uint32_t clock_rate;
uint32_t clock_rate = 1;
#if WRONG == 5
#define TICKS 0
#elif WRONG == 6
#define TICKS 4294967296
#elif WRONG == 10
#define TICKS clock_rate
#else
#define TICKS UINT32_MAX
#endif
extern const nprom_int_histogram_t int_histogram;
extern const nprom_histogram32_t histogram32;
const nprom_int_histogram_t int_histogram = NPROM_INT_HISTOGRAM_INIT(TICKS, bounds, large);
const nprom_histogram32_t histogram32 = NPROM_HISTOGRAM32_INIT(TICKS, bounds, small);

static const double floats[] = {1};
#if WRONG == 7
NPROM_DEFINE_HISTOGRAM32_FAMILY(family, 1, floats, 1, 1, "a");
#elif WRONG == 8
NPROM_DEFINE_HISTOGRAM_FAMILY(family, bounds, 1, 1, "a");
#elif WRONG == 9
NPROM_DEFINE_HISTOGRAM32_FAMILY(family, 0, bounds, 1, 1, "a");
#else
NPROM_DEFINE_HISTOGRAM_FAMILY(family, floats, 1, 1, "a");
#endif
const nprom_family_t *use(void);
const nprom_family_t *use(void) { return &family.family; }
