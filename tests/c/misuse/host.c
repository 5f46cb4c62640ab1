/* The table of misuse for nanoprom_host.h: the server, text files, families that grow. */
#include "misuse.h"
#include <nanoprom_host.h>

static nprom_gauge_t gauge;
static const nprom_metric_t rows[] = {NPROM_GAUGE(&gauge, "gauge", "Help.")};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static void servers_and_files_of_nothing(void) {
    static const nprom_auth_t never_made;
    const nprom_serve_options_t options = {0, 0, 0, 0, &never_made, 0};
    nprom_server_t *server = (nprom_server_t *)&gauge;
    ROW(nprom_serve_start(NULL, "127.0.0.1:0", NULL, &server), NPROM_ERR_NULL);
    ROW(server == NULL, 1);
    ROW(nprom_serve_start(&group, "127.0.0.1:0", NULL, NULL), NPROM_ERR_NULL);
    ROW(nprom_serve_start(&group, "127.0.0.1:0", &options, &server), NPROM_ERR_NULL);
    ROW(nprom_serve_start(&group, "\xff", NULL, &server), NPROM_ERR_SYSTEM);
    ROW(nprom_serve_start(&group, "127.0.0.1:65536", NULL, &server), NPROM_ERR_SYSTEM);
    ROW(server == NULL, 1);
    ROW(nprom_serve_port(NULL), 0);
    nprom_serve_stop(NULL);
    ROW(nprom_write_textfile(NULL, "nothing.prom"), NPROM_ERR_NULL);
    ROW(nprom_write_textfile(&group, NULL), NPROM_ERR_NULL);
    ROW(nprom_write_textfile(&group, ""), NPROM_ERR_SYSTEM);
    ROW(nprom_write_textfile(&group, "/dev/null/nothing.prom"), NPROM_ERR_SYSTEM);
    ROW(strlen(nprom_host_message()) > 0, 1);
}

static const double bounds[] = {1, 2}, descending[] = {2, 1};
static const uint32_t ticks[] = {1, 2};
static const nprom_label_name_t names[] = {NPROM_LABEL_NAMES("a")};

