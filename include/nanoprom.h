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
 *
 * Values are plain statics, all zeros to begin with; tables are constants and lie in read-only memory
 * (.rodata; .data.rel.ro in position-independent executables). Names, help texts and label names are
 * string literals. Call nprom_check() on the group in a test: what a macro can see fails to compile,
 * the rest is for that function.
 *
 * nprom_abi.h says which function does what, and from where it may be called.
 *
 * -DNPROM_DISABLED compiles every update to nothing.
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

/* ---- Layout: how values are kept, told from what the compiler can do without a lock ------------- */

#if !defined(NPROM_LAYOUT_NATIVE64) && !defined(NPROM_LAYOUT_SPLIT32) && !defined(NPROM_LAYOUT_LOCKED)
#if __GCC_ATOMIC_LLONG_LOCK_FREE == 2
#define NPROM_LAYOUT_NATIVE64
#elif __GCC_ATOMIC_INT_LOCK_FREE == 2
#define NPROM_LAYOUT_SPLIT32
#else
#define NPROM_LAYOUT_LOCKED
#endif
#endif

/*
 * The library defines one of these names, so "undefined reference to nprom_abi_…" means: this header
 * is of another version than the library, or was compiled for another kind of core.
 */
#if defined(NPROM_LAYOUT_NATIVE64)
#define NPROM_ABI_ nprom_abi_1_native64
#elif defined(NPROM_LAYOUT_SPLIT32)
#define NPROM_ABI_ nprom_abi_1_split32
#else
#define NPROM_ABI_ nprom_abi_1_locked
#endif
NPROM_ASSERT_(NPROM_ABI_VERSION == 1, "nanoprom.h and nprom_abi.h are of different versions");

extern const uint8_t NPROM_ABI_;
/* Groups refer to it too: a linker that drops unused sections drops this reference. */
__attribute__((used)) static const uint8_t *const nprom_abi_check_ = &NPROM_ABI_;

NPROM_ASSERT_(sizeof(nprom_cell64_t) == 8 && NPROM_ALIGNOF_(nprom_cell64_t) == 8, "cell");
NPROM_ASSERT_(sizeof(nprom_counter_t) == 16 && NPROM_ALIGNOF_(nprom_counter_t) == 8, "counter");
NPROM_ASSERT_(NPROM_ALIGNOF_(nprom_counter32_t) == 4 && NPROM_ALIGNOF_(nprom_gauge32_t) == 4, "32 bits");
NPROM_ASSERT_(sizeof(nprom_str_t) == 2 * sizeof(void *), "string");
NPROM_ASSERT_(sizeof(nprom_cursor_t) == 160 && sizeof(nprom_frames_t) == 240 &&
                  sizeof(nprom_http_t) == 1344, "private memory");
NPROM_ASSERT_(sizeof(nprom_int_counter_t) == 8 && sizeof(nprom_counter32_t) == 4, "counters");
NPROM_ASSERT_(sizeof(nprom_gauge_t) == 8 && sizeof(nprom_int_gauge_t) == 8, "gauges");
NPROM_ASSERT_(sizeof(nprom_gauge32_t) == 4, "gauge32");
NPROM_ASSERT_(sizeof(nprom_summary_t) == 16 && sizeof(nprom_untyped_t) == 8, "summary, untyped");
NPROM_ASSERT_(sizeof(nprom_callback_t) == 2 * sizeof(void *), "callback");
NPROM_ASSERT_(sizeof(nprom_info_t) == 2 * sizeof(void *), "info");
NPROM_ASSERT_(sizeof(nprom_state_set_t) == 3 * sizeof(void *), "state set");
NPROM_ASSERT_(sizeof(nprom_family_head_t) == 24, "family head");
NPROM_ASSERT_(offsetof(nprom_counter_t, rest) == 8, "counter");
NPROM_ASSERT_(sizeof(nprom_histogram_t) == (sizeof(void *) == 8 ? 24 : 12), "histogram");
NPROM_ASSERT_(offsetof(nprom_histogram_t, bound_count) == 2 * sizeof(void *), "histogram");
NPROM_ASSERT_(sizeof(nprom_int_histogram_t) == (sizeof(void *) == 8 ? 24 : 16), "int_histogram");
NPROM_ASSERT_(sizeof(nprom_histogram32_t) == sizeof(nprom_int_histogram_t), "histogram32");
NPROM_ASSERT_(offsetof(nprom_histogram32_t, ticks_per_unit) == 2 * sizeof(void *) + 4, "histogram32");
NPROM_ASSERT_(sizeof(nprom_metric_t) == (sizeof(void *) == 8 ? 40 : 20), "metric");
NPROM_ASSERT_(offsetof(nprom_metric_t, help_len) == 4 * sizeof(void *) + 2, "metric");
NPROM_ASSERT_(sizeof(nprom_group_t) == (sizeof(void *) == 8 ? 40 : 24), "group");
NPROM_ASSERT_(offsetof(nprom_group_t, prefix_len) == 3 * sizeof(void *) + 4, "group");
NPROM_ASSERT_(sizeof(nprom_label_t) == (sizeof(void *) == 8 ? 24 : 12), "label");
NPROM_ASSERT_(sizeof(nprom_label_name_t) == 2 * sizeof(void *), "label name");
NPROM_ASSERT_(sizeof(nprom_family_t) == (sizeof(void *) == 8 ? 80 : 48), "family");
NPROM_ASSERT_(offsetof(nprom_family_t, bound_count) == 7 * sizeof(void *) + 18, "family");

