/* Two translation units that share metrics, as C or as C++. */
#ifndef UNITS_H
#define UNITS_H

#include <nanoprom.h>
#include <nanoprom.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of library.c. */
extern const nprom_group_t library;
extern nprom_counter_t library_calls;
extern const nprom_histogram_t library_sizes;
extern const nprom_gauge_family_t *const library_levels;
void library_use(void);

#ifdef __cplusplus
}
#endif

#endif
