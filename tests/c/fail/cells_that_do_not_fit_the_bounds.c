/* A histogram needs two cells more than bounds: fewer would be written past their end. */
#include <nanoprom.h>

#ifndef WRONG
#define WRONG 5
#endif
static const double bounds[] = {1, 2, 3};
static nprom_cell64_t cells[WRONG];
extern const nprom_histogram_t histogram;
const nprom_histogram_t histogram = NPROM_HISTOGRAM_INIT(bounds, cells);