/* ---- Cores without 64-bit atomics: the application's critical section --------------------------- */

/*
 * To be defined by the application, without a default. Both may be called from any thread or
 * interrupt handler that uses metrics, and nest. nprom_critical_enter keeps everybody else out and
 * returns what nprom_critical_exit needs to go back. Not used in layout native64.
 */
uint32_t nprom_critical_enter(void);
void nprom_critical_exit(uint32_t state);

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
#define NPROM_GROUP_INIT(rows) {(rows), 0, "", NPROM_COUNT16_(rows), 0, 0, &NPROM_ABI_}

/* The same, with a prefix (a literal) in front of every name. */
#define NPROM_GROUP_INIT_PREFIX(rows, prefix) \
    {(rows), 0, "" prefix, NPROM_COUNT16_(rows), 0, (uint8_t)NPROM_LEN_(prefix, 255), &NPROM_ABI_}

/* The same, with a prefix and the constant labels of an array on every series. */
#define NPROM_GROUP_INIT_LABELS(rows, prefix, labels) \
    {(rows), (labels), "" prefix, NPROM_COUNT16_(rows), NPROM_COUNT16_(labels), \
     (uint8_t)NPROM_LEN_(prefix, 255), &NPROM_ABI_}

/* ---- Callbacks, infos, state sets --------------------------------------------------------------- */

/*
 * A gauge or counter whose value is asked for once on each page is a constant, a function and what it is
 * given:
 *
 *     static double free_bytes(void *heap) { … }
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
 * A histogram with these upper bounds, ascending, +Inf left out:
 * NPROM_DEFINE_HISTOGRAM(latency, NPROM_DEFAULT_BUCKETS). It defines static objects: the bounds, the
 * cells, and the handle `name`.
 */
