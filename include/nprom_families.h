/*
 * Part of nanoprom.h: families, metrics with labels.
 *
 *     NPROM_DEFINE_COUNTER_FAMILY(responses, 16, 48, "method", "code");
 *
 *     nprom_counter_t *child;
 *     int32_t status = nprom_counter_family_labels_str(&responses, NPROM_VALUES("GET", "200"), &child);
 *     nprom_counter_inc(child);
 *
 * with the row NPROM_COUNTER_FAMILY(&responses, "http_responses_total", "Responses by method and code."). A
 * child stays where it is for ever: keep the pointer to save the look-up. Label values are copied, and escaped
 * where the page needs it. Where there is no room the child is null, which updates ignore, and
 * nanoprom_series_refused_total on the page counts it.
 */
#ifndef NPROM_FAMILIES_H
#define NPROM_FAMILIES_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

/* ---- Their memory, static ------------------------------------------------------------------------ */

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
                         NPROM_OF_TYPE_(const double, bounds), NPROM_COUNT_(bounds), 1, 0, series, text, \
                         __VA_ARGS__)

/* The same for histograms of ticks; `bounds` is an array: static const uint32_t bounds[] = {…}; */
#define NPROM_DEFINE_INT_HISTOGRAM_FAMILY(name, ticks_per_unit, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, int_histogram, nprom_cell64_t cell[2 + NPROM_COUNT_(bounds)], \
                         NPROM_OF_TYPE_(const uint32_t, bounds), NPROM_COUNT_(bounds), \
                         ticks_per_unit, 0, series, text, __VA_ARGS__)
#define NPROM_DEFINE_HISTOGRAM32_FAMILY(name, ticks_per_unit, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, histogram32, nprom_cell64_t cell[NPROM_CELLS32_(bounds)], \
                         NPROM_OF_TYPE_(const uint32_t, bounds), NPROM_COUNT_(bounds), \
                         ticks_per_unit, 0, series, text, __VA_ARGS__)

/*
 * The same families, which give the child whose label values are all "other" where they would refuse new
 * labels: NPROM_DEFINE_FAMILY_OR_OTHER(counter, responses, 16, 48, "method", "code"). Refusals are
 * counted. One of the `series`, and text for it, is kept back for that child; nprom_check sees that there
 * is enough. Only a wrong number of values and wrong names still fail.
 */
#define NPROM_DEFINE_FAMILY_OR_OTHER(type, name, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, type, nprom_##type##_t cell, 0, 0, 1, &nprom_overflow_other, series, \
                         text, __VA_ARGS__)
#define NPROM_DEFINE_HISTOGRAM_FAMILY_OR_OTHER(name, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, histogram, nprom_cell64_t cell[2 + NPROM_COUNT_(bounds)], \
                         NPROM_OF_TYPE_(const double, bounds), NPROM_COUNT_(bounds), 1, \
                         &nprom_overflow_other, series, text, __VA_ARGS__)
#define NPROM_DEFINE_INT_HISTOGRAM_FAMILY_OR_OTHER(name, ticks_per_unit, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, int_histogram, nprom_cell64_t cell[2 + NPROM_COUNT_(bounds)], \
                         NPROM_OF_TYPE_(const uint32_t, bounds), NPROM_COUNT_(bounds), \
                         ticks_per_unit, &nprom_overflow_other, series, text, __VA_ARGS__)
#define NPROM_DEFINE_HISTOGRAM32_FAMILY_OR_OTHER(name, ticks_per_unit, bounds, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, histogram32, nprom_cell64_t cell[NPROM_CELLS32_(bounds)], \
                         NPROM_OF_TYPE_(const uint32_t, bounds), NPROM_COUNT_(bounds), \
                         ticks_per_unit, &nprom_overflow_other, series, text, __VA_ARGS__)

