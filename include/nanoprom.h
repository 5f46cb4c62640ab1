/*
 * nanoprom: Prometheus metrics without heap and without locks, for C11 and C++17.
 *
 *     static nprom_counter_t requests;
 *     NPROM_DEFINE_HISTOGRAM(latency, 0.1, 0.5, 1, 5);
 *     NPROM_DEFINE_COUNTER_FAMILY(responses, 16, 48, "method", "code");
 *
 *     static const nprom_metric_t rows[] = {
 *         NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
 *         NPROM_HISTOGRAM(&latency, "http_request_duration_seconds", "Time to answer, in seconds."),
 *         NPROM_COUNTER_FAMILY(&responses, "http_responses_total", "Responses by method and code."),
 *     };
 *     static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);
 *
 *     nprom_counter_inc(&requests);
 *     status = nprom_encode_buffer(&metrics, NPROM_TEXT, page, sizeof page, &len);
 *
 * Values are plain statics, all zeros to begin with; tables are constants and lie in read-only memory
 * (.rodata; .data.rel.ro in position-independent executables). Names, help texts and label names are
 * string literals; nprom_metric_init and its like take those of run time. A table and what it points to last as
 * long as pages are read of it. Call nprom_check() on the group in a test: what a macro can see fails to
 * compile, the rest is for that function.
 *
 * A macro that begins with NPROM_DEFINE_ stands at file scope and defines several static objects; the one that
 * is used has the name given, the names of the others begin with it and end in an underscore. Counters,
 * gauges and the like may be shared by files as any variable; of what NPROM_DEFINE_ makes, share a pointer.
 *
 * Metrics are updated, and pages read, by any number of threads and interrupt handlers at a time; nothing has
 * to be locked. A page is no snapshot: each value on it is one that the metric had while the page was read.
 * nprom_abi.h says which function does what, and where it may not be called from. The other parts stand at the
 * end of this file, which includes them all. Programs for hosts link with -lnanoprom (pkg-config nanoprom), and
 * find a server in nanoprom_host.h; for firmware see docs/microcontroller.md.
 *
 * GCC or Clang. -DNPROM_DISABLED compiles every update to nothing: pages show zeros, and families give children that
 * are null.
 */
#ifndef NANOPROM_H
#define NANOPROM_H

#include "nprom_abi.h"