#define NPROM_DEFINE_HISTOGRAM(name, ...) \
    static const double name##_bounds_[] = {__VA_ARGS__}; \
    static nprom_cell64_t name##_cells_[2 + NPROM_COUNT_(name##_bounds_)]; \
    static const nprom_histogram_t name = NPROM_HISTOGRAM_INIT(name##_bounds_, name##_cells_)

/* The value of an nprom_histogram_t with a bounds array, and an array of two cells more. */
#define NPROM_HISTOGRAM_INIT(bounds, cells) \
    {(bounds), (cells), \
     (uint32_t)(sizeof(char[NPROM_COUNT_(cells) == NPROM_COUNT_(bounds) + 2 ? 1 : -1]) * \
                NPROM_COUNT_(bounds))}

/*
 * Histograms of whole numbers: ticks of a timer, cycles, bytes. Observations and bounds are ticks, and
 * the page shows them divided by `ticks_per_unit`, rounded down behind 15 digits or more:
 *
 *     NPROM_DEFINE_HISTOGRAM32(latency, 1000000, 1000, 5000, 10000, 100000);
 *
 * observes microseconds, and its first bucket is le="0.001". No float is touched, and no interrupt
 * disabled where compare-and-swap exists. A cell of NPROM_DEFINE_HISTOGRAM32 has half the size, and
 * stops at 2^32 - 1 observations.
 */
#define NPROM_DEFINE_INT_HISTOGRAM(name, ticks_per_unit, ...) \
    static const uint32_t name##_bounds_[] = {__VA_ARGS__}; \
    static nprom_cell64_t name##_cells_[2 + NPROM_COUNT_(name##_bounds_)]; \
    static const nprom_int_histogram_t name = \
        NPROM_INT_HISTOGRAM_INIT(ticks_per_unit, name##_bounds_, name##_cells_)
#define NPROM_DEFINE_HISTOGRAM32(name, ticks_per_unit, ...) \
    static const uint32_t name##_bounds_[] = {__VA_ARGS__}; \
    static nprom_cell64_t name##_cells_[NPROM_CELLS32_(name##_bounds_)]; \
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

/* ---- Families ----------------------------------------------------------------------------------- */

/*
 * A family of counters with up to `series` children, `text` bytes of label text for each on average,
 * and 1 to 8 label names: NPROM_DEFINE_COUNTER_FAMILY(responses, 16, 48, "method", "code"). It
 * defines static objects: the label names, the memory, and the handle `name`.
 *
 * Label text is kept as it stands on the page: {method="GET",code="200 takes 23 bytes. The children
 * share it, so one of them may have longer values. The memory takes 24 + series * (18 + size of a
 * child + 2 * labels, rounded up to 8, + text) bytes.
 */
#define NPROM_DEFINE_COUNTER_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, counter, series, text, __VA_ARGS__)
#define NPROM_DEFINE_INT_COUNTER_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, int_counter, series, text, __VA_ARGS__)
#define NPROM_DEFINE_COUNTER32_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, counter32, series, text, __VA_ARGS__)
#define NPROM_DEFINE_GAUGE_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, gauge, series, text, __VA_ARGS__)
#define NPROM_DEFINE_INT_GAUGE_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, int_gauge, series, text, __VA_ARGS__)
#define NPROM_DEFINE_GAUGE32_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, gauge32, series, text, __VA_ARGS__)

#define NPROM_DEFINE_SUMMARY_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, summary, series, text, __VA_ARGS__)
#define NPROM_DEFINE_UNTYPED_FAMILY(name, series, text, ...) \
    NPROM_DEFINE_CELL_FAMILY_(name, untyped, series, text, __VA_ARGS__)

/* The same for histograms; `bounds` is an array of doubles: static const double bounds[] = {…}; */
#define NPROM_DEFINE_HISTOGRAM_FAMILY(name, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, histogram, nprom_cell64_t cell[2 + NPROM_COUNT_(bounds)], \
                         NPROM_OF_TYPE_(const double, bounds), NPROM_COUNT_(bounds), 1, series, text, \
                         __VA_ARGS__)

/* The same for histograms of ticks; `bounds` is an array: static const uint32_t bounds[] = {…}; */
#define NPROM_DEFINE_INT_HISTOGRAM_FAMILY(name, ticks_per_unit, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, int_histogram, nprom_cell64_t cell[2 + NPROM_COUNT_(bounds)], \
                         NPROM_OF_TYPE_(const uint32_t, bounds), NPROM_COUNT_(bounds), \
                         ticks_per_unit, series, text, __VA_ARGS__)
#define NPROM_DEFINE_HISTOGRAM32_FAMILY(name, ticks_per_unit, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, histogram32, nprom_cell64_t cell[NPROM_CELLS32_(bounds)], \
                         NPROM_OF_TYPE_(const uint32_t, bounds), NPROM_COUNT_(bounds), \
                         ticks_per_unit, series, text, __VA_ARGS__)

