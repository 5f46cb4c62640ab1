/* Misuse of families: null, wrong numbers of labels, text that is none, no room. */
#include "misuse.h"
#include <stdlib.h>

static const double bounds[] = {1, 2};
static const uint32_t ticks[] = {1, 2};
NPROM_DEFINE_COUNTER_FAMILY(counters, 2, 40, "a", "b");
NPROM_DEFINE_HISTOGRAM_FAMILY(histograms, bounds, 1, 40, "a");
NPROM_DEFINE_HISTOGRAM32_FAMILY(histograms32, 1000, ticks, 1, 40, "a");

static void null_families_and_values(void) {
    static const nprom_str_t two[] = {{NULL, 0}, {"x", 1}};
    static const nprom_str_t four[] = {{"a", 1}, {"1", 1}, {"b", 1}, {"2", 1}};
    const char *const with_null[] = {NULL, "x"};
    uint32_t removed = 9;
    void *cell = &cell;
    nprom_counter_t *child, *same;
    nprom_histogram_t handle;
    ROW(nprom_family_labels(NULL, two, 2, &cell), NPROM_ERR_NULL);
    ROW(cell == NULL, 1);
    ROW(nprom_family_labels(&counters.family, two, 2, NULL), NPROM_ERR_NULL);
    ROW(nprom_family_labels(&counters.family, NULL, 2, &cell), NPROM_ERR_NULL);
    ROW(nprom_family_labels_str(NULL, NPROM_VALUES("a", "b"), &cell), NPROM_ERR_NULL);
    ROW(nprom_family_labels_str(&counters.family, NULL, 2, &cell), NPROM_ERR_NULL);
    ROW(nprom_family_labels_str(&counters.family, NPROM_VALUES("a", "b"), NULL), NPROM_ERR_NULL);
    ROW(nprom_counter_family_labels(&counters, NULL, 2, &child), NPROM_ERR_NULL);
    ROW(nprom_counter_family_labels(&counters, two, 2, NULL), NPROM_ERR_NULL);
    ROW(nprom_counter_family_labels(NULL, two, 2, &child), NPROM_ERR_NULL);
    ROW(child == NULL, 1);
    ROW(nprom_counter_family_labels_by_name_str(NULL, NPROM_VALUES("a", "1", "b", "2"), &child), NPROM_ERR_NULL);
    ROW(nprom_histogram_family_labels(NULL, two, 1, &handle), NPROM_ERR_NULL);
    ROW(handle.cells == NULL && handle.bound_count == 0, 1);
    ROW(nprom_histogram_family_labels(&histograms, two, 1, NULL), NPROM_ERR_NULL);
    ROW(nprom_histogram_family_labels(&histograms, NULL, 1, &handle), NPROM_ERR_NULL);
    ROW(nprom_family_remove(NULL, two, 2), NPROM_ERR_NULL);
    ROW(nprom_family_remove(&counters.family, NULL, 2), NPROM_ERR_NULL);
    ROW(nprom_family_remove_str(NULL, NPROM_VALUES("a", "b")), NPROM_ERR_NULL);
    ROW(nprom_family_remove_str(&counters.family, NULL, 2), NPROM_ERR_NULL);
    ROW(nprom_family_labels_by_name(NULL, four, 4, &cell), NPROM_ERR_NULL);
    ROW(nprom_family_labels_by_name(&counters.family, four, 4, NULL), NPROM_ERR_NULL);
    ROW(nprom_family_labels_by_name(&counters.family, NULL, 4, &cell), NPROM_ERR_NULL);
    ROW(nprom_family_labels_by_name_str(NULL, NPROM_VALUES("a", "1", "b", "2"), &cell), NPROM_ERR_NULL);
    ROW(nprom_family_labels_by_name_str(&counters.family, NULL, 4, &cell), NPROM_ERR_NULL);
    ROW(nprom_family_remove_by_name(NULL, four, 4), NPROM_ERR_NULL);
    ROW(nprom_family_remove_by_name(&counters.family, NULL, 4), NPROM_ERR_NULL);
    ROW(nprom_family_remove_by_name_str(NULL, NPROM_VALUES("a", "1", "b", "2")), NPROM_ERR_NULL);
    ROW(nprom_family_remove_by_name_str(&counters.family, NULL, 4), NPROM_ERR_NULL);
    ROW(nprom_family_remove_matching(NULL, two, 2, &removed), NPROM_ERR_NULL);
    ROW(removed, 0);
    ROW(nprom_family_remove_matching(&counters.family, NULL, 2, &removed), NPROM_ERR_NULL);
    ROW(nprom_family_remove_matching(&counters.family, two, 2, NULL), NPROM_ERR_NULL);
    ROW(nprom_family_remove_matching_str(NULL, NPROM_VALUES("a", NULL), &removed), NPROM_ERR_NULL);
    ROW(nprom_family_remove_matching_str(&counters.family, NULL, 2, &removed), NPROM_ERR_NULL);
    ROW(nprom_decimal(NULL, 1).len, 0);
    ROW(nprom_decimal_unsigned(NULL, 1).len, 0);
    ROW(nprom_family_refused(NULL), 0);
    nprom_family_clear(NULL);
    ROW(nprom_family_reclaim(NULL), 0);
    /* A null string is an empty one, in both forms. */
    ROW(nprom_counter_family_labels(&counters, two, 2, &child), NPROM_OK);
    ROW(nprom_counter_family_labels_str(&counters, with_null, 2, &same), NPROM_OK);
    ROW(child == same && child != NULL, 1);
    ROW(nprom_family_refused(&counters.family), 0);
}