#ifdef __cplusplus
#define NPROM_ASSERT_(condition, message) static_assert(condition, message)
#define NPROM_ALIGNOF_(type) alignof(type)
extern "C" {
#else
#define NPROM_ASSERT_(condition, message) _Static_assert(condition, message)
#define NPROM_ALIGNOF_(type) _Alignof(type)
#endif

#include "nprom_layout.h"

/* ---- Cores without 64-bit atomics: the application's critical section --------------------------- */

/*
 * To be defined by the application, without a default. Both may be called from any thread or
 * interrupt handler that uses metrics, and nest. nprom_critical_enter keeps everybody else out and
 * returns what nprom_critical_exit needs to go back. Not used in layout native64.
 */
uint32_t nprom_critical_enter(void);
void nprom_critical_exit(uint32_t state);

/*
 * Stands in front of the memory that NPROM_DEFINE_… macros define: an attribute that puts it into a section, for fast
 * RAM or for processes to share. Nothing, unless it is defined otherwise, here or before any of them.
 */
#ifndef NPROM_STORAGE
#define NPROM_STORAGE
#endif

/* ---- Kinds: what rows point to ------------------------------------------------------------------ */

extern const nprom_kind_t nprom_kind_counter, nprom_kind_counter_family;
extern const nprom_kind_t nprom_kind_int_counter, nprom_kind_int_counter_family;
extern const nprom_kind_t nprom_kind_counter32, nprom_kind_counter32_family;
extern const nprom_kind_t nprom_kind_gauge, nprom_kind_gauge_family;
extern const nprom_kind_t nprom_kind_int_gauge, nprom_kind_int_gauge_family;
extern const nprom_kind_t nprom_kind_gauge32, nprom_kind_gauge32_family;
extern const nprom_kind_t nprom_kind_summary, nprom_kind_summary_family;
extern const nprom_kind_t nprom_kind_untyped, nprom_kind_untyped_family;
extern const nprom_kind_t nprom_kind_gauge_fn, nprom_kind_counter_fn;
extern const nprom_kind_t nprom_kind_info, nprom_kind_state_set;
extern const nprom_kind_t nprom_kind_histogram, nprom_kind_histogram_family;
extern const nprom_kind_t nprom_kind_int_histogram, nprom_kind_int_histogram_family;
extern const nprom_kind_t nprom_kind_histogram32, nprom_kind_histogram32_family;
extern const nprom_kind_t nprom_kind_group;

extern const nprom_overflow_t nprom_overflow_other;

/* ---- Formats ------------------------------------------------------------------------------------- */

extern const nprom_format_t nprom_format_text, nprom_format_openmetrics;

/* Prometheus text format 0.0.4. */
#define NPROM_TEXT (&nprom_format_text)

/*
 * OpenMetrics 1.0.0: with units, and "# EOF" at the end of a page that is whole. The sum and the count of
 * a histogram are left out where a bucket's bound or the sum is negative: the format forbids them.
 */
#define NPROM_OPENMETRICS (&nprom_format_openmetrics)

/* ---- Tables ------------------------------------------------------------------------------------- */

/* Length of a string literal, as a constant; anything but a literal up to `max` does not compile. */
#define NPROM_LEN_(text, max) \
    (sizeof(char[sizeof("" text) - 1 <= (max) ? 1 : -1]) * (sizeof("" text) - 1))

/* Bytes of label text, which do not compile unless they are a multiple of 8 up to 65000. */
#define NPROM_LABEL_TEXT_(text) \
    (uint32_t)(sizeof(char[(text) % 8 == 0 && (text) <= 65000 ? 1 : -1]) * (size_t)(text))

/* `pointer`, which does not compile unless it is of this type. */
#ifdef __cplusplus
#define NPROM_OF_TYPE_(type, pointer) (1 ? (pointer) : (type *)0)
#else
/* A mismatch alone would be a warning, and its type that of a void pointer. */
#define NPROM_OF_TYPE_(type, pointer) _Generic(1 ? (pointer) : (type *)0, type *: (pointer))
#endif

#define NPROM_ROW_(name, help, value, kind) \
    {"" name, "" help, (value), &(kind), (uint8_t)NPROM_LEN_(name, 255), 0, \
     (uint16_t)NPROM_LEN_(help, 65535)}

/*
 * Rows of a table: pointer to the value, name, help text. A counter is declared with or without
 * _total and always exposed with it. An empty help text leaves the HELP line out.
 */
#define NPROM_CELL_ROW_(type, cell, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(nprom_##type##_t, cell), nprom_kind_##type)
#define NPROM_HANDLE_ROW_(type, handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_##type##_t, handle), nprom_kind_##type)
#define NPROM_FAMILY_ROW_(type, family, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_##type##_family_t, family), \
               nprom_kind_##type##_family)

#define NPROM_COUNTER(cell, name, help) NPROM_CELL_ROW_(counter, cell, name, help)
#define NPROM_INT_COUNTER(cell, name, help) NPROM_CELL_ROW_(int_counter, cell, name, help)
#define NPROM_COUNTER32(cell, name, help) NPROM_CELL_ROW_(counter32, cell, name, help)
#define NPROM_GAUGE(cell, name, help) NPROM_CELL_ROW_(gauge, cell, name, help)
#define NPROM_INT_GAUGE(cell, name, help) NPROM_CELL_ROW_(int_gauge, cell, name, help)
#define NPROM_GAUGE32(cell, name, help) NPROM_CELL_ROW_(gauge32, cell, name, help)
#define NPROM_SUMMARY(cell, name, help) NPROM_CELL_ROW_(summary, cell, name, help)
#define NPROM_UNTYPED(cell, name, help) NPROM_CELL_ROW_(untyped, cell, name, help)
#define NPROM_GAUGE_FN(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_callback_t, handle), nprom_kind_gauge_fn)
#define NPROM_COUNTER_FN(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_callback_t, handle), nprom_kind_counter_fn)
#define NPROM_INFO(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_info_t, handle), nprom_kind_info)
#define NPROM_STATE_SET(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_state_set_t, handle), nprom_kind_state_set)
#define NPROM_HISTOGRAM(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_histogram_t, handle), nprom_kind_histogram)
#define NPROM_INT_HISTOGRAM(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_int_histogram_t, handle), \
               nprom_kind_int_histogram)
#define NPROM_HISTOGRAM32(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_histogram32_t, handle), \
               nprom_kind_histogram32)

#define NPROM_COUNTER_FAMILY(family, name, help) NPROM_FAMILY_ROW_(counter, family, name, help)
#define NPROM_INT_COUNTER_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(int_counter, family, name, help)
#define NPROM_COUNTER32_FAMILY(family, name, help) NPROM_FAMILY_ROW_(counter32, family, name, help)
#define NPROM_GAUGE_FAMILY(family, name, help) NPROM_FAMILY_ROW_(gauge, family, name, help)
#define NPROM_INT_GAUGE_FAMILY(family, name, help) NPROM_FAMILY_ROW_(int_gauge, family, name, help)
#define NPROM_GAUGE32_FAMILY(family, name, help) NPROM_FAMILY_ROW_(gauge32, family, name, help)
#define NPROM_SUMMARY_FAMILY(family, name, help) NPROM_FAMILY_ROW_(summary, family, name, help)
#define NPROM_UNTYPED_FAMILY(family, name, help) NPROM_FAMILY_ROW_(untyped, family, name, help)
#define NPROM_HISTOGRAM_FAMILY(family, name, help) NPROM_FAMILY_ROW_(histogram, family, name, help)
#define NPROM_INT_HISTOGRAM_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(int_histogram, family, name, help)
#define NPROM_HISTOGRAM32_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(histogram32, family, name, help)