#define NPROM_DEFINE_CELL_FAMILY_(name, type, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, type, nprom_##type##_t cell, 0, 0, 1, series, text, __VA_ARGS__)
#define NPROM_DEFINE_FAMILY_(name, type, cell_, bounds_, bound_count_, ticks_per_unit_, series, \
                             text_, ...) \
    static const nprom_label_name_t name##_names_[] = {NPROM_LABEL_NAMES_(__VA_ARGS__)}; \
    static struct { \
        nprom_family_head_t head; \
        uint32_t slots[2 * (series)]; \
        struct { \
            uint32_t state; \
            uint32_t text; \
            cell_; \
            uint16_t lens[1 + NPROM_COUNT_(name##_names_)]; \
        } records[series]; \
        char text[(series) * (text_)]; \
    } name##_memory_; \
    NPROM_ASSERT_((series) > 0 && (series) < 1048575, "a family has 1 to 1048574 series"); \
    NPROM_ASSERT_(sizeof(name##_memory_.text) < 2147483648u, "label text is below 2 GiB"); \
    NPROM_ASSERT_(sizeof(name##_memory_.records[0]) <= 65535, "a child is below 64 kB"); \
    static const nprom_##type##_family_t name = {{ \
        &nprom_kind_##type##_family, &name##_memory_.head, name##_memory_.slots, \
        name##_memory_.records, name##_memory_.text, name##_names_, (bounds_), \
        NPROM_TICKS_(ticks_per_unit_), (series), (uint32_t)sizeof(name##_memory_.text), \
        (uint16_t)sizeof(name##_memory_.records[0]), \
        (uint16_t)sizeof(name##_memory_.records[0].cell), (uint16_t)NPROM_COUNT_(name##_names_), \
        (uint16_t)(bound_count_)}}

#define NPROM_LABEL_NAME_(name) \
    {"\"," name "=\"", (uint32_t)(NPROM_LEN_(name, 255) + 4)}

#define NPROM_LABEL_NAMES_(...) \
    NPROM_PICK_(__VA_ARGS__, NPROM_NAMES8_, NPROM_NAMES7_, NPROM_NAMES6_, NPROM_NAMES5_, \
                NPROM_NAMES4_, NPROM_NAMES3_, NPROM_NAMES2_, NPROM_NAMES1_, 0)(__VA_ARGS__)
#define NPROM_PICK_(a, b, c, d, e, f, g, h, pick, ...) pick
#define NPROM_NAMES1_(a) NPROM_LABEL_NAME_(a)
#define NPROM_NAMES2_(a, b) NPROM_NAMES1_(a), NPROM_LABEL_NAME_(b)
#define NPROM_NAMES3_(a, b, c) NPROM_NAMES2_(a, b), NPROM_LABEL_NAME_(c)
#define NPROM_NAMES4_(a, b, c, d) NPROM_NAMES3_(a, b, c), NPROM_LABEL_NAME_(d)
#define NPROM_NAMES5_(a, b, c, d, e) NPROM_NAMES4_(a, b, c, d), NPROM_LABEL_NAME_(e)
#define NPROM_NAMES6_(a, b, c, d, e, f) NPROM_NAMES5_(a, b, c, d, e), NPROM_LABEL_NAME_(f)
#define NPROM_NAMES7_(a, b, c, d, e, f, g) NPROM_NAMES6_(a, b, c, d, e, f), NPROM_LABEL_NAME_(g)
#define NPROM_NAMES8_(a, b, c, d, e, f, g, h) \
    NPROM_NAMES7_(a, b, c, d, e, f, g), NPROM_LABEL_NAME_(h)

/*
 * Families by the type of their children, and for each:
 *
 *     int32_t nprom_counter_family_labels(const nprom_counter_family_t *family,
 *                                         const nprom_str_t *values, size_t count,
 *                                         nprom_counter_t **child_out);
 *     int32_t nprom_counter_family_labels_str(const nprom_counter_family_t *family,
 *                                             const char *const *values, size_t count,
 *                                             nprom_counter_t **child_out);
 *
 * They find or add the child with these label values, see nprom_family_labels. Where a child is
 * refused, `*child_out` is null, which every update accepts and ignores.
 */
#define NPROM_FAMILY_OF_(type) \
    typedef struct nprom_##type##_family_t { \
        nprom_family_t family; \
    } nprom_##type##_family_t; \
    NPROM_FAMILY_LABELS_(type, labels, const nprom_str_t *) \
    NPROM_FAMILY_LABELS_(type, labels_str, const char *const *)

#define NPROM_FAMILY_LABELS_(type, verb, values_t) \
    static inline int32_t nprom_##type##_family_##verb(const nprom_##type##_family_t *family, \
                                                       values_t values, size_t count, \
                                                       nprom_##type##_t **child_out) { \
        void *cell = 0; \
        int32_t status = NPROM_OK; \
        if (!child_out) \
            return NPROM_ERR_NULL; \
        NPROM_UNLESS_DISABLED_(status = nprom_family_##verb(&family->family, values, count, &cell)); \
        *child_out = (nprom_##type##_t *)cell; \
        return status; \
    }

#ifdef NPROM_DISABLED
#define NPROM_UNLESS_DISABLED_(work) (void)family, (void)values, (void)count
#else
#define NPROM_UNLESS_DISABLED_(work) work
#endif

NPROM_FAMILY_OF_(counter)
NPROM_FAMILY_OF_(int_counter)
NPROM_FAMILY_OF_(counter32)
NPROM_FAMILY_OF_(gauge)
NPROM_FAMILY_OF_(int_gauge)
NPROM_FAMILY_OF_(gauge32)
NPROM_FAMILY_OF_(summary)
NPROM_FAMILY_OF_(untyped)

/* Children that are histograms are small handles, given by value. */
#define NPROM_HISTOGRAM_FAMILY_OF_(type, bound_t, set_ticks) \
    typedef struct nprom_##type##_family_t { \
        nprom_family_t family; \
    } nprom_##type##_family_t; \
    NPROM_HISTOGRAM_FAMILY_LABELS_(type, bound_t, set_ticks, labels, const nprom_str_t *) \
    NPROM_HISTOGRAM_FAMILY_LABELS_(type, bound_t, set_ticks, labels_str, const char *const *)

#define NPROM_HISTOGRAM_FAMILY_LABELS_(type, bound_t, set_ticks, verb, values_t) \
    static inline int32_t nprom_##type##_family_##verb(const nprom_##type##_family_t *family, \
                                                       values_t values, size_t count, \
                                                       nprom_##type##_t *child_out) { \
        void *cell = 0; \
        int32_t status = NPROM_OK; \
        if (!child_out) \
            return NPROM_ERR_NULL; \
        NPROM_UNLESS_DISABLED_(status = nprom_family_##verb(&family->family, values, count, &cell)); \
        child_out->bounds = cell ? (const bound_t *)family->family.bounds : 0; \
        child_out->cells = (nprom_cell64_t *)cell; \
        child_out->bound_count = cell ? family->family.bound_count : 0; \
        set_ticks; \
        return status; \
    }
#define NPROM_SET_TICKS_ child_out->ticks_per_unit = cell ? family->family.ticks_per_unit : 1

NPROM_HISTOGRAM_FAMILY_OF_(histogram, double, (void)0)
NPROM_HISTOGRAM_FAMILY_OF_(int_histogram, uint32_t, NPROM_SET_TICKS_)
NPROM_HISTOGRAM_FAMILY_OF_(histogram32, uint32_t, NPROM_SET_TICKS_)

/*
 * Label values and their number, for the _str functions: NPROM_VALUES("GET", "200"). In C++ it wants
 * <initializer_list>.
 */
#ifdef __cplusplus
#define NPROM_VALUES(...) \
    std::initializer_list<const char *>{__VA_ARGS__}.begin(), \
        std::initializer_list<const char *>{__VA_ARGS__}.size()
#else
#define NPROM_VALUES(...) \
    (const char *const[]){__VA_ARGS__}, (sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
#endif

/* ---- Updates, inline where the core can do them without a call ---------------------------------- */

#if defined(NPROM_LAYOUT_NATIVE64) || defined(NPROM_LAYOUT_SPLIT32)

/* Whatever the compiler's options: a handler in RAM may make these while flash is being written. */
#define NPROM_ALWAYS_INLINE_ static inline __attribute__((always_inline))

/* By its bits, because -ffast-math takes every float for a number. */
static inline int nprom_inline_is_nan_(double value) {
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return (bits & ~(UINT64_C(1) << 63)) > UINT64_C(0x7ff0000000000000);
}

/* Relaxed: a total says nothing about other memory. */
NPROM_ALWAYS_INLINE_ void nprom_inline_counter32_inc_by(nprom_counter32_t *counter, uint32_t amount) {
    uint32_t old, sum;
    if (!counter)
        return;
    old = __atomic_load_n(&counter->total, __ATOMIC_RELAXED);
    do {
        sum = old + amount < old ? UINT32_MAX : old + amount;
    } while (!__atomic_compare_exchange_n(&counter->total, &old, sum, 1, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
}

/* Stops at 2^32 - 1. */
static inline void nprom_inline_count32_(uint32_t *count) {
    uint32_t old = __atomic_load_n(count, __ATOMIC_RELAXED);
    while (old != UINT32_MAX && !__atomic_compare_exchange_n(count, &old, old + 1, 1,
                                                             __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
}

/* One step of a binary search without a branch on the data. */
#define NPROM_SEARCH_STEP_ \
    if (size > 1) { \
        half = size / 2; \
        base += half * (uint32_t)(value > bounds[base + half - 1]); \
        size -= half; \
    }
/* Where flash is plenty, without a loop: that was seen to be slower. */
#ifdef NPROM_LAYOUT_NATIVE64
#define NPROM_SEARCH_STEPS_ \
    NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_
#define NPROM_SEARCH_INLINE_ NPROM_ALWAYS_INLINE_
#else
#define NPROM_SEARCH_STEPS_
#define NPROM_SEARCH_INLINE_ static inline
#endif

/* The bucket of a value: the first whose bound is not below it, or `size`. */
#define NPROM_FIND_(name, value_t) \
    NPROM_SEARCH_INLINE_ uint32_t name(const value_t *bounds, uint32_t size, value_t value) { \
        uint32_t base = 0, half; \
        if (size == 0) \
            return 0; \
        NPROM_SEARCH_STEPS_ \
        while (size > 1) \
            NPROM_SEARCH_STEP_ \
        return base + (uint32_t)(value > bounds[base]); \
    }
NPROM_FIND_(nprom_inline_find_ticks_, uint32_t)

NPROM_ALWAYS_INLINE_ void nprom_inline_gauge32_inc_by(nprom_gauge32_t *gauge, int32_t amount) {
    if (gauge)
        __atomic_fetch_add(&gauge->value, (uint32_t)amount, __ATOMIC_RELAXED);
}

NPROM_ALWAYS_INLINE_ void nprom_inline_gauge32_set(nprom_gauge32_t *gauge, int32_t value) {
    if (gauge)
        __atomic_store_n(&gauge->value, (uint32_t)value, __ATOMIC_RELAXED);
}

#ifdef NPROM_LAYOUT_NATIVE64

static inline void nprom_inline_total_add_(nprom_cell64_t *total, uint64_t amount) {
    __atomic_fetch_add(&total->bits, amount, __ATOMIC_RELAXED);
}

static inline void nprom_inline_float_add_(nprom_cell64_t *cell, double amount, int keep_number) {
    uint64_t old = __atomic_load_n(&cell->bits, __ATOMIC_RELAXED), amount_bits, bits;
    double sum;
    __builtin_memcpy(&amount_bits, &amount, sizeof amount_bits);
    do {
        /* Opposite infinities: the later one is left out of a histogram's sum. */
        if (keep_number && (old << 1) == UINT64_C(0xffe0000000000000) &&
            (old ^ amount_bits) == UINT64_C(1) << 63)
            return;
        __builtin_memcpy(&sum, &old, sizeof sum);
        sum += amount;
        __builtin_memcpy(&bits, &sum, sizeof bits);
    } while (!__atomic_compare_exchange_n(&cell->bits, &old, bits, 1, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
}

static inline void nprom_inline_ticks_add_(nprom_cell64_t *total, uint32_t ticks) {
    nprom_inline_total_add_(total, ticks);
}

static inline void nprom_inline_int_counter_inc_by(nprom_int_counter_t *counter, uint64_t amount) {
    if (counter)
        nprom_inline_total_add_(&counter->total, amount);
}

static inline void nprom_inline_gauge_set(nprom_gauge_t *gauge, double value) {
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    if (gauge)
        __atomic_store_n(&gauge->value.bits, bits, __ATOMIC_RELAXED);
}

static inline void nprom_inline_gauge_inc_by(nprom_gauge_t *gauge, double amount) {
    if (gauge)
        nprom_inline_float_add_(&gauge->value, amount, 0);
}

static inline void nprom_inline_int_gauge_set(nprom_int_gauge_t *gauge, int64_t value) {
    if (gauge)
        __atomic_store_n(&gauge->value.bits, (uint64_t)value, __ATOMIC_RELAXED);
}

static inline void nprom_inline_int_gauge_inc_by(nprom_int_gauge_t *gauge, int64_t amount) {
    if (gauge)
        __atomic_fetch_add(&gauge->value.bits, (uint64_t)amount, __ATOMIC_RELAXED);
}

NPROM_FIND_(nprom_inline_find_, double)

NPROM_SEARCH_INLINE_ void nprom_inline_histogram_observe(const nprom_histogram_t *histogram,
                                                         double value) {
    uint32_t at;
    if (!histogram || !histogram->cells || nprom_inline_is_nan_(value))
        return;
    at = nprom_inline_find_(histogram->bounds, histogram->bound_count, value);
    /* Cell 0 is the sum, 1 the bucket above all bounds. */
    nprom_inline_total_add_(&histogram->cells[at == histogram->bound_count ? 1 : at + 2], 1);
    nprom_inline_float_add_(&histogram->cells[0], value, 1);
}
#define nprom_histogram_observe(histogram, value) nprom_inline_histogram_observe(histogram, value)

#define nprom_gauge_set(gauge, value) nprom_inline_gauge_set(gauge, value)
#define nprom_gauge_inc(gauge) nprom_inline_gauge_inc_by(gauge, 1.0)
#define nprom_gauge_dec(gauge) nprom_inline_gauge_inc_by(gauge, -1.0)
#define nprom_gauge_inc_by(gauge, amount) nprom_inline_gauge_inc_by(gauge, amount)
#define nprom_gauge_dec_by(gauge, amount) nprom_inline_gauge_inc_by(gauge, -(double)(amount))
#define nprom_int_counter_inc_by(counter, amount) nprom_inline_int_counter_inc_by(counter, amount)
#define nprom_int_gauge_set(gauge, value) nprom_inline_int_gauge_set(gauge, value)
#define nprom_int_gauge_inc(gauge) nprom_inline_int_gauge_inc_by(gauge, 1)
#define nprom_int_gauge_dec(gauge) nprom_inline_int_gauge_inc_by(gauge, -1)
#define nprom_int_gauge_inc_by(gauge, amount) nprom_inline_int_gauge_inc_by(gauge, amount)

#else /* NPROM_LAYOUT_SPLIT32 */

/*
 * A total in two words: `low` modulo 2^32, and how often its top four bits changed. Up to 2^28 in one
 * step. Release twice, so that a reader that sees one word does not miss the other.
 */
NPROM_ALWAYS_INLINE_ void nprom_inline_total_add_(nprom_cell64_t *total, uint32_t amount) {
    uint32_t old = __atomic_fetch_add(&total->split.low, amount, __ATOMIC_RELEASE);
    uint32_t crossed = (((old + amount) >> 28) - (old >> 28)) & 15;
    if (crossed)
        __atomic_fetch_add(&total->split.crossings, crossed, __ATOMIC_RELEASE);
}

/* The compiler may share it: histograms need not be inlined. */
static inline void nprom_inline_cell_add_(nprom_cell64_t *total, uint32_t amount) {
    nprom_inline_total_add_(total, amount);
}

static inline void nprom_inline_ticks_add_(nprom_cell64_t *total, uint32_t ticks) {
    const uint32_t step = UINT32_C(1) << 28;
    for (; ticks > step; ticks -= step)
        nprom_inline_cell_add_(total, step);
    nprom_inline_cell_add_(total, ticks);
}

#endif

NPROM_ALWAYS_INLINE_ void nprom_inline_counter_inc(nprom_counter_t *counter) {
    if (counter)
        nprom_inline_total_add_(&counter->whole, 1);
}

NPROM_ALWAYS_INLINE_ void nprom_inline_int_counter_inc(nprom_int_counter_t *counter) {
    if (counter)
        nprom_inline_total_add_(&counter->total, 1);
}

/* Cell 0 is the sum, 1 the bucket above all bounds. */
NPROM_SEARCH_INLINE_ void nprom_inline_int_histogram_observe(const nprom_int_histogram_t *histogram,
                                                             uint32_t ticks) {
    uint32_t at;
    if (!histogram || !histogram->cells)
        return;
    at = nprom_inline_find_ticks_(histogram->bounds, histogram->bound_count, ticks);
    nprom_inline_total_add_(&histogram->cells[at == histogram->bound_count ? 1 : at + 2], 1);
    nprom_inline_ticks_add_(&histogram->cells[0], ticks);
}

/* Behind cell 0 all counts have 32 bits, that above all bounds in front. */
NPROM_SEARCH_INLINE_ void nprom_inline_histogram32_observe(const nprom_histogram32_t *histogram,
                                                           uint32_t ticks) {
    uint32_t at;
    if (!histogram || !histogram->cells)
        return;
    at = nprom_inline_find_ticks_(histogram->bounds, histogram->bound_count, ticks);
    nprom_inline_count32_((uint32_t *)(histogram->cells + 1) +
                          (at == histogram->bound_count ? 0 : at + 1));
    nprom_inline_ticks_add_(&histogram->cells[0], ticks);
}

#ifdef NPROM_LAYOUT_NATIVE64
/* Small whole amounts are integer additions; the library decides on all others, and on all where floats
 * are done in software. */
static inline int32_t nprom_inline_counter_inc_by(nprom_counter_t *counter, double amount) {
    if (counter && !nprom_inline_is_nan_(amount) && amount >= 0 && amount <= 268435456.0 &&
        (double)(uint32_t)amount == amount) {
        nprom_inline_total_add_(&counter->whole, (uint32_t)amount);
        return NPROM_OK;
    }
    return nprom_counter_inc_by(counter, amount);
}
#define nprom_counter_inc_by(counter, amount) nprom_inline_counter_inc_by(counter, amount)
#endif

#define nprom_counter_inc(counter) nprom_inline_counter_inc(counter)
#define nprom_int_counter_inc(counter) nprom_inline_int_counter_inc(counter)
#define nprom_counter32_inc(counter) nprom_inline_counter32_inc_by(counter, 1)
#define nprom_counter32_inc_by(counter, amount) nprom_inline_counter32_inc_by(counter, amount)
#define nprom_gauge32_set(gauge, value) nprom_inline_gauge32_set(gauge, value)
#define nprom_gauge32_inc(gauge) nprom_inline_gauge32_inc_by(gauge, 1)
#define nprom_gauge32_dec(gauge) nprom_inline_gauge32_inc_by(gauge, -1)
#define nprom_gauge32_inc_by(gauge, amount) nprom_inline_gauge32_inc_by(gauge, amount)
#define nprom_int_histogram_observe(histogram, ticks) \
    nprom_inline_int_histogram_observe(histogram, ticks)
#define nprom_histogram32_observe(histogram, ticks) nprom_inline_histogram32_observe(histogram, ticks)

#endif

/* ---- Updates switched off ----------------------------------------------------------------------- */

#ifdef NPROM_DISABLED
#undef nprom_counter_inc
#undef nprom_counter_inc_by
#undef nprom_int_counter_inc
#undef nprom_int_counter_inc_by
#undef nprom_counter32_inc
#undef nprom_counter32_inc_by
#undef nprom_gauge_set
#undef nprom_gauge_inc
#undef nprom_gauge_dec
#undef nprom_gauge_inc_by
#undef nprom_gauge_dec_by
#undef nprom_int_gauge_set
#undef nprom_int_gauge_inc
#undef nprom_int_gauge_dec
#undef nprom_int_gauge_inc_by
#undef nprom_gauge32_set
#undef nprom_gauge32_inc
#undef nprom_gauge32_dec
#undef nprom_gauge32_inc_by
#undef nprom_histogram_observe
#undef nprom_int_histogram_observe
#undef nprom_histogram32_observe
static inline __attribute__((always_inline)) int32_t nprom_inline_ok_(void) {
    return NPROM_OK;
}
/* The compiler still looks at the call: types are checked, and nothing is "unused". */
#define NPROM_NOT_(call) (0 ? (void)(call) : (void)0)
#define nprom_counter_inc(counter) NPROM_NOT_(nprom_counter_inc(counter))
#define nprom_counter_inc_by(counter, amount) \
    (0 ? nprom_counter_inc_by(counter, amount) : nprom_inline_ok_())
#define nprom_int_counter_inc(counter) NPROM_NOT_(nprom_int_counter_inc(counter))
#define nprom_int_counter_inc_by(counter, amount) \
    NPROM_NOT_(nprom_int_counter_inc_by(counter, amount))
#define nprom_counter32_inc(counter) NPROM_NOT_(nprom_counter32_inc(counter))
#define nprom_counter32_inc_by(counter, amount) NPROM_NOT_(nprom_counter32_inc_by(counter, amount))
#define nprom_gauge_set(gauge, value) NPROM_NOT_(nprom_gauge_set(gauge, value))
#define nprom_gauge_inc(gauge) NPROM_NOT_(nprom_gauge_inc(gauge))
#define nprom_gauge_dec(gauge) NPROM_NOT_(nprom_gauge_dec(gauge))
#define nprom_gauge_inc_by(gauge, amount) NPROM_NOT_(nprom_gauge_inc_by(gauge, amount))
#define nprom_gauge_dec_by(gauge, amount) NPROM_NOT_(nprom_gauge_dec_by(gauge, amount))
#define nprom_int_gauge_set(gauge, value) NPROM_NOT_(nprom_int_gauge_set(gauge, value))
#define nprom_int_gauge_inc(gauge) NPROM_NOT_(nprom_int_gauge_inc(gauge))
#define nprom_int_gauge_dec(gauge) NPROM_NOT_(nprom_int_gauge_dec(gauge))
#define nprom_int_gauge_inc_by(gauge, amount) NPROM_NOT_(nprom_int_gauge_inc_by(gauge, amount))
#define nprom_int_gauge_dec_by(gauge, amount) NPROM_NOT_(nprom_int_gauge_dec_by(gauge, amount))
#define nprom_gauge32_set(gauge, value) NPROM_NOT_(nprom_gauge32_set(gauge, value))
#define nprom_gauge32_inc(gauge) NPROM_NOT_(nprom_gauge32_inc(gauge))
#define nprom_gauge32_dec(gauge) NPROM_NOT_(nprom_gauge32_dec(gauge))
#define nprom_gauge32_inc_by(gauge, amount) NPROM_NOT_(nprom_gauge32_inc_by(gauge, amount))
#define nprom_gauge32_dec_by(gauge, amount) NPROM_NOT_(nprom_gauge32_dec_by(gauge, amount))
#define nprom_histogram_observe(histogram, value) \
    NPROM_NOT_(nprom_histogram_observe(histogram, value))
#define nprom_int_histogram_observe(histogram, ticks) \
    NPROM_NOT_(nprom_int_histogram_observe(histogram, ticks))
#define nprom_histogram32_observe(histogram, ticks) \
    NPROM_NOT_(nprom_histogram32_observe(histogram, ticks))
#define nprom_summary_observe(summary, value) NPROM_NOT_(nprom_summary_observe(summary, value))
#define nprom_untyped_set(untyped, value) NPROM_NOT_(nprom_untyped_set(untyped, value))
#define nprom_state_set_set(set, state) \
    (0 ? nprom_state_set_set(set, state) : nprom_inline_ok_())
#define nprom_state_set_turn(set, state, on) \
    (0 ? nprom_state_set_turn(set, state, on) : nprom_inline_ok_())
#endif

/* ---- Timers, work in progress, errors ----------------------------------------------------------- */

#include "nprom_guards.h"

#ifdef __cplusplus
}
#endif

#endif
