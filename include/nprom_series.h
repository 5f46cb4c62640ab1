/*
 * Part of nanoprom.h: series whose labels are constants, for metrics that lie anywhere.
 *
 *     static struct { nprom_int_counter_t received, sent; } ports[2];
 *
 *     NPROM_DEFINE_SERIES(int_counter, frames, ("port", "direction"),
 *                         NPROM_SERIES(&ports[0].received, "0", "in"),
 *                         NPROM_SERIES(&ports[0].sent, "0", "out"),
 *                         NPROM_SERIES(&ports[1].received, "1", "in"),
 *                         NPROM_SERIES(&ports[1].sent, "1", "out"));
 *
 * with the row NPROM_INT_COUNTER_SERIES(&frames, "frames_total", "Frames received or sent."). The page shows
 * all of them from the beginning, in this order. Updates are those of the metric itself.
 *
 * Where labels are enums, the metrics are an array of them, and a child is found without a look-up:
 *
 *     enum method { GET, PUT, METHODS };
 *     static nprom_counter_t requests[METHODS];
 *
 *     NPROM_DEFINE_SERIES(counter, requests_by_method, ("method"),
 *                         NPROM_SERIES(&requests[GET], "GET"), NPROM_SERIES(&requests[PUT], "PUT"));
 *
 *     nprom_counter_inc(&requests[PUT]);
 */
#ifndef NPROM_SERIES_H
#define NPROM_SERIES_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

NPROM_ASSERT_(sizeof(nprom_series_t) == 3 * sizeof(void *) + 8, "series");

extern const nprom_kind_t nprom_kind_counter_series, nprom_kind_gauge_series;
extern const nprom_kind_t nprom_kind_histogram_series, nprom_kind_summary_series;
extern const nprom_kind_t nprom_kind_info_series, nprom_kind_state_set_series;
extern const nprom_kind_t nprom_kind_untyped_series;

/* The handles of functions: their type says which they are. */
typedef nprom_callback_t nprom_gauge_fn_t;
typedef nprom_callback_t nprom_counter_fn_t;

/*
 * Defines static constants: the label names, the rows, and the handle `name`. `type` is what stands between
 * nprom_ and _t in the metrics' type; besides, gauge_fn and counter_fn are series of nprom_callback_t. There are
 * 1 to 8 labels, in parentheses. The rows take 1 + 2 * labels words each in read-only memory. nprom_check
 * sees that no two have the same labels, and that none is without a value.
 */
#define NPROM_DEFINE_SERIES(type, name, labels, ...) \
    static const nprom_label_name_t name##_names_[] = {NPROM_LABEL_NAMES_ labels}; \
    static const struct { \
        const nprom_##type##_t *metric; \
        nprom_str_t values[NPROM_COUNT_(name##_names_)]; \
    } name##_rows_[] = {__VA_ARGS__}; \
    static const nprom_##type##_series_t name = { \
        {&nprom_kind_##type, name##_names_, name##_rows_, (uint32_t)NPROM_COUNT_(name##_rows_), \
         (uint32_t)NPROM_COUNT_(name##_names_)}}

/* One of them: a pointer to the metric, and the values of its labels, which are literals. */
#define NPROM_SERIES(metric, ...) \
    {(metric), \
     {NPROM_PICK_(__VA_ARGS__, NPROM_TEXTS8_, NPROM_TEXTS7_, NPROM_TEXTS6_, NPROM_TEXTS5_, \
                  NPROM_TEXTS4_, NPROM_TEXTS3_, NPROM_TEXTS2_, NPROM_TEXTS1_, 0)(__VA_ARGS__)}}
#define NPROM_TEXTS1_(a) {"" a, NPROM_LEN_(a, 65535)}
#define NPROM_TEXTS2_(a, b) NPROM_TEXTS1_(a), NPROM_TEXTS1_(b)
#define NPROM_TEXTS3_(a, b, c) NPROM_TEXTS2_(a, b), NPROM_TEXTS1_(c)
#define NPROM_TEXTS4_(a, b, c, d) NPROM_TEXTS3_(a, b, c), NPROM_TEXTS1_(d)
#define NPROM_TEXTS5_(a, b, c, d, e) NPROM_TEXTS4_(a, b, c, d), NPROM_TEXTS1_(e)
#define NPROM_TEXTS6_(a, b, c, d, e, f) NPROM_TEXTS5_(a, b, c, d, e), NPROM_TEXTS1_(f)
#define NPROM_TEXTS7_(a, b, c, d, e, f, g) NPROM_TEXTS6_(a, b, c, d, e, f), NPROM_TEXTS1_(g)
#define NPROM_TEXTS8_(a, b, c, d, e, f, g, h) NPROM_TEXTS7_(a, b, c, d, e, f, g), NPROM_TEXTS1_(h)

#define NPROM_SERIES_OF_(type) \
    typedef struct nprom_##type##_series_t { \
        nprom_series_t series; \
    } nprom_##type##_series_t;
NPROM_SERIES_OF_(counter)
NPROM_SERIES_OF_(int_counter)
NPROM_SERIES_OF_(counter32)
NPROM_SERIES_OF_(counter_fn)
NPROM_SERIES_OF_(gauge)
NPROM_SERIES_OF_(int_gauge)
NPROM_SERIES_OF_(gauge32)
NPROM_SERIES_OF_(gauge_fn)
NPROM_SERIES_OF_(histogram)
NPROM_SERIES_OF_(int_histogram)
NPROM_SERIES_OF_(histogram32)
NPROM_SERIES_OF_(summary)
NPROM_SERIES_OF_(untyped)
NPROM_SERIES_OF_(info)
NPROM_SERIES_OF_(state_set)

/* Their rows: pointer to the handle, name, help text. */
#define NPROM_SERIES_ROW_(type, kind, series, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_##type##_series_t, series), \
               nprom_kind_##kind##_series)

#define NPROM_COUNTER_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(counter, counter, series, name, help)
#define NPROM_INT_COUNTER_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(int_counter, counter, series, name, help)
#define NPROM_COUNTER32_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(counter32, counter, series, name, help)
#define NPROM_COUNTER_FN_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(counter_fn, counter, series, name, help)
#define NPROM_GAUGE_SERIES(series, name, help) NPROM_SERIES_ROW_(gauge, gauge, series, name, help)
#define NPROM_INT_GAUGE_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(int_gauge, gauge, series, name, help)
#define NPROM_GAUGE32_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(gauge32, gauge, series, name, help)
#define NPROM_GAUGE_FN_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(gauge_fn, gauge, series, name, help)
#define NPROM_HISTOGRAM_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(histogram, histogram, series, name, help)
#define NPROM_INT_HISTOGRAM_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(int_histogram, histogram, series, name, help)
#define NPROM_HISTOGRAM32_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(histogram32, histogram, series, name, help)
#define NPROM_SUMMARY_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(summary, summary, series, name, help)
#define NPROM_UNTYPED_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(untyped, untyped, series, name, help)
#define NPROM_INFO_SERIES(series, name, help) NPROM_SERIES_ROW_(info, info, series, name, help)
#define NPROM_STATE_SET_SERIES(series, name, help) \
    NPROM_SERIES_ROW_(state_set, state_set, series, name, help)

#endif