#define NPROM_DEFINE_CELL_FAMILY_(name, type, series, text, ...) \
    NPROM_DEFINE_FAMILY_(name, type, nprom_##type##_t cell, 0, 0, 1, 0, series, text, __VA_ARGS__)
#define NPROM_DEFINE_FAMILY_(name, type, cell_, bounds_, bound_count_, ticks_per_unit_, overflow_, \
                             series, text_, ...) \
    static const nprom_label_name_t name##_names_[] = {NPROM_LABEL_NAMES_(__VA_ARGS__)}; \
    NPROM_STORAGE static struct { \
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
        name##_memory_.records, name##_memory_.text, name##_names_, (bounds_), (overflow_), \
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
 * They find or add the child with these label values, see nprom_family_labels; `…_labels_by_name` and
 * `…_labels_by_name_str` take the labels' names too, in any order, see nprom_family_labels_by_name. Where
 * a child is refused, `*child_out` is null, which every update accepts and ignores. A child that is a
 * histogram is a small handle, given by value (nprom_histogram_t *child_out); refused, it has no cells.
 */
#define NPROM_FAMILY_OF_(type, child_t, give) \
    typedef struct nprom_##type##_family_t { \
        nprom_family_t family; \
    } nprom_##type##_family_t; \
    NPROM_LABELS_OF_(type, family, child_t, give)

/* What finds children of an `nprom_<type>_<sort>_t`, whose first member is the nprom_family_t. */
#define NPROM_LABELS_OF_(type, sort, child_t, give) \
    NPROM_LABELS_BY_(type, sort, child_t, give, labels, const nprom_str_t *) \
    NPROM_LABELS_BY_(type, sort, child_t, give, labels_str, const char *const *) \
    NPROM_LABELS_BY_(type, sort, child_t, give, labels_by_name, const nprom_str_t *) \
    NPROM_LABELS_BY_(type, sort, child_t, give, labels_by_name_str, const char *const *)
#define NPROM_LABELS_BY_(type, sort, child_t, give, verb, values_t) \
    static inline int32_t nprom_##type##_##sort##_##verb(const nprom_##type##_##sort##_t *family, \
                                                         values_t values, size_t count, \
                                                         child_t *child_out) { \
        void *cell = 0; \
        int32_t status = NPROM_OK; \
        if (!child_out) \
            return NPROM_ERR_NULL; \
        NPROM_UNLESS_DISABLED_(status = nprom_##sort##_##verb((const nprom_##sort##_t *)family, values, \
                                                              count, &cell)); \
        give(type, child_out, (const nprom_family_t *)family, cell); \
        return status; \
    }

#ifdef NPROM_DISABLED
#define NPROM_UNLESS_DISABLED_(work) (void)family, (void)values, (void)count
#else
#define NPROM_UNLESS_DISABLED_(work) work
#endif

/* Give out a child with that memory, which is null where it was refused: a pointer to it, or a handle by value. */
#define NPROM_GIVE_CELL_(type, out, of, memory) *(out) = (nprom_##type##_t *)(memory)
#define NPROM_GIVE_HISTOGRAM_(type, out, of, memory) NPROM_SET_HISTOGRAM_(out, double, of, memory)
#define NPROM_GIVE_TICKS_(type, out, of, memory) \
    do { \
        NPROM_SET_HISTOGRAM_(out, uint32_t, of, memory); \
        (out)->ticks_per_unit = (memory) ? (of)->ticks_per_unit : 1; \
    } while (0)
#define NPROM_SET_HISTOGRAM_(histogram, bound_t, of, memory) \
    do { \
        (histogram)->bounds = (memory) ? (const bound_t *)(of)->bounds : 0; \
        (histogram)->cells = (nprom_cell64_t *)(memory); \
        (histogram)->bound_count = (memory) ? (of)->bound_count : 0; \
    } while (0)

