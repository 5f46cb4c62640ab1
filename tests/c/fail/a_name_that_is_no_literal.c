/* Names, help texts, prefixes and labels lie in read-only tables with their lengths: literals only. */
#include <nanoprom.h>

#define LITERAL "text"
#ifdef WRONG
static const char *const string = "text";
#else
#define WRONG 0
#endif

extern const nprom_group_t group;
extern const nprom_label_t labels[];
static nprom_gauge_t gauge;
#if WRONG == 1
static const nprom_metric_t rows[] = {NPROM_GAUGE(&gauge, string, "")};
#elif WRONG == 2
static const nprom_metric_t rows[] = {NPROM_GAUGE(&gauge, "name", string)};
#else
static const nprom_metric_t rows[] = {NPROM_GAUGE(&gauge, LITERAL, LITERAL)};
#endif
#if WRONG == 3
const nprom_group_t group = NPROM_GROUP_INIT_PREFIX(rows, string);
#else
const nprom_group_t group = NPROM_GROUP_INIT_PREFIX(rows, LITERAL);
#endif
#if WRONG == 4
const nprom_label_t labels[] = {NPROM_LABEL(string, "")};
#elif WRONG == 5
const nprom_label_t labels[] = {NPROM_LABEL("name", string)};
#else
const nprom_label_t labels[] = {NPROM_LABEL(LITERAL, LITERAL)};
#endif
#if WRONG == 6
NPROM_DEFINE_GAUGE_FAMILY(family, 1, 1, string);
#else
NPROM_DEFINE_GAUGE_FAMILY(family, 1, 1, LITERAL);
#endif
const nprom_gauge_family_t *use(void);
const nprom_gauge_family_t *use(void) { return &family; }
