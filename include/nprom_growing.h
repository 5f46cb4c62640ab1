/*
 * Part of nanoprom_host.h: families whose series lie on the heap, for label values that nobody can count
 * beforehand.
 *
 *     static nprom_counter_growing_t users;
 *     static const nprom_label_name_t names[] = {NPROM_LABEL_NAMES("user")};
 *     static const nprom_metric_t rows[] = {
 *         NPROM_COUNTER_GROWING(&users, "requests_total", "Requests by user."),
 *     };
 *
 *     int32_t status = nprom_counter_growing_init(&users, names, 1, 100000);
 *     nprom_counter_t *child;
 *     nprom_counter_growing_labels_str(&users, NPROM_VALUES("ada"), &child);
 *     nprom_counter_inc(child);
 *     ...
 *     nprom_growing_free(&users.growing);
 *
 * Children never move, and stay valid until the family is freed; a child that is found takes no lock. To add
 * or remove one takes a lock, and to add one memory. A series of a counter with two short labels takes
 * about 100 bytes. Not for signal handlers.
 */
#ifndef NPROM_GROWING_H
#define NPROM_GROWING_H

#ifndef NANOPROM_HOST_H
#error "include nanoprom_host.h, which includes this file"
#endif

/* A family that grows: all zeros before it is made and after it is freed, when it shows nothing. */
typedef struct nprom_growing_t {
    nprom_family_t family;
} nprom_growing_t;

/*
 * Makes a family like the one described (nprom_counter_family_of), with at most `most` children; 0 is as
 * many as there may be, 1048574. Call it before the family is used; the typed ones below do so. Returns
 * NPROM_OK, or what nprom_family_init returns, NPROM_ERR_TABLE also for children with exemplars or creation times;
 * the family is unchanged then,
 * and nprom_host_message says why.
 */
int32_t nprom_growing_init(nprom_growing_t *family, const nprom_family_t *described, uint32_t most);

/*
 * A family whose member `family.overflow` is set to &nprom_overflow_other, in what describes it or behind
 * nprom_growing_init before the first child, gives its child "other" where it would refuse new labels:
 *
 *     users.growing.family.overflow = &nprom_overflow_other;
 *
 * That child is one of `most`, and has its memory before all others. See NPROM_DEFINE_FAMILY_OR_OTHER.
 */

/* Frees all children. Nobody uses them or the family, and no page with it is being read. Null is ignored. */
void nprom_growing_free(nprom_growing_t *family);

/*
 * Finds the child with these label values, or adds it at 0; as nprom_family_labels. Returns NPROM_ERR_FULL
 * where there are as many as there may be, and where there is no memory, unless there is a child "other".
 * Prefer the typed ones below.
 */
int32_t nprom_growing_labels(const nprom_growing_t *family, const nprom_str_t *values, size_t count,
                             void **cell_out);
int32_t nprom_growing_labels_str(const nprom_growing_t *family, const char *const *values, size_t count,
                                 void **cell_out);

/* The same with the labels' names, in any order; as nprom_family_labels_by_name. */
int32_t nprom_growing_labels_by_name(const nprom_growing_t *family, const nprom_str_t *labels, size_t count,
                                     void **cell_out);
int32_t nprom_growing_labels_by_name_str(const nprom_growing_t *family, const char *const *labels,
                                         size_t count, void **cell_out);

/* Takes the child with these label values off the page and sets it to 0; as nprom_family_remove. */
int32_t nprom_growing_remove(const nprom_growing_t *family, const nprom_str_t *values, size_t count);
int32_t nprom_growing_remove_str(const nprom_growing_t *family, const char *const *values, size_t count);
int32_t nprom_growing_remove_by_name(const nprom_growing_t *family, const nprom_str_t *labels, size_t count);
int32_t nprom_growing_remove_by_name_str(const nprom_growing_t *family, const char *const *labels,
                                         size_t count);

/* Removes all children whose label values are those of the pattern; as nprom_family_remove_matching. */
int32_t nprom_growing_remove_matching(const nprom_growing_t *family, const nprom_str_t *pattern, size_t count,
                                      uint32_t *removed_out);
int32_t nprom_growing_remove_matching_str(const nprom_growing_t *family, const char *const *pattern,
                                          size_t count, uint32_t *removed_out);

/* Takes all children off the page. */
void nprom_growing_clear(const nprom_growing_t *family);

/* Returns how many times a new child was refused. */
uint64_t nprom_growing_refused(const nprom_growing_t *family);

/*
 * Families by the type of their children, and for each:
 *
 *     int32_t nprom_counter_growing_init(nprom_counter_growing_t *family,
 *                                        const nprom_label_name_t *names, size_t label_count,
 *                                        uint32_t most);
 *     int32_t nprom_counter_growing_labels(const nprom_counter_growing_t *family,
 *                                          const nprom_str_t *values, size_t count,
 *                                          nprom_counter_t **child_out);
 *
 * and …_labels_str, …_labels_by_name, …_labels_by_name_str. Histograms have their bounds in front of the names,
 * and their children by value.
 */
