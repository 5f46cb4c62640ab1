/* Lengths have 8 bits in names and 16 in texts. */
#include <nanoprom.h>

#define X16 "xxxxxxxxxxxxxxxx"
#define X240 X16 X16 X16 X16 X16 X16 X16 X16 X16 X16 X16 X16 X16 X16 X16
#define X255 X240 "xxxxxxxxxxxxxxx"
#define X4080 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255 X255
#define X65280 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 X4080 \
    X4080 X4080
#define X65535 X65280 X255

#ifndef WRONG
#define WRONG 0
#endif
#if WRONG == 1
#define NAME X255 "x"
#else
#define NAME X255
#endif
#if WRONG == 2
#define HELP X65535 "x"
#else
#define HELP X65535
#endif
#if WRONG == 3
#define PREFIX X255 "x"
#else
#define PREFIX X255
#endif
#if WRONG == 4
#define LABEL X255 "x"
#else
#define LABEL X255
#endif
#if WRONG == 5
#define VALUE X65535 "x"
#else
#define VALUE X65535
#endif
#if WRONG == 6
#define FAMILY_LABEL X255 "x"
#else
#define FAMILY_LABEL X255
#endif

static nprom_gauge_t gauge;
static const nprom_metric_t rows[] = {NPROM_GAUGE(&gauge, NAME, HELP)};
static const nprom_label_t labels[] = {NPROM_LABEL(LABEL, VALUE)};
extern const nprom_group_t group;
const nprom_group_t group = NPROM_GROUP_INIT_LABELS(rows, PREFIX, labels);
NPROM_DEFINE_GAUGE_FAMILY(family, 1, 1, FAMILY_LABEL);
const nprom_gauge_family_t *use(void);
const nprom_gauge_family_t *use(void) { return &family; }
