/* The size of a table is taken from its array; that of a pointer would make an empty page. */
#include <nanoprom.h>

#ifndef WRONG
#define WRONG 0
#endif
static nprom_gauge_t gauge;
static const nprom_metric_t array[] = {NPROM_GAUGE(&gauge, "a", "")};
static const nprom_label_t label_array[] = {NPROM_LABEL("a", "b")};
#if WRONG == 1
static const nprom_metric_t *const rows = array;
#else
#define rows array
#endif
#if WRONG == 2
static const nprom_label_t *const labels = label_array;
#else
#define labels label_array
#endif
nprom_group_t group(void);
nprom_group_t group(void) {
    nprom_group_t value = NPROM_GROUP_INIT_LABELS(rows, "", labels);
    return value;
}
