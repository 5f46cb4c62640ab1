/*
 * Part of nanoprom.h: metrics that know when they were created, or were set back last.
 *
 *     static nprom_created_counter_t sent;
 *     NPROM_DEFINE_CREATED_HISTOGRAM(latency, 0.1, 0.5, 1);
 *     ...
 *     NPROM_CREATED_COUNTER(&sent, "sent_total", "Messages sent."),
 *     NPROM_CREATED_HISTOGRAM(&latency, "latency_seconds", "Time to answer, in seconds."),
 *     ...
 *     nprom_set_clock(clock);
 *     nprom_counter_inc(&sent.counter);
 *     nprom_histogram_observe(&latency.histogram, 0.2);
 *
 * OpenMetrics shows the time as a sample "_created". There is none before nprom_set_clock was called.
 */
#ifndef NPROM_CREATED_H
#define NPROM_CREATED_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

extern const nprom_kind_t nprom_kind_created_counter, nprom_kind_created_counter_family;
extern const nprom_kind_t nprom_kind_created_int_counter, nprom_kind_created_int_counter_family;
extern const nprom_kind_t nprom_kind_created_summary, nprom_kind_created_summary_family;
extern const nprom_kind_t nprom_kind_created_histogram, nprom_kind_created_histogram_family;

/*
 * Metrics with a creation time: all zeros are metrics that were there from the start. nprom_abi.h has the
 * counters, and nprom_created_counter_reset, which sets the time anew.
 */
typedef struct nprom_created_summary_t {
    nprom_summary_t summary;
    nprom_cell64_t created;
} nprom_created_summary_t;
/* A constant, made by NPROM_DEFINE_CREATED_HISTOGRAM. The time lies behind the cells. */
typedef struct nprom_created_histogram_t {
    nprom_histogram_t histogram;
    uint32_t reserved;
} nprom_created_histogram_t;
NPROM_ASSERT_(sizeof(nprom_created_histogram_t) == sizeof(nprom_exemplar_histogram_t), "created");

/* A histogram with a creation time. */
#define NPROM_DEFINE_CREATED_HISTOGRAM(name, ...) \
    static const double name##_bounds_[] = {__VA_ARGS__}; \
    NPROM_STORAGE static nprom_cell64_t name##_cells_[3 + NPROM_COUNT_(name##_bounds_)]; \
    static const nprom_created_histogram_t name = { \
        {name##_bounds_, name##_cells_, (uint32_t)NPROM_COUNT_(name##_bounds_)}, 0}

/* ---- Families and rows of them ------------------------------------------------------------------- */

/* See NPROM_DEFINE_COUNTER_FAMILY. */
#define NPROM_DEFINE_CREATED_COUNTER_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, created_counter, series, text, __VA_ARGS__)
#define NPROM_DEFINE_CREATED_INT_COUNTER_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, created_int_counter, series, text, __VA_ARGS__)
#define NPROM_DEFINE_CREATED_SUMMARY_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, created_summary, series, text, __VA_ARGS__)
#define NPROM_DEFINE_CREATED_HISTOGRAM_FAMILY(name, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, created_histogram, nprom_cell64_t cell[3 + NPROM_COUNT_(bounds)], \
                         NPROM_OF_TYPE_(const double, bounds), NPROM_COUNT_(bounds), 1, 0, series, text, \
                         __VA_ARGS__)

#define NPROM_CREATED_COUNTER(cell, name, help) NPROM_CELL_ROW_(created_counter, cell, name, help)
#define NPROM_CREATED_INT_COUNTER(cell, name, help) \
    NPROM_CELL_ROW_(created_int_counter, cell, name, help)
#define NPROM_CREATED_SUMMARY(cell, name, help) NPROM_CELL_ROW_(created_summary, cell, name, help)
#define NPROM_CREATED_HISTOGRAM(handle, name, help) \
    NPROM_HANDLE_ROW_(created_histogram, handle, name, help)
#define NPROM_CREATED_COUNTER_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(created_counter, family, name, help)
#define NPROM_CREATED_INT_COUNTER_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(created_int_counter, family, name, help)
#define NPROM_CREATED_SUMMARY_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(created_summary, family, name, help)
#define NPROM_CREATED_HISTOGRAM_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(created_histogram, family, name, help)

/* Children, as those of other families: nprom_created_counter_family_labels and its sisters. */
NPROM_FAMILY_OF_(created_counter, nprom_created_counter_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(created_int_counter, nprom_created_int_counter_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(created_summary, nprom_created_summary_t *, NPROM_GIVE_CELL_)

#define NPROM_GIVE_CREATED_(type, out, of, memory) \
    do { \
        NPROM_SET_HISTOGRAM_(&(out)->histogram, double, of, memory); \
        (out)->reserved = 0; \
    } while (0)
NPROM_FAMILY_OF_(created_histogram, nprom_created_histogram_t, NPROM_GIVE_CREATED_)

#endif