#define NPROM_GROWING_OF_(type, child_t, give) \
    extern const nprom_kind_t nprom_kind_##type##_growing; \
    typedef struct nprom_##type##_growing_t { \
        nprom_growing_t growing; \
    } nprom_##type##_growing_t; \
    NPROM_LABELS_OF_(type, growing, child_t, give)

#define NPROM_CELL_GROWING_OF_(type) \
    NPROM_GROWING_OF_(type, nprom_##type##_t *, NPROM_GIVE_CELL_) \
    static inline int32_t nprom_##type##_growing_init( \
        nprom_##type##_growing_t *family, const nprom_label_name_t *names, size_t label_count, \
        uint32_t most) { \
        nprom_##type##_family_t described = nprom_##type##_family_of(names, label_count, 1, 0); \
        return family ? nprom_growing_init(&family->growing, &described.family, most) : NPROM_ERR_NULL; \
    }
NPROM_CELL_GROWING_OF_(counter)
NPROM_CELL_GROWING_OF_(int_counter)
NPROM_CELL_GROWING_OF_(counter32)
NPROM_CELL_GROWING_OF_(gauge)
NPROM_CELL_GROWING_OF_(int_gauge)
NPROM_CELL_GROWING_OF_(gauge32)
NPROM_CELL_GROWING_OF_(summary)
NPROM_CELL_GROWING_OF_(untyped)

NPROM_GROWING_OF_(histogram, nprom_histogram_t, NPROM_GIVE_HISTOGRAM_)
static inline int32_t nprom_histogram_growing_init(nprom_histogram_growing_t *family,
                                                   const double *bounds, size_t bound_count,
                                                   const nprom_label_name_t *names,
                                                   size_t label_count, uint32_t most) {
    nprom_histogram_family_t described =
        nprom_histogram_family_of(bounds, bound_count, names, label_count, 1, 0);
    return family ? nprom_growing_init(&family->growing, &described.family, most) : NPROM_ERR_NULL;
}

#define NPROM_TICKS_GROWING_OF_(type) \
    NPROM_GROWING_OF_(type, nprom_##type##_t, NPROM_GIVE_TICKS_) \
    static inline int32_t nprom_##type##_growing_init( \
        nprom_##type##_growing_t *family, uint32_t ticks_per_unit, const uint32_t *bounds, \
        size_t bound_count, const nprom_label_name_t *names, size_t label_count, uint32_t most) { \
        nprom_##type##_family_t described = nprom_##type##_family_of( \
            ticks_per_unit, bounds, bound_count, names, label_count, 1, 0); \
        return family ? nprom_growing_init(&family->growing, &described.family, most) : NPROM_ERR_NULL; \
    }
NPROM_TICKS_GROWING_OF_(int_histogram)
NPROM_TICKS_GROWING_OF_(histogram32)

/* Rows of a table, as NPROM_COUNTER_FAMILY. */
#define NPROM_GROWING_ROW_(type, family, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(nprom_##type##_growing_t, family), nprom_kind_##type##_growing)
#define NPROM_COUNTER_GROWING(family, name, help) NPROM_GROWING_ROW_(counter, family, name, help)
#define NPROM_INT_COUNTER_GROWING(family, name, help) NPROM_GROWING_ROW_(int_counter, family, name, help)
#define NPROM_COUNTER32_GROWING(family, name, help) NPROM_GROWING_ROW_(counter32, family, name, help)
#define NPROM_GAUGE_GROWING(family, name, help) NPROM_GROWING_ROW_(gauge, family, name, help)
#define NPROM_INT_GAUGE_GROWING(family, name, help) NPROM_GROWING_ROW_(int_gauge, family, name, help)
#define NPROM_GAUGE32_GROWING(family, name, help) NPROM_GROWING_ROW_(gauge32, family, name, help)
#define NPROM_SUMMARY_GROWING(family, name, help) NPROM_GROWING_ROW_(summary, family, name, help)
#define NPROM_UNTYPED_GROWING(family, name, help) NPROM_GROWING_ROW_(untyped, family, name, help)
#define NPROM_HISTOGRAM_GROWING(family, name, help) NPROM_GROWING_ROW_(histogram, family, name, help)
#define NPROM_INT_HISTOGRAM_GROWING(family, name, help) \
    NPROM_GROWING_ROW_(int_histogram, family, name, help)
#define NPROM_HISTOGRAM32_GROWING(family, name, help) NPROM_GROWING_ROW_(histogram32, family, name, help)

#endif