/*
 * The typed functions of a family: without a place for the child, without values, and of a family that was never
 * made. A child that is refused is none.
 */
#define TYPED(type, child_t, is_none) \
    do { \
        static const nprom_str_t values[] = {{"a", 1}, {"b", 1}}; \
        static const nprom_##type##_family_t never_made; \
        child_t child; \
        ROW(nprom_##type##_family_labels(&never_made, values, 1, NULL), NPROM_ERR_NULL); \
        ROW(nprom_##type##_family_labels_str(&never_made, NPROM_VALUES("a"), NULL), NPROM_ERR_NULL); \
        ROW(nprom_##type##_family_labels_by_name(&never_made, values, 2, NULL), NPROM_ERR_NULL); \
        ROW(nprom_##type##_family_labels_by_name_str(&never_made, NPROM_VALUES("a", "b"), NULL), \
            NPROM_ERR_NULL); \
        ROW(nprom_##type##_family_labels(&never_made, values, 1, &child), NPROM_ERR_NULL); \
        ROW(is_none, 1); \
        ROW(nprom_##type##_family_labels_str(&never_made, NPROM_VALUES("a"), &child), NPROM_ERR_NULL); \
        ROW(nprom_##type##_family_labels_by_name(&never_made, values, 2, &child), NPROM_ERR_NULL); \
        ROW(nprom_##type##_family_labels_by_name_str(&never_made, NPROM_VALUES("a", "b"), &child), \
            NPROM_ERR_NULL); \
        ROW(is_none, 1); \
    } while (0)
#define TYPED_CELL(type) TYPED(type, nprom_##type##_t *, child == NULL)
#define TYPED_HANDLE(type, cells) TYPED(type, nprom_##type##_t, child.cells == NULL)

static void typed_functions(void) {
    TYPED_CELL(counter);
    TYPED_CELL(int_counter);
    TYPED_CELL(counter32);
    TYPED_CELL(gauge);
    TYPED_CELL(int_gauge);
    TYPED_CELL(gauge32);
    TYPED_CELL(summary);
    TYPED_CELL(untyped);
    TYPED_CELL(created_counter);
    TYPED_CELL(created_int_counter);
    TYPED_CELL(created_summary);
    TYPED_HANDLE(histogram, cells);
    TYPED_HANDLE(int_histogram, cells);
    TYPED_HANDLE(histogram32, cells);
    TYPED_HANDLE(created_histogram, histogram.cells);
    TYPED_HANDLE(exemplar_counter, counter);
    TYPED_HANDLE(exemplar_histogram, histogram.cells);
}

/* What describes a family takes anything: nprom_family_init judges. */
#define DESCRIBED(type, ...) \
    do { \
        nprom_##type##_family_t described = nprom_##type##_family_of(__VA_ARGS__); \
        ROW(nprom_family_size(&described.family), 0); \
        ROW(nprom_family_init(&described.family, memory, sizeof memory), NPROM_ERR_NULL); \
    } while (0)

static void described_of_nothing(void) {
    static uint64_t memory[200];
    static const nprom_label_name_t names[] = {NPROM_LABEL_NAMES("a")};
    DESCRIBED(counter, NULL, 1, 4, 24);
    DESCRIBED(int_counter, NULL, 1, 4, 24);
    DESCRIBED(counter32, NULL, 1, 4, 24);
    DESCRIBED(gauge, NULL, 1, 4, 24);
    DESCRIBED(int_gauge, NULL, 1, 4, 24);
    DESCRIBED(gauge32, NULL, 1, 4, 24);
    DESCRIBED(summary, NULL, 1, 4, 24);
    DESCRIBED(untyped, NULL, 1, 4, 24);
    DESCRIBED(histogram, NULL, 2, names, 1, 4, 24);
    DESCRIBED(int_histogram, 1, NULL, 2, names, 1, 4, 24);
    DESCRIBED(histogram32, 1, NULL, 2, names, 1, 4, 24);
}

/* What no family can be made of: each of these alone. */
static void wrong_sizes(void) {
    static uint64_t memory[200];
    static const double descending[] = {2, 1};
    static const nprom_label_name_t good[] = {NPROM_LABEL_NAMES("a", "b")};
    static const nprom_label_name_t twice[] = {NPROM_LABEL_NAMES("a", "a")};
    static const nprom_label_name_t no_name[] = {NPROM_LABEL_NAMES("a-b")};
    static const nprom_label_name_t reserved[] = {NPROM_LABEL_NAMES("le")};
    static nprom_counter_family_t made, never_made;
    static const nprom_metric_t never_rows[] = {NPROM_COUNTER_FAMILY(&never_made, "never_total", "")};
    static const nprom_group_t never_group = NPROM_GROUP_INIT(never_rows);
    const nprom_family_t wrong[] = {
        nprom_counter_family_of(good, 0, 4, 24).family,
        nprom_counter_family_of(good, 256, 4, 24).family,
        nprom_counter_family_of(good, 65537, 4, 24).family,
        nprom_counter_family_of(twice, 2, 4, 24).family,
        nprom_counter_family_of(no_name, 1, 4, 24).family,
        nprom_histogram_family_of(bounds, 2, reserved, 1, 4, 24).family,
        nprom_counter_family_of(good, 2, 0, 24).family,
        nprom_counter_family_of(good, 2, 1048575, 24).family,
        nprom_counter_family_of(good, 2, 4, UINT32_MAX).family,
        nprom_histogram_family_of(descending, 2, good, 2, 4, 24).family,
        nprom_histogram32_family_of(0, ticks, 2, good, 2, 4, 24).family,
        nprom_counter_family_of(NULL, 1, 4, 24).family,
        nprom_histogram_family_of(NULL, 2, good, 2, 4, 24).family,
    };
    const int32_t expected[] = {
        NPROM_ERR_LABEL_COUNT, NPROM_ERR_LABEL_COUNT, NPROM_ERR_LABEL_COUNT, NPROM_ERR_LABEL_NAME,
        NPROM_ERR_LABEL_NAME,  NPROM_ERR_LABEL_NAME,  NPROM_ERR_TABLE,       NPROM_ERR_TABLE,
        NPROM_ERR_TABLE,       NPROM_ERR_TABLE,       NPROM_ERR_TABLE,       NPROM_ERR_NULL,
        NPROM_ERR_NULL,
    };
    char fault[200], text[300];
    nprom_counter_t *child = NULL;
    nprom_label_name_t label = {NULL, 0};
    nprom_str_t name = {"abcde", 5}, bytes = {"\xff", 1}, wrong_name = {"a-b", 3}, null = {NULL, 5};
    nprom_str_t too_long = {text, 256};
    uint32_t removed = 9;
    size_t at, size;
    for (at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        nprom_family_t family = wrong[at];
        ROW(nprom_family_size(&family), 0);
        ROW(nprom_family_init(&family, memory, sizeof memory), expected[at]);
        ROW(family.head == NULL, 1);
    }
    made = nprom_counter_family_of(good, 2, 4, 24);
    size = nprom_family_size(&made.family);
    ROW(size > 0 && size < sizeof memory, 1);
    ROW(nprom_family_size(NULL), 0);
    ROW(nprom_family_size(&never_made.family), 0);
    ROW(nprom_family_init(NULL, memory, sizeof memory), NPROM_ERR_NULL);
    ROW(nprom_family_init(&never_made.family, memory, sizeof memory), NPROM_ERR_NULL);
    ROW(nprom_family_init(&made.family, NULL, sizeof memory), NPROM_ERR_NULL);
    ROW(nprom_family_init(&made.family, memory, size - 1), NPROM_ERR_BUFFER);
    ROW(nprom_family_init(&made.family, (char *)memory + 4, sizeof memory - 4), NPROM_ERR_BUFFER);
    /* Described and not yet made, or never described. */
    ROW(nprom_counter_family_labels_str(&made, NPROM_VALUES("x", "y"), &child), NPROM_ERR_NULL);
    ROW(child == NULL, 1);
    ROW(nprom_counter_family_labels_str(&never_made, NPROM_VALUES("x", "y"), &child), NPROM_ERR_NULL);
    ROW(nprom_family_remove_str(&made.family, NPROM_VALUES("x", "y")), NPROM_ERR_NULL);
    ROW(nprom_family_remove_matching_str(&made.family, NPROM_VALUES("x", NULL), &removed),
        NPROM_ERR_NULL);
    ROW(nprom_family_refused(&made.family), 0);
    nprom_family_clear(&made.family);
    ROW(nprom_family_reclaim(&made.family), 0);
    ROW(nprom_check(&never_group, fault, sizeof fault), NPROM_ERR_TABLE);
    ROW(strstr(fault, "is a family without memory") != NULL, 1);
    ROW(nprom_family_init(&made.family, memory, size), NPROM_OK);
    ROW(nprom_counter_family_labels_str(&made, NPROM_VALUES("x", "y"), &child), NPROM_OK);
    ROW(child != NULL, 1);

    memset(text, 'a', sizeof text);
    ROW(nprom_label_name_init(NULL, name, text, 9), NPROM_ERR_NULL);
    ROW(nprom_label_name_init(&label, name, NULL, 9), NPROM_ERR_NULL);
    ROW(nprom_label_name_init(&label, null, text, 9), NPROM_ERR_NULL);
    ROW(nprom_label_name_init(&label, name, fault, 8), NPROM_ERR_BUFFER);
    ROW(nprom_label_name_init(&label, bytes, fault, sizeof fault), NPROM_ERR_NOT_UTF8);
    ROW(nprom_label_name_init(&label, wrong_name, fault, sizeof fault), NPROM_ERR_LABEL_NAME);
    ROW(nprom_label_name_init(&label, too_long, fault, sizeof fault), NPROM_ERR_TOO_LONG);
    ROW(label.glue == NULL && label.len == 0, 1);
    ROW(nprom_label_name_init(&label, name, fault, 9), NPROM_OK);
    ROW(label.len == 9 && memcmp(label.glue, "\",abcde=\"", 9) == 0, 1);
}

static nprom_str_t str(const char *text, size_t len) {
    nprom_str_t value;
    value.data = text;
    value.len = len;
    return value;
}

static int32_t ask(nprom_str_t a, nprom_str_t b, nprom_counter_t **child) {
    nprom_str_t values[2];
    values[0] = a;
    values[1] = b;
    return nprom_counter_family_labels(&counters, values, 2, child);
}

static void refused_children(void) {
    /* Each is no UTF-8: a lone continuation, overlong, cut off, a surrogate, beyond the last character. */
    static const char *const not_utf8[] = {"\x80", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80",
                                           "\xf4\x90\x80\x80", "\xff", "plain\xff"};
    nprom_str_t good = str("x", 1);
    nprom_counter_t *child;
    uint32_t removed;
    uint64_t refused = nprom_family_refused(&counters.family);
    char *lengthy = (char *)malloc(70000);
    CHECK(lengthy != NULL);
    memset(lengthy, 'x', 70000);

    ROW(nprom_counter_family_labels_str(&counters, NPROM_VALUES("a"), &child), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_counter_family_labels_str(&counters, NPROM_VALUES("a", "b", "c"), &child),
        NPROM_ERR_LABEL_COUNT);
    ROW(nprom_counter_family_labels_str(&counters, NULL, 0, &child), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_family_remove_str(&counters.family, NPROM_VALUES("a")), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_family_remove_matching_str(&counters.family, NPROM_VALUES("a"), &removed),
        NPROM_ERR_LABEL_COUNT);
    ROW(nprom_family_remove_by_name_str(&counters.family, NPROM_VALUES("a", "1", "b")),
        NPROM_ERR_LABEL_COUNT);
    ROW(nprom_family_remove_by_name_str(&counters.family, NPROM_VALUES("a", "1", "A", "2")),
        NPROM_ERR_LABEL_NAME);
    ROW(nprom_counter_family_labels_by_name_str(&counters, NPROM_VALUES("a", "1", "b"), &child),
        NPROM_ERR_LABEL_COUNT);
    ROW(nprom_counter_family_labels_by_name_str(&counters, NPROM_VALUES("a", "1", "a", "2"), &child),
        NPROM_ERR_LABEL_NAME);
    ROW(child == NULL, 1);
    ROW(nprom_counter_family_labels_by_name_str(&counters, NPROM_VALUES("a", "1", "c", "2"), &child),
        NPROM_ERR_LABEL_NAME);
    ROW(nprom_counter_family_labels_by_name_str(&counters, NPROM_VALUES("a", "1", NULL, "2"), &child),
        NPROM_ERR_LABEL_NAME);
    refused += 3 + 4; /* for labels, not for remove */
    ROW(nprom_family_refused(&counters.family), refused);

    for (size_t i = 0; i < sizeof not_utf8 / sizeof not_utf8[0]; i++) {
        child = (nprom_counter_t *)lengthy;
        ROW(ask(good, str(not_utf8[i], strlen(not_utf8[i])), &child), NPROM_ERR_NOT_UTF8);
        ROW(child == NULL, 1);
        ROW(nprom_family_refused(&counters.family), ++refused);
    }
    ROW(ask(good, str(lengthy, 70000), &child), NPROM_ERR_TOO_LONG);
    ROW(child == NULL, 1);
    ROW(ask(good, str(lengthy, 65536), &child), NPROM_ERR_TOO_LONG);
    ROW(ask(good, str(lengthy, 65000), &child), NPROM_ERR_TEXT_FULL);
    ROW(ask(good, str(lengthy, 80), &child), NPROM_ERR_TEXT_FULL);
    ROW(nprom_family_refused(&counters.family), refused + 4);
    /* One child, {"", "x"}, is there: another one fits that leaves room in the 80 bytes of text. */
    ROW(ask(good, str(lengthy, 18), &child), NPROM_OK);
    ROW(nprom_counter_inc_by(child, 1), NPROM_OK);
    ROW(ask(good, good, &child), NPROM_ERR_FULL);
    ROW(child == NULL, 1);
    ROW(nprom_counter_inc_by(child, 1), NPROM_ERR_NULL);
    nprom_counter_inc(child);
    ROW(nprom_family_refused(&counters.family), refused + 5);
    /* What was there before is there still. */
    ROW(ask(str("", 0), good, &child), NPROM_OK);
    ROW(ask(good, str(lengthy, 18), &child), NPROM_OK);
    ROW(nprom_counter_get(child), 1);
    ROW(nprom_family_remove_str(&counters.family, NPROM_VALUES("never", "there")),
        NPROM_ERR_NOT_FOUND);
    ROW(nprom_family_remove_str(&counters.family, NPROM_VALUES("", "x")), NPROM_OK);
    ROW(nprom_family_remove_str(&counters.family, NPROM_VALUES("", "x")), NPROM_ERR_NOT_FOUND);
    nprom_family_clear(&counters.family);
    nprom_family_clear(&counters.family);
    ROW(nprom_family_refused(&counters.family), refused + 5);
    free(lengthy);
}

static void a_refused_histogram(void) {
    nprom_histogram_t child;
    uint64_t count = 9;
    ROW(nprom_histogram_family_labels_str(&histograms, NPROM_VALUES("a"), &child), NPROM_OK);
    nprom_histogram_observe(&child, 1.5);
    ROW(nprom_histogram_count(&child), 1);
    ROW(nprom_histogram_family_labels_str(&histograms, NPROM_VALUES("b"), &child), NPROM_ERR_FULL);
    nprom_histogram_observe(&child, 1.5);
    ROW(nprom_histogram_count(&child), 0);
    ROW(nprom_histogram_sum(&child), 0);
    ROW(nprom_histogram_bucket(&child, 0, &count) < 0, 1);
    ROW(nprom_family_refused(&histograms.family), 1);
}

static void a_refused_histogram_of_ticks(void) {
    nprom_histogram32_t child;
    uint64_t count = 9;
    ROW(nprom_histogram32_family_labels_str(&histograms32, NPROM_VALUES("a"), &child), NPROM_OK);
    ROW(child.ticks_per_unit, 1000);
    nprom_histogram32_observe(&child, 2);
    ROW(nprom_histogram32_bucket(&child, 1, &count), NPROM_OK);
    ROW(count, 1);
    ROW(nprom_histogram32_family_labels_str(&histograms32, NPROM_VALUES("b"), &child),
        NPROM_ERR_FULL);
    nprom_histogram32_observe(&child, 2);
    (nprom_histogram32_observe)(&child, 2);
    ROW(nprom_histogram32_count(&child), 0);
    ROW(nprom_histogram32_sum(&child), 0);
    ROW(nprom_histogram32_bucket(&child, 0, &count) < 0, 1);
    ROW(nprom_histogram32_family_labels_str(&histograms32, NPROM_VALUES("b"), NULL),
        NPROM_ERR_NULL);
}

int misuse_families(void) {
    statement("null families and null values", null_families_and_values);
    statement("typed functions without a child, values or a family", typed_functions);
    statement("families described without names or bounds", described_of_nothing);
    statement("sizes, names and memory that no family can have", wrong_sizes);
    statement("children refused: wrong count, invalid UTF-8, too long, no text, no room",
              refused_children);
    statement("a refused histogram ignores observations", a_refused_histogram);
    statement("a refused histogram of ticks ignores observations", a_refused_histogram_of_ticks);
    return test_result();
}