static void families_that_do_not_grow(void) {
    static const nprom_label_name_t reserved[] = {NPROM_LABEL_NAMES("le")};
    static const nprom_str_t value[] = {{"x", 1}}, bytes[] = {{"\xff", 1}};
    static nprom_counter_growing_t counters;
    static nprom_histogram_growing_t histograms;
    nprom_counter_family_t described = nprom_counter_family_of(names, 1, 1, 0);
    nprom_counter_t *child = (nprom_counter_t *)&gauge;
    const nprom_str_t pair[] = {{"a", 1}, {"x", 1}}, other_pair[] = {{"b", 1}, {"x", 1}};
    uint32_t removed = 9;
    void *cell = &gauge;
    /* Never made. */
    ROW(nprom_growing_labels(&counters.growing, value, 1, &cell), NPROM_ERR_NULL);
    ROW(cell == NULL, 1);
    ROW(nprom_growing_labels_str(&counters.growing, NPROM_VALUES("x"), &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_by_name(&counters.growing, pair, 2, &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_by_name_str(&counters.growing, NPROM_VALUES("a", "x"), &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_remove(&counters.growing, value, 1), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_str(&counters.growing, NPROM_VALUES("x")), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_by_name(&counters.growing, pair, 2), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_by_name_str(&counters.growing, NPROM_VALUES("a", "x")), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_matching(&counters.growing, value, 1, &removed), NPROM_ERR_NULL);
    ROW(removed, 0);
    ROW(nprom_growing_remove_matching_str(&counters.growing, NPROM_VALUES("x"), &removed), NPROM_ERR_NULL);
    nprom_growing_clear(&counters.growing);
    ROW(nprom_growing_refused(&counters.growing), 0);
    nprom_growing_free(&counters.growing);
    nprom_growing_free(NULL);
    /* Not to be made. */
    ROW(nprom_growing_init(NULL, &described.family, 0), NPROM_ERR_NULL);
    ROW(nprom_growing_init(&counters.growing, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_counter_growing_init(&counters, names, 0, 0), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_histogram_growing_init(&histograms, bounds, 2, reserved, 1, 0), NPROM_ERR_LABEL_NAME);
    ROW(nprom_histogram_growing_init(&histograms, descending, 2, names, 1, 0), NPROM_ERR_TABLE);
    ROW(histograms.growing.family.kind == NULL, 1);
    /* Made, and with room for one. */
    ROW(nprom_counter_growing_init(&counters, names, 1, 1), NPROM_OK);
    ROW(nprom_growing_labels(NULL, value, 1, &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels(&counters.growing, NULL, 1, &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels(&counters.growing, value, 1, NULL), NPROM_ERR_NULL);
    ROW(nprom_growing_labels(&counters.growing, value, 2, &cell), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_growing_labels(&counters.growing, bytes, 1, &cell), NPROM_ERR_NOT_UTF8);
    ROW(nprom_growing_labels_str(NULL, NPROM_VALUES("x"), &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_str(&counters.growing, NULL, 1, &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_str(&counters.growing, NPROM_VALUES("x"), NULL), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_by_name(NULL, pair, 2, &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_by_name(&counters.growing, NULL, 2, &cell), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_by_name(&counters.growing, pair, 2, NULL), NPROM_ERR_NULL);
    ROW(nprom_growing_labels_by_name(&counters.growing, pair, 1, &cell), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_growing_labels_by_name(&counters.growing, other_pair, 2, &cell), NPROM_ERR_LABEL_NAME);
    ROW(nprom_growing_labels_by_name_str(&counters.growing, NPROM_VALUES(NULL, "x"), &cell),
        NPROM_ERR_LABEL_NAME);
    ROW(nprom_growing_labels_by_name_str(&counters.growing, NPROM_VALUES("a", "\xff"), &cell),
        NPROM_ERR_NOT_UTF8);
    ROW(cell == NULL, 1);
    ROW(nprom_growing_remove_by_name(NULL, pair, 2), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_by_name(&counters.growing, NULL, 2), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_by_name(&counters.growing, other_pair, 2), NPROM_ERR_LABEL_NAME);
    ROW(nprom_growing_remove_by_name_str(&counters.growing, NPROM_VALUES("a")), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_growing_remove_by_name_str(&counters.growing, NPROM_VALUES("a", "x")), NPROM_ERR_NOT_FOUND);
    ROW(nprom_growing_remove_matching(NULL, value, 1, &removed), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_matching(&counters.growing, NULL, 1, &removed), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_matching(&counters.growing, value, 1, NULL), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_matching(&counters.growing, value, 2, &removed), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_growing_remove_matching_str(&counters.growing, NPROM_VALUES("x"), NULL), NPROM_ERR_NULL);
    ROW(nprom_growing_remove(NULL, value, 1), NPROM_ERR_NULL);
    ROW(nprom_growing_remove(&counters.growing, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_growing_remove(&counters.growing, value, 0), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_growing_remove(&counters.growing, value, 1), NPROM_ERR_NOT_FOUND);
    ROW(nprom_growing_remove_str(NULL, NPROM_VALUES("x")), NPROM_ERR_NULL);
    ROW(nprom_growing_remove_str(&counters.growing, NPROM_VALUES("x", "y")), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_counter_growing_labels_str(&counters, NPROM_VALUES("x"), &child), NPROM_OK);
    ROW(child != NULL, 1);
    ROW(nprom_counter_growing_labels_str(&counters, NPROM_VALUES("y"), &child), NPROM_ERR_FULL);
    ROW(child == NULL, 1);
    ROW(nprom_growing_refused(&counters.growing), 7);
    ROW(nprom_growing_refused(NULL), 0);
    nprom_growing_clear(NULL);
    nprom_growing_free(&counters.growing);
    ROW(nprom_growing_labels(&counters.growing, value, 1, &cell), NPROM_ERR_NULL);
}

/* The typed functions: of no family, of one that was never made, without a place for the child. */
#define TYPED(type, child_t, is_none, ...) \
    do { \
        static nprom_##type##_growing_t never_made; \
        child_t child; \
        ROW(nprom_##type##_growing_init(NULL, __VA_ARGS__), NPROM_ERR_NULL); \
        ROW(nprom_##type##_growing_labels(&never_made, value, 1, NULL), NPROM_ERR_NULL); \
        ROW(nprom_##type##_growing_labels_str(&never_made, NPROM_VALUES("x"), NULL), NPROM_ERR_NULL); \
        ROW(nprom_##type##_growing_labels_by_name(&never_made, value, 1, NULL), NPROM_ERR_NULL); \
        ROW(nprom_##type##_growing_labels_by_name_str(&never_made, NPROM_VALUES("a", "x"), NULL), \
            NPROM_ERR_NULL); \
        ROW(nprom_##type##_growing_labels_by_name(&never_made, value, 1, &child), NPROM_ERR_NULL); \
        ROW(is_none, 1); \
        ROW(nprom_##type##_growing_labels_by_name_str(&never_made, NPROM_VALUES("a", "x"), &child), \
            NPROM_ERR_NULL); \
        ROW(nprom_##type##_growing_labels(&never_made, value, 1, &child), NPROM_ERR_NULL); \
        ROW(is_none, 1); \
        ROW(nprom_##type##_growing_labels_str(&never_made, NPROM_VALUES("x"), &child), NPROM_ERR_NULL); \
        ROW(is_none, 1); \
    } while (0)
#define TYPED_CELL(type) TYPED(type, nprom_##type##_t *, child == NULL, names, 1, 0)
#define TYPED_HANDLE(type, ...) TYPED(type, nprom_##type##_t, child.cells == NULL, __VA_ARGS__, names, 1, 0)

static void typed_functions(void) {
    static const nprom_str_t value[] = {{"x", 1}};
    TYPED_CELL(counter);
    TYPED_CELL(int_counter);
    TYPED_CELL(counter32);
    TYPED_CELL(gauge);
    TYPED_CELL(int_gauge);
    TYPED_CELL(gauge32);
    TYPED_CELL(summary);
    TYPED_CELL(untyped);
    TYPED_HANDLE(histogram, bounds, 2);
    TYPED_HANDLE(int_histogram, 1, ticks, 2);
    TYPED_HANDLE(histogram32, 1, ticks, 2);
}

/* What is no section of whole pages. There is nothing in that of this program. */
static void sharing(void) {
    static char memory[3];
    ROW(nprom_share_between(NULL, memory + 3, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_share_between(memory, NULL, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_share_between(memory, memory + 3, NULL, 1 << 20), NPROM_ERR_SYSTEM);
    ROW(nprom_share_sized(1), NPROM_OK);
    ROW(nprom_share(), NPROM_OK);
}

int main(void) {
    statement("servers and text files of nothing, and nowhere", servers_and_files_of_nothing);
    statement("families that grow: null, wrong sizes and labels", families_that_do_not_grow);
    statement("typed functions without a family or a child", typed_functions);
    statement("sections that cannot be shared, and one shared twice", sharing);
    return test_result();
}
