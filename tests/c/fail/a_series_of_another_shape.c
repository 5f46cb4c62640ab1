/* A table of series with what it cannot hold. */
#include <nanoprom.h>

#ifndef WRONG
#define WRONG 0
#endif

static nprom_gauge_t gauge;
static nprom_counter_t counter;
extern const char *const text;
const char *const text = "x";

#if WRONG == 1
NPROM_DEFINE_SERIES(gauge, series, ("a"), NPROM_SERIES(&gauge, text));
#elif WRONG == 2
NPROM_DEFINE_SERIES(gauge, series, ("a"),
                    NPROM_SERIES(&gauge, "1", "2", "3", "4", "5", "6", "7", "8", "9"));
#elif WRONG == 3
NPROM_DEFINE_SERIES(gauge, series, ("a", "b", "c", "d", "e", "f", "g", "h", "i"),
                    NPROM_SERIES(&gauge, "1"));
#elif WRONG == 4
NPROM_DEFINE_SERIES(gauge, series, ("a"), NPROM_SERIES(&gauge, "1", "2"));
#elif WRONG == 5
NPROM_DEFINE_SERIES(gauge, series, ("a"), NPROM_SERIES(&counter, "1"));
#else
NPROM_DEFINE_SERIES(gauge, series, ("a"), NPROM_SERIES(&gauge, "1"));
#endif

extern const void *const all[];
const void *const all[] = {&series, &gauge, &counter};