NPROM_FAMILY_OF_(counter, nprom_counter_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(int_counter, nprom_int_counter_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(counter32, nprom_counter32_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(gauge, nprom_gauge_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(int_gauge, nprom_int_gauge_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(gauge32, nprom_gauge32_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(summary, nprom_summary_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(untyped, nprom_untyped_t *, NPROM_GIVE_CELL_)
NPROM_FAMILY_OF_(histogram, nprom_histogram_t, NPROM_GIVE_HISTOGRAM_)
NPROM_FAMILY_OF_(int_histogram, nprom_int_histogram_t, NPROM_GIVE_TICKS_)
NPROM_FAMILY_OF_(histogram32, nprom_histogram32_t, NPROM_GIVE_TICKS_)

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

/* ---- Size, labels and memory known only at run time --------------------------------------------- */

/*
 *     static nprom_counter_family_t frames;
 *     static const nprom_metric_t rows[] = {
 *         NPROM_COUNTER_FAMILY(&frames, "frames_total", "Frames sent."),
 *     };
 *
 *     frames = nprom_counter_family_of(names, name_count, series, 48);
 *     size_t size = nprom_family_size(&frames.family);
 *     int32_t status = nprom_family_init(&frames.family, malloc(size), size);
 *
 * Each nprom_..._family_of describes a family of up to `series` children, with `text` bytes of label text for
 * each on average; nprom_family_init judges it, and gives it its memory. After that it is as one of
 * NPROM_DEFINE_COUNTER_FAMILY. Before that it must not be on a page; calls on it give NPROM_ERR_NULL.
 *
 * Set the member `family.overflow` to &nprom_overflow_other before nprom_family_size for one that gives its
 * child "other" where it would refuse new labels.
 *
 * Label names are made by nprom_label_name_init, or constants: NPROM_LABEL_NAMES("method", "code") is
 * what stands in the braces of an array of nprom_label_name_t.
 */
#define NPROM_LABEL_NAMES(...) NPROM_LABEL_NAMES_(__VA_ARGS__)

/* What does not fit into a member is what nprom_family_init refuses. */
static inline uint16_t nprom_inline_u16_(size_t number) {
    return number > UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

/* What all families have. */
static inline nprom_family_t nprom_inline_family_(const nprom_kind_t *kind, size_t cell_size,
                                                  const nprom_label_name_t *names,
                                                  size_t label_count, uint32_t series,
                                                  uint32_t text) {
    nprom_family_t family = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    uint64_t text_size = (uint64_t)series * text;
    family.kind = kind;
    family.names = names;
    family.capacity = series;
    family.text_size = text_size > UINT32_MAX ? UINT32_MAX : (uint32_t)text_size;
    family.cell_size = nprom_inline_u16_(cell_size);
    family.label_count = nprom_inline_u16_(label_count);
    return family;
}

/* nprom_counter_family_of(names, label_count, series, text) and its sisters. */
#define NPROM_FAMILY_OF_SIZE_(type) \
    static inline nprom_##type##_family_t nprom_##type##_family_of( \
        const nprom_label_name_t *names, size_t label_count, uint32_t series, uint32_t text) { \
        nprom_##type##_family_t described; \
        described.family = \
            nprom_inline_family_(&nprom_kind_##type##_family, sizeof(nprom_##type##_t), names, \
                                 label_count, series, text); \
        return described; \
    }
NPROM_FAMILY_OF_SIZE_(counter)
NPROM_FAMILY_OF_SIZE_(int_counter)
NPROM_FAMILY_OF_SIZE_(counter32)
NPROM_FAMILY_OF_SIZE_(gauge)
NPROM_FAMILY_OF_SIZE_(int_gauge)
NPROM_FAMILY_OF_SIZE_(gauge32)
NPROM_FAMILY_OF_SIZE_(summary)
NPROM_FAMILY_OF_SIZE_(untyped)

/* The same for histograms, whose bounds all children share. */
static inline nprom_histogram_family_t nprom_histogram_family_of(
    const double *bounds, size_t bound_count, const nprom_label_name_t *names, size_t label_count,
    uint32_t series, uint32_t text) {
    nprom_histogram_family_t described;
    described.family =
        nprom_inline_family_(&nprom_kind_histogram_family,
                             ((size_t)nprom_inline_u16_(bound_count) + 2) * sizeof(nprom_cell64_t),
                             names, label_count, series, text);
    described.family.bounds = bounds;
    described.family.bound_count = nprom_inline_u16_(bound_count);
    return described;
}

/* And for histograms of ticks, of which `ticks_per_unit` make one unit of the page. */
#define NPROM_TICKS_FAMILY_OF_SIZE_(type, cells) \
    static inline nprom_##type##_family_t nprom_##type##_family_of( \
        uint32_t ticks_per_unit, const uint32_t *bounds, size_t bound_count, \
        const nprom_label_name_t *names, size_t label_count, uint32_t series, uint32_t text) { \
        size_t count = nprom_inline_u16_(bound_count); \
        nprom_##type##_family_t described; \
        described.family = \
            nprom_inline_family_(&nprom_kind_##type##_family, (cells) * sizeof(nprom_cell64_t), \
                                 names, label_count, series, text); \
        described.family.bounds = bounds; \
        described.family.bound_count = (uint16_t)count; \
        described.family.ticks_per_unit = ticks_per_unit; \
        return described; \
    }
NPROM_TICKS_FAMILY_OF_SIZE_(int_histogram, count + 2)
NPROM_TICKS_FAMILY_OF_SIZE_(histogram32, 1 + (count + 2) / 2)

#endif