/* The row that includes another group, such as a library's. */
#define NPROM_GROUP(group) \
    NPROM_ROW_("", "", NPROM_OF_TYPE_(const nprom_group_t, group), nprom_kind_group)

/* A constant label: NPROM_LABEL("site", "north"). */
#define NPROM_LABEL(name, value) \
    {"" name, "" value, (uint16_t)NPROM_LEN_(name, 255), (uint16_t)NPROM_LEN_(value, 65535)}

#define NPROM_COUNT_(array) (sizeof(array) / sizeof((array)[0]))

/* How many elements; a pointer, or an array that is too long, does not compile. */
#define NPROM_COUNT16_(array) \
    (uint16_t)(sizeof(char[sizeof(array) % sizeof((array)[0]) == 0 && \
                                   NPROM_COUNT_(array) <= 65535 \
                               ? 1 \
                               : -1]) * \
               NPROM_COUNT_(array))

/* The value of an nprom_group_t: all rows of an array. */
#define NPROM_GROUP_INIT(rows) {(rows), 0, "", NPROM_COUNT16_(rows), 0, 0, 0, &NPROM_ABI_}

/* The same, with a prefix (a literal) in front of every name. */
#define NPROM_GROUP_INIT_PREFIX(rows, prefix) \
    {(rows), 0, "" prefix, NPROM_COUNT16_(rows), 0, (uint8_t)NPROM_LEN_(prefix, 255), 0, \
     &NPROM_ABI_}

/* The same, with a prefix and the constant labels of an array on every series. */
#define NPROM_GROUP_INIT_LABELS(rows, prefix, labels) \
    {(rows), (labels), "" prefix, NPROM_COUNT16_(rows), NPROM_COUNT16_(labels), \
     (uint8_t)NPROM_LEN_(prefix, 255), 0, &NPROM_ABI_}

/* ---- Callbacks, infos, state sets --------------------------------------------------------------- */

/*
 * A gauge or counter whose value is asked for once on each page is a constant, a function and what it is
 * given:
 *
 *     static double free_bytes(void *context) { return ((const struct heap *)context)->free; }
 *     static const nprom_callback_t heap_free = {free_bytes, &heap};
 *
 * with the row NPROM_GAUGE_FN(&heap_free, "heap_free_bytes", "Free memory."). The function is called by
 * whoever reads the page, and should be quick. What no total can be, a negative number, NaN or an
 * infinity, is shown as 0 by NPROM_COUNTER_FN.
 */

/*
 * Facts that do not change, as labels: NPROM_DEFINE_INFO(build, NPROM_LABEL("version", "1.2")). It
 * defines static objects: the labels, and the handle `name`. The page shows build_info{version="1.2"} 1.
 */
