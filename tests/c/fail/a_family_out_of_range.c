/* Series, labels and text of a family have limits; each is checked where it is declared. */
#include <nanoprom.h>

#if WRONG == 1
NPROM_DEFINE_COUNTER_FAMILY(family, 1048575, 1, "a");
#elif WRONG == 2
NPROM_DEFINE_COUNTER_FAMILY(family, 0, 1, "a");
#elif WRONG == 3
NPROM_DEFINE_COUNTER_FAMILY(family, 1, 1, "a", "b", "c", "d", "e", "f", "g", "h", "i");
#elif WRONG == 4
NPROM_DEFINE_COUNTER_FAMILY(family, 1000000, 2148, "a");
#elif WRONG == 5
static const double bounds[8192] = {0};
NPROM_DEFINE_HISTOGRAM_FAMILY(family, bounds, 1, 1, "a");
#else
NPROM_DEFINE_COUNTER_FAMILY(family, 1048574, 1, "a", "b", "c", "d", "e", "f", "g", "h");
#endif
const nprom_family_t *use(void);
const nprom_family_t *use(void) { return &family.family; }
