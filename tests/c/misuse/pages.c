/* Misuse of what gives pages and samples: cursors, whole pages, frames, collectors, tables that are wrong. */
#include "misuse.h"

static nprom_gauge_t gauge;
NPROM_DEFINE_COUNTER_FAMILY(counters, 2, 40, "a", "b");
static const nprom_metric_t rows[] = {
    NPROM_GAUGE(&gauge, "gauge", "Help."),
    NPROM_COUNTER_FAMILY(&counters, "counters_total", "Help."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static int32_t refuse_all(void *context, const char *data, size_t len) {
    (void)context, (void)data, (void)len;
    return 7;
}

static void ignore(void *context, const nprom_sample_t *sample) {
    (void)context, (void)sample;
}

static void null_pages(void) {
    nprom_cursor_t cursor;
    char buf[10], scratch[10];
    size_t len = 1;
    ROW(nprom_check(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_cursor_init(NULL, &group, NPROM_TEXT), NPROM_ERR_NULL);
    ROW(nprom_cursor_init(&cursor, NULL, NPROM_TEXT), NPROM_ERR_NULL);
    ROW(nprom_cursor_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_cursor_scratch(&cursor, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_cursor_scratch(&cursor, NULL, 0), NPROM_OK);
    ROW(nprom_cursor_only(NULL, NPROM_VALUES("counter")), NPROM_ERR_NULL);
    ROW(nprom_cursor_only(&cursor, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_cursor_only(&cursor, NPROM_VALUES("counter", NULL)), NPROM_ERR_NULL);
    ROW(nprom_cursor_only(&cursor, NPROM_VALUES("1", "2", "3", "4", "5", "6", "7", "8", "9")), NPROM_ERR_FULL);
    ROW(nprom_read(NULL, buf, sizeof buf), 0);
    ROW(nprom_encode_buffer(NULL, NPROM_TEXT, buf, sizeof buf, &len), NPROM_ERR_NULL);
    ROW(len, 0);
    ROW(nprom_encode_buffer(&group, NPROM_TEXT, NULL, sizeof buf, &len), NPROM_ERR_NULL);
    ROW(nprom_encode_buffer(&group, NPROM_TEXT, buf, sizeof buf, NULL), NPROM_ERR_NULL);
    ROW(nprom_encode(NULL, NPROM_TEXT, refuse_all, NULL), NPROM_ERR_NULL);
    ROW(nprom_encode(&group, NPROM_TEXT, NULL, NULL), NPROM_ERR_NULL);
    ROW(nprom_encode(&group, NPROM_TEXT, refuse_all, NULL), 7);
    ROW(nprom_for_each_sample(NULL, ignore, NULL), NPROM_ERR_NULL);
    ROW(nprom_for_each_sample(&group, NULL, NULL), NPROM_ERR_NULL);
    ROW(nprom_for_each_sample(&group, ignore, NULL), NPROM_OK);
    ROW(nprom_cursor_init(&cursor, &group, NPROM_TEXT), NPROM_OK);
    ROW(nprom_read(&cursor, NULL, 10), 0);
    ROW(nprom_read(&cursor, buf, 0), 0);
    ROW(nprom_read(&cursor, buf, sizeof buf), sizeof buf);
    ROW(nprom_cursor_only(&cursor, NPROM_VALUES("histogram")), NPROM_ERR_BUSY);
    /* Its lines may lie in the memory it has. */
    ROW(nprom_cursor_scratch(&cursor, scratch, sizeof scratch), NPROM_ERR_BUSY);
    ROW(nprom_cursor_init(&cursor, &group, NPROM_TEXT), NPROM_OK);
    ROW(nprom_cursor_scratch(&cursor, scratch, sizeof scratch), NPROM_OK);
}

static void null_samples(void) {
    uint64_t u;
    int64_t s;
    nprom_str_t text;
    double value = 9;
    ROW(nprom_sample_name(NULL).len, 0);
    ROW(nprom_sample_label(NULL, 0, &text, &text), NPROM_ERR_NULL);
    ROW(nprom_sample_value(NULL), 0);
    ROW(nprom_sample_unsigned(NULL, &u), NPROM_ERR_NULL);
    ROW(nprom_sample_signed(NULL, &s), NPROM_ERR_NULL);
    ROW(strcmp(nprom_sample_type(NULL), ""), 0);
    ROW(nprom_get_sample_value(NULL, "gauge", NULL, 0, &value), NPROM_ERR_NULL);
    ROW(nprom_get_sample_value(&group, NULL, NULL, 0, &value), NPROM_ERR_NULL);
    ROW(nprom_get_sample_value(&group, "gauge", NULL, 2, &value), NPROM_ERR_NULL);
    ROW(nprom_get_sample_value(&group, "gauge", NULL, 0, NULL), NPROM_ERR_NULL);
    ROW(nprom_get_sample_value(&group, "gauge", NPROM_VALUES("a"), &value), NPROM_ERR_LABEL_COUNT);
    ROW(nprom_get_sample_value(&group, "gauge", NPROM_VALUES("a", NULL), &value), NPROM_ERR_NOT_FOUND);
    ROW(nprom_get_sample_value(&group, "\xff", NULL, 0, &value), NPROM_ERR_NOT_FOUND);
    ROW(value, 9);
}

static void null_frames(void) {
    nprom_frames_t frames;
    nprom_requests_t requests = {0};
    char buf[20];
    ROW(nprom_frames_init(NULL, &group, NPROM_TEXT, 0), NPROM_ERR_NULL);
    ROW(nprom_frames_init(&frames, &group, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_frames_init(&frames, NULL, NPROM_TEXT, 0), NPROM_ERR_NULL);
    ROW(nprom_frames_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_frames_scratch(&frames, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_frames_scratch(&frames, NULL, 0), NPROM_OK);
    ROW(nprom_frames_read(NULL, buf, sizeof buf), 0);
    ROW(nprom_frames_read(&frames, NULL, 1), 0);
    ROW(nprom_frames_read(&frames, buf, 0), 0);
    ROW(nprom_frames_read(&frames, buf, sizeof buf), 9); /* the end of an empty page */
    ROW(nprom_frames_between(NULL), 1);
    ROW(nprom_requests_feed(NULL, 5), -1);
    ROW(nprom_requests_feed(&requests, 5), -1);
}

/* What a collector says: null, text that is none. What is said so is left out. */
static int32_t null_family(void *context, uint32_t number, nprom_collected_family_t *out) {
    (void)context;
    if (number == 0) {
        ROW(nprom_collected_family_describe(out, 8, "x", ""), NPROM_ERR_TYPE);
        ROW(nprom_collected_family_describe(out, NPROM_TYPE_GAUGE, NULL, ""), NPROM_ERR_NULL);
    } else {
        ROW(nprom_collected_family_describe(out, NPROM_TYPE_GAUGE, "x", NULL), NPROM_OK);
        if (number == 1)
            ROW(nprom_collected_family_unit(out, NULL), NPROM_ERR_NULL);
    }
    return number < 3;
}

static int32_t null_series(void *context, uint32_t family, uint32_t number, nprom_collected_series_t *out) {
    const nprom_str_t text = {"x", 1}, bytes = {"\xff", 1}, nothing = {NULL, 5};
    (void)context;
    (void)family;
    switch (number) {
    case 0: ROW(nprom_collected_series_label(out, NULL, text), NPROM_ERR_NULL); break;
    case 1: ROW(nprom_collected_series_label_str(out, NULL, "x"), NPROM_ERR_NULL); break;
    case 2: ROW(nprom_collected_series_label(out, "a", bytes), NPROM_OK); break;
    case 3: ROW(nprom_collected_series_histogram(out, NULL, 2, 1), NPROM_ERR_NULL); return 1;
    case 4: ROW(nprom_collected_series_summary(out, 1, 1, NULL, 2), NPROM_ERR_NULL); return 1;
    case 5: ROW(nprom_collected_series_state(out, NULL, 1), NPROM_ERR_NULL); return 1;
    case 6:
        /* A value that is null is an empty one. */
        ROW(nprom_collected_series_label(out, "a", nothing), NPROM_OK);
        ROW(nprom_collected_series_label_str(out, "b", NULL), NPROM_OK);
        break;
    }
    ROW(nprom_collected_series_value(out, 2), NPROM_OK);
    return number < 7;
}

static void collectors_of_nothing(void) {
    static nprom_int_counter_t errors;
    static const nprom_collector_t collector = {null_family, null_series, NULL, &errors, 0, 0};
    static const nprom_metric_t collected_rows[] = {NPROM_COLLECTOR(&collector, "nothing")};
    static const nprom_group_t collected = NPROM_GROUP_INIT(collected_rows);
    static const char expected[] = "# TYPE x gauge\nx{a=\"\",b=\"\"} 2\n";
    const nprom_str_t text = {"x", 1};
    nprom_cursor_t cursor;
    char page[200], scratch[200];
    size_t len;
    ROW(nprom_collected_family_describe(NULL, NPROM_TYPE_GAUGE, "x", ""), NPROM_ERR_NULL);
    ROW(nprom_collected_family_unit(NULL, "x"), NPROM_ERR_NULL);
    ROW(nprom_collected_series_label(NULL, "x", text), NPROM_ERR_NULL);
    ROW(nprom_collected_series_label_str(NULL, "x", "x"), NPROM_ERR_NULL);
    ROW(nprom_collected_series_value(NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_collected_series_unsigned(NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_collected_series_signed(NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_collected_series_histogram(NULL, NULL, 0, 1), NPROM_ERR_NULL);
    ROW(nprom_collected_series_summary(NULL, 1, 1, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_collected_series_state(NULL, "x", 1), NPROM_ERR_NULL);
    ROW(nprom_collected_series_timestamp_ms(NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_cursor_init(&cursor, &collected, NPROM_TEXT), NPROM_OK);
    ROW(nprom_cursor_scratch(&cursor, scratch, sizeof scratch), NPROM_OK);
    len = nprom_read(&cursor, page, sizeof page);
    CHECK(len == strlen(expected) && memcmp(page, expected, len) == 0);
    /* The first two families, six series of the third. */
    ROW(nprom_int_counter_get(&errors), 8);
}

/* Nodes, rows and groups of run time. */
static void registries_of_nothing(void) {
    static nprom_registry_t registry = NPROM_REGISTRY_INIT(registry), other = NPROM_REGISTRY_INIT(other);
    static nprom_node_t node = NPROM_NODE_INIT(&group), twin = NPROM_NODE_INIT(&group);
    static nprom_node_t of_nothing = NPROM_NODE_INIT(NULL);
    static char long_text[65537];
    nprom_str_t none = {NULL, 0}, name = {"x", 1}, bytes = {"\xff", 1}, lengthy = {long_text, 65536};
    nprom_metric_t row = NPROM_GAUGE(&gauge, "before", "");
    nprom_group_t made;
    char message[100];
    memset(long_text, 'x', sizeof long_text - 1);
    ROW(nprom_node_init(NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_node_init(&of_nothing, NULL), NPROM_ERR_NULL);
    ROW(nprom_registry_register(NULL, &node, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_registry_register(&registry, NULL, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_registry_register(&registry, &of_nothing, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_registry_register(&registry, &node, message, 0), NPROM_OK);
    ROW(nprom_registry_register(&registry, &node, NULL, 0), NPROM_ERR_NOT_FOUND);
    ROW(nprom_registry_register(&other, &node, NULL, 0), NPROM_ERR_NOT_FOUND);
    ROW(nprom_registry_register(&registry, &twin, message, 5), NPROM_ERR_TABLE);
    ROW(strcmp(message, "two "), 0);
    ROW(nprom_registry_unregister(NULL, &node), NPROM_ERR_NULL);
    ROW(nprom_registry_unregister(&registry, NULL), NPROM_ERR_NULL);
    ROW(nprom_registry_unregister(&other, &node), NPROM_ERR_NOT_FOUND);
    ROW(nprom_registry_unlink(NULL, &node), NPROM_ERR_NULL);
    ROW(nprom_registry_unlink(&registry, NULL), NPROM_ERR_NULL);
    ROW(nprom_registry_unlink(&registry, &node), NPROM_ERR_BUSY);
    ROW(nprom_scrape_begin(NULL), NPROM_ERR_NULL);
    nprom_scrape_end(NULL);
    /* What was never begun is not ended. */
    nprom_scrape_end(&registry);
    ROW(nprom_scrape_begin(&registry), NPROM_OK);
    ROW(nprom_registry_unregister(&registry, &node), NPROM_OK);
    ROW(nprom_registry_unlink(&registry, &node), NPROM_ERR_BUSY);
    ROW(nprom_registry_unlink(&other, &node), NPROM_ERR_NOT_FOUND);
    nprom_scrape_end(&registry);
    ROW(nprom_registry_unlink(&registry, &node), NPROM_OK);

    ROW(nprom_metric_init(NULL, name, none, &nprom_kind_gauge, &gauge), NPROM_ERR_NULL);
    ROW(nprom_metric_init(&row, name, none, NULL, &gauge), NPROM_ERR_NULL);
    ROW(nprom_metric_init(&row, name, none, &nprom_kind_gauge, NULL), NPROM_ERR_NULL);
    ROW(nprom_metric_init(&row, lengthy, none, &nprom_kind_gauge, &gauge), NPROM_ERR_TOO_LONG);
    ROW(nprom_metric_init(&row, name, lengthy, &nprom_kind_gauge, &gauge), NPROM_ERR_TOO_LONG);
    ROW(nprom_metric_init(&row, bytes, none, &nprom_kind_gauge, &gauge), NPROM_ERR_NOT_UTF8);
    ROW(nprom_metric_init(&row, name, bytes, &nprom_kind_gauge, &gauge), NPROM_ERR_NOT_UTF8);
    ROW(strcmp(row.name, "before"), 0);
    ROW(nprom_group_init(NULL, &row, 1, none), NPROM_ERR_NULL);
    ROW(nprom_group_init(&made, NULL, 1, none), NPROM_ERR_NULL);
    ROW(nprom_group_init(&made, &row, 65536, none), NPROM_ERR_TOO_LONG);
    ROW(nprom_group_init(&made, &row, 1, lengthy), NPROM_ERR_TOO_LONG);
}

static void formats_of_null_and_small_buffers(void) {
    nprom_cursor_t cursor;
    char buf[10];
    size_t len = 1;
    ROW(nprom_cursor_init(&cursor, &group, NULL), NPROM_ERR_NULL);
    ROW(nprom_read(&cursor, buf, sizeof buf), 0);
    ROW(nprom_encode(&group, NULL, refuse_all, NULL), NPROM_ERR_NULL);
    ROW(nprom_encode_buffer(&group, NULL, buf, sizeof buf, &len), NPROM_ERR_NULL);
    ROW(len, 0);
    len = 1;
    ROW(nprom_encode_buffer(&group, NPROM_TEXT, buf, sizeof buf, &len), NPROM_ERR_BUFFER);
    ROW(len, 0);
}

NPROM_DEFINE_SERIES(gauge, with_a_hole, ("a"), NPROM_SERIES(&gauge, "x"), NPROM_SERIES(0, "y"),
                    NPROM_SERIES(&gauge, "z"));


static void tables_that_nobody_checked(void) {
    static const nprom_metric_t hole_rows[] = {NPROM_GAUGE_SERIES(&with_a_hole, "s", "")};
    static const nprom_group_t hole = NPROM_GROUP_INIT(hole_rows);
    static const char expected[] = "# TYPE s gauge\ns{a=\"x\"} 0\ns{a=\"z\"} 0\n";
    static const nprom_label_name_t no_glue[] = {{"", 0}, {"b", 1}};
    nprom_counter_family_t nameless = counters;
    nprom_counter_t *child;
    char page[200];
    size_t len = 0;
    nprom_gauge_set(&gauge, 0);
    ROW(nprom_encode_buffer(&hole, NPROM_TEXT, page, sizeof page, &len), NPROM_OK);
    CHECK(len == strlen(expected) && memcmp(page, expected, len) == 0);
    nameless.family.names = no_glue;
    ROW(nprom_counter_family_labels_str(&nameless, NPROM_VALUES("new", "x"), &child),
        NPROM_ERR_LABEL_NAME);
}

int misuse_pages(void) {
    statement("null groups, cursors and callbacks", null_pages);
    statement("null samples, and values that are not there", null_samples);
    statement("null frames and requests", null_frames);
    statement("what collectors say of nothing", collectors_of_nothing);
    statement("null registries, nodes, rows and groups", registries_of_nothing);
    statement("no format, small buffers", formats_of_null_and_small_buffers);
    statement("a series that is left out hides no other, and labels without names have no children",
              tables_that_nobody_checked);
    return test_result();
}