#define NPROM_DEFINE_INFO(name, ...) \
    static const nprom_label_t name##_labels_[] = {__VA_ARGS__}; \
    static const nprom_info_t name = {name##_labels_, (uint32_t)NPROM_COUNT_(name##_labels_)}

/*
 * Which of up to 32 states something is in: NPROM_DEFINE_STATE_SET(pump, NPROM_STATE("off"),
 * NPROM_STATE("running")). It defines static objects: the names, 4 bytes of memory, and the handle
 * `name`. States have numbers from 0 on, best those of an enum; a set begins in state 0. The page shows
 * a line for each, 1 or 0: pump{pump="running"} 1.
 */
#define NPROM_DEFINE_STATE_SET(name, ...) \
    static const nprom_str_t name##_names_[] = {__VA_ARGS__}; \
    static uint32_t name##_bits_; \
    static const nprom_state_set_t name = { \
        name##_names_, &name##_bits_, \
        (uint32_t)(sizeof(char[NPROM_COUNT_(name##_names_) <= 32 ? 1 : -1]) * \
                   NPROM_COUNT_(name##_names_))}
#define NPROM_STATE(name) {"" name, NPROM_LEN_(name, 65535)}

/* ---- Histograms --------------------------------------------------------------------------------- */

/* The 14 default bounds, in seconds. */
#define NPROM_DEFAULT_BUCKETS \
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0

/* The 11 default bounds of Prometheus' Go client, in seconds. */
#define NPROM_GO_BUCKETS 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0

/*
 * A histogram with these upper bounds, ascending (nprom_check sees to it), +Inf left out:
 * NPROM_DEFINE_HISTOGRAM(latency, NPROM_DEFAULT_BUCKETS). They are in the unit of what is observed, seconds for
 * times. It defines static objects: the bounds, the cells of 8 bytes, two more than bounds, and the handle
 * `name`.
 */
#define NPROM_DEFINE_HISTOGRAM(name, ...) \
    static const double name##_bounds_[] = {__VA_ARGS__}; \
    NPROM_STORAGE static nprom_cell64_t name##_cells_[2 + NPROM_COUNT_(name##_bounds_)]; \
    static const nprom_histogram_t name = NPROM_HISTOGRAM_INIT(name##_bounds_, name##_cells_)

/* The value of an nprom_histogram_t with a bounds array, and an array of two cells more. */
#define NPROM_HISTOGRAM_INIT(bounds, cells) \
    {(bounds), (cells), \
     (uint32_t)(sizeof(char[NPROM_COUNT_(cells) == NPROM_COUNT_(bounds) + 2 ? 1 : -1]) * \
                NPROM_COUNT_(bounds))}

/*
 * Histograms of whole numbers: ticks of a timer, cycles, bytes. Observations and bounds are ticks, and
 * the page shows them divided by `ticks_per_unit`, rounded down behind 15 digits:
 *
 *     NPROM_DEFINE_HISTOGRAM32(latency, 1000000, 1000, 5000, 10000, 100000);
 *
 * observes microseconds, and its first bucket is le="0.001". No float is touched, and no interrupt
 * disabled where compare-and-swap exists. A cell of NPROM_DEFINE_HISTOGRAM32 has half the size, and
 * stops at 2^32 - 1 observations.
 */
#define NPROM_DEFINE_INT_HISTOGRAM(name, ticks_per_unit, ...) \
    static const uint32_t name##_bounds_[] = {__VA_ARGS__}; \
    NPROM_STORAGE static nprom_cell64_t name##_cells_[2 + NPROM_COUNT_(name##_bounds_)]; \
    static const nprom_int_histogram_t name = \
        NPROM_INT_HISTOGRAM_INIT(ticks_per_unit, name##_bounds_, name##_cells_)
#define NPROM_DEFINE_HISTOGRAM32(name, ticks_per_unit, ...) \
    static const uint32_t name##_bounds_[] = {__VA_ARGS__}; \
    NPROM_STORAGE static nprom_cell64_t name##_cells_[NPROM_CELLS32_(name##_bounds_)]; \
    static const nprom_histogram32_t name = \
        NPROM_HISTOGRAM32_INIT(ticks_per_unit, name##_bounds_, name##_cells_)

/* Their values, with a bounds array, and an array of two cells more. */
#define NPROM_INT_HISTOGRAM_INIT(ticks_per_unit, bounds, cells) \
    {(bounds), (cells), \
     (uint32_t)(sizeof(char[NPROM_COUNT_(cells) == NPROM_COUNT_(bounds) + 2 ? 1 : -1]) * \
                NPROM_COUNT_(bounds)), \
     NPROM_TICKS_(ticks_per_unit)}
/* Here an array of one cell, and one for each two counts: 1 + (bounds + 2) / 2. */
#define NPROM_HISTOGRAM32_INIT(ticks_per_unit, bounds, cells) \
    {(bounds), (cells), \
     (uint32_t)(sizeof(char[NPROM_COUNT_(cells) == NPROM_CELLS32_(bounds) ? 1 : -1]) * \
                NPROM_COUNT_(bounds)), \
     NPROM_TICKS_(ticks_per_unit)}

#define NPROM_CELLS32_(bounds) (1 + (NPROM_COUNT_(bounds) + 2) / 2)
/* `ticks`, which does not compile unless it is a constant from 1 to 2^32 - 1. */
#define NPROM_TICKS_(ticks) \
    (uint32_t)(sizeof(char[(uint64_t)(ticks)-1 < UINT32_MAX ? 1 : -1]) * (uint64_t)(ticks))

/* ---- The other parts, each with an example at its top -------------------------------------------- */

#include "nprom_names.h"     /* Exact names, units. */
#include "nprom_families.h"  /* Metrics with labels. */
#include "nprom_series.h"    /* Series whose labels are constants. */
#include "nprom_inline.h"    /* Updates, inline or switched off. */
#include "nprom_created.h"   /* Creation times. */
#include "nprom_exemplars.h" /* Exemplars. */
#include "nprom_info_cell.h" /* Infos that are set at run time. */
#include "nprom_registry.h"  /* Registries, the default registry. */
#include "nprom_collector.h" /* Collectors. */
#include "nprom_guards.h"    /* Timers, work in progress, counted errors. */

#ifdef __cplusplus
}
#endif

#endif
