/*
 * Part of nanoprom.h: counters and histograms with exemplars, such as the trace of the last request.
 *
 *     NPROM_DEFINE_EXEMPLAR_COUNTER(requests, 64);
 *     NPROM_DEFINE_EXEMPLAR_HISTOGRAM(latency, 64, 0.1, 0.5, 1);
 *     ...
 *     NPROM_EXEMPLAR_COUNTER(&requests, "http_requests_total", "Requests served."),
 *     NPROM_EXEMPLAR_HISTOGRAM(&latency, "http_request_duration_seconds", "Time to answer, in seconds."),
 *     ...
 *     nprom_exemplar_counter_inc_by_str(&requests, 1, NPROM_VALUES("trace_id", id), NPROM_NO_TIMESTAMP);
 *     nprom_counter_inc(requests.counter);
 *     nprom_histogram_observe(&latency.histogram, 0.2);
 *
 * Labels are names and values that follow each other; they are copied. An exemplar replaces the one before,
 * from any thread and interrupt handler; a reader sees one of them whole, or none.
 *
 * Only OpenMetrics has exemplars. Readers with scratch memory show them, others leave them out whole;
 * nprom_encode and nprom_encode_buffer bring their own on hosts. These metrics have a creation time, too.
 */
#ifndef NPROM_EXEMPLARS_H
#define NPROM_EXEMPLARS_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

/* An exemplar without a time. */
#define NPROM_NO_TIMESTAMP __builtin_nan("")

extern const nprom_kind_t nprom_kind_exemplar_counter, nprom_kind_exemplar_counter_family;
extern const nprom_kind_t nprom_kind_exemplar_histogram, nprom_kind_exemplar_histogram_family;

/* ---- Their memory, static ------------------------------------------------------------------------ */

/* Words of an exemplar with so much label text. */
#define NPROM_EXEMPLAR_WORDS_(text) (6 + NPROM_LABEL_TEXT_(text) / 4)

/*
 * A counter with an exemplar of up to `text` bytes of label text, a multiple of 8:
 * {trace_id="4bf92f35"} takes 21. It defines static objects: 48 bytes and the text, and the handle `name`.
 */
#define NPROM_DEFINE_EXEMPLAR_COUNTER(name, text) \
    NPROM_STORAGE static struct { \
        nprom_created_counter_t cell; \
        uint32_t exemplar[NPROM_EXEMPLAR_WORDS_(text)]; \
    } name##_memory_; \
    static const nprom_exemplar_counter_t name = {&name##_memory_.cell.counter, \
                                                  NPROM_LABEL_TEXT_(text)}

/*
 * A histogram with an exemplar in each bucket; each takes 24 bytes and its text. It defines static
 * objects: the bounds, the memory, and the handle `name`.
 */
#define NPROM_DEFINE_EXEMPLAR_HISTOGRAM(name, text, ...) \
    static const double name##_bounds_[] = {__VA_ARGS__}; \
    NPROM_STORAGE static struct { \
        nprom_cell64_t cells[3 + NPROM_COUNT_(name##_bounds_)]; \
        uint32_t exemplars[(1 + NPROM_COUNT_(name##_bounds_)) * NPROM_EXEMPLAR_WORDS_(text)]; \
    } name##_memory_; \
    static const nprom_exemplar_histogram_t name = { \
        {name##_bounds_, name##_memory_.cells, (uint32_t)NPROM_COUNT_(name##_bounds_)}, \
        NPROM_LABEL_TEXT_(text)}

/* ---- Families and rows of them ------------------------------------------------------------------- */

/* See NPROM_DEFINE_COUNTER_FAMILY. */
#define NPROM_DEFINE_EXEMPLAR_COUNTER_FAMILY(name, exemplar_text, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, exemplar_counter, \
                         struct { nprom_created_counter_t cell; \
                                  uint32_t exemplar[NPROM_EXEMPLAR_WORDS_(exemplar_text)]; } cell, \
                         0, 0, 1, 0, series, text, __VA_ARGS__)
#define NPROM_DEFINE_EXEMPLAR_HISTOGRAM_FAMILY(name, exemplar_text, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, exemplar_histogram, \
                         struct { nprom_cell64_t cells[3 + NPROM_COUNT_(bounds)]; \
                                  uint32_t exemplars[(1 + NPROM_COUNT_(bounds)) * \
                                                     NPROM_EXEMPLAR_WORDS_(exemplar_text)]; } cell, \
                         NPROM_OF_TYPE_(const double, bounds), NPROM_COUNT_(bounds), 1, 0, series, text, \
                         __VA_ARGS__)

#define NPROM_EXEMPLAR_COUNTER(handle, name, help) \
    NPROM_HANDLE_ROW_(exemplar_counter, handle, name, help)
#define NPROM_EXEMPLAR_HISTOGRAM(handle, name, help) \
    NPROM_HANDLE_ROW_(exemplar_histogram, handle, name, help)
#define NPROM_EXEMPLAR_COUNTER_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(exemplar_counter, family, name, help)
#define NPROM_EXEMPLAR_HISTOGRAM_FAMILY(family, name, help) \
    NPROM_FAMILY_ROW_(exemplar_histogram, family, name, help)

/* Children, as those of other families. */
#define NPROM_GIVE_EXEMPLAR_(type, out, of, memory) \
    do { \
        (out)->counter = (nprom_counter_t *)(memory); \
        (out)->text_size = (memory) ? (uint32_t)(of)->cell_size - 48 : 0; \
    } while (0)
#define NPROM_GIVE_EXEMPLARS_(type, out, of, memory) \
    do { \
        uint32_t bounds_ = (memory) ? (of)->bound_count : 0; \
        NPROM_SET_HISTOGRAM_(&(out)->histogram, double, of, memory); \
        (out)->text_size = (memory) ? ((of)->cell_size - 8 * (bounds_ + 3)) / (bounds_ + 1) - 24 : 0; \
    } while (0)
NPROM_FAMILY_OF_(exemplar_counter, nprom_exemplar_counter_t, NPROM_GIVE_EXEMPLAR_)
NPROM_FAMILY_OF_(exemplar_histogram, nprom_exemplar_histogram_t, NPROM_GIVE_EXEMPLARS_)

/* ---- Updates switched off ----------------------------------------------------------------------- */

#ifdef NPROM_DISABLED
#define nprom_exemplar_counter_inc_by(counter, amount, labels, count, timestamp) \
    (0 ? nprom_exemplar_counter_inc_by(counter, amount, labels, count, timestamp) : nprom_inline_ok_())
#define nprom_exemplar_histogram_observe(histogram, value, labels, count, timestamp) \
    (0 ? nprom_exemplar_histogram_observe(histogram, value, labels, count, timestamp) \
       : nprom_inline_ok_())
/* NPROM_VALUES is two arguments, but not yet when these are expanded. */
#define nprom_exemplar_counter_inc_by_str(...) \
    (0 ? nprom_exemplar_counter_inc_by_str(__VA_ARGS__) : nprom_inline_ok_())
#define nprom_exemplar_histogram_observe_str(...) \
    (0 ? nprom_exemplar_histogram_observe_str(__VA_ARGS__) : nprom_inline_ok_())
#endif

#endif
