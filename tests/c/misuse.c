/* A table of misuse: what is refused, with which status, and that nothing was changed by it. */
#include "test.h"
#include <math.h>
#include <nanoprom.h>
#include <stdlib.h>

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
static const double bounds[] = {1, 2};
NPROM_DEFINE_STATE_SET(states, NPROM_STATE("a"), NPROM_STATE("b"));
NPROM_DEFINE_HISTOGRAM(histogram, 1, 2);
static const uint32_t ticks[] = {1, 2};
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1, 1, 2);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1, 1, 2);
NPROM_DEFINE_COUNTER_FAMILY(counters, 2, 40, "a", "b");
NPROM_DEFINE_HISTOGRAM_FAMILY(histograms, bounds, 1, 40, "a");
NPROM_DEFINE_HISTOGRAM32_FAMILY(histograms32, 1000, ticks, 1, 40, "a");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&counter, "counter_total", "Help."),
    NPROM_HISTOGRAM(&histogram, "histogram", "Help."),
    NPROM_COUNTER_FAMILY(&counters, "counters_total", "Help."),
    NPROM_HISTOGRAM_FAMILY(&histograms, "histograms", "Help."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

/* One row: a call and what it returns. */
#define ROW(call, expected) \
    ((call) == (expected) ? (void)0 : test_fault(__FILE__, __LINE__, #call " is " #expected))

static int32_t refuse_all(void *context, const char *data, size_t len) {
    (void)context, (void)data, (void)len;
    return 7;
}

static void ignore(void *context, const nprom_sample_t *sample) {
    (void)context, (void)sample;
}

static void null_objects(void) {
    uint64_t u;
    int64_t s;
    nprom_str_t text;
    nprom_counter_inc(NULL);
    ROW(nprom_counter_inc_by(NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_counter_inc_by(NULL, 0.5), NPROM_ERR_NULL);
    ROW(nprom_counter_get(NULL), 0);
    nprom_int_counter_inc(NULL);
    nprom_int_counter_inc_by(NULL, 1);
    nprom_int_counter_inc_by(NULL, UINT64_MAX);
    ROW(nprom_int_counter_get(NULL), 0);
    nprom_counter32_inc(NULL);
    nprom_counter32_inc_by(NULL, 1);
    ROW(nprom_counter32_get(NULL), 0);
    nprom_counter_reset(NULL);
    nprom_int_counter_reset(NULL);
    nprom_counter32_reset(NULL);
    nprom_gauge_set(NULL, 1);
    nprom_gauge_inc(NULL);
    nprom_gauge_dec(NULL);
    nprom_gauge_inc_by(NULL, 1);
    nprom_gauge_dec_by(NULL, 1);
    ROW(nprom_gauge_get(NULL), 0);
    nprom_int_gauge_set(NULL, 1);
    nprom_int_gauge_inc(NULL);
    nprom_int_gauge_dec(NULL);
    nprom_int_gauge_inc_by(NULL, 1);
    nprom_int_gauge_dec_by(NULL, 1);
    ROW(nprom_int_gauge_get(NULL), 0);
    nprom_gauge32_set(NULL, 1);
    nprom_gauge32_inc(NULL);
    nprom_gauge32_dec(NULL);
    nprom_gauge32_inc_by(NULL, 1);
    nprom_gauge32_dec_by(NULL, 1);
    ROW(nprom_gauge32_get(NULL), 0);
    nprom_summary_observe(NULL, 1);
    ROW(nprom_summary_count(NULL), 0);
    ROW(nprom_summary_sum(NULL), 0);
    nprom_untyped_set(NULL, 1);
    ROW(nprom_untyped_get(NULL), 0);
    ROW(nprom_state_set_set(NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_state_set_turn(NULL, 0, 1), NPROM_ERR_NULL);
    ROW(nprom_state_set_get(NULL, 0), 0);
    nprom_histogram_observe(NULL, 1);
    ROW(nprom_histogram_count(NULL), 0);
    ROW(nprom_histogram_sum(NULL), 0);
    ROW(nprom_histogram_bucket(NULL, 0, &u), NPROM_ERR_NULL);
    ROW(nprom_histogram_bucket(&histogram, 0, NULL), NPROM_ERR_NULL);
    nprom_int_histogram_observe(NULL, 1);
    (nprom_int_histogram_observe)(NULL, 1);
    ROW(nprom_int_histogram_count(NULL), 0);
    ROW(nprom_int_histogram_sum(NULL), 0);
    ROW(nprom_int_histogram_bucket(NULL, 0, &u), NPROM_ERR_NULL);
    ROW(nprom_int_histogram_bucket(&int_histogram, 0, NULL), NPROM_ERR_NULL);
    nprom_histogram32_observe(NULL, 1);
    (nprom_histogram32_observe)(NULL, 1);
    ROW(nprom_histogram32_count(NULL), 0);
    ROW(nprom_histogram32_sum(NULL), 0);
    ROW(nprom_histogram32_bucket(NULL, 0, &u), NPROM_ERR_NULL);
    ROW(nprom_histogram32_bucket(&histogram32, 0, NULL), NPROM_ERR_NULL);
    ROW(nprom_exemplar_counter_inc_by(NULL, 1, NULL, 0, 0), NPROM_ERR_NULL);
    ROW(nprom_exemplar_histogram_observe(NULL, 1, NULL, 0, 0), NPROM_ERR_NULL);
    ROW(nprom_info_cell_set(NULL, NULL, 0), NPROM_ERR_NULL);
    ROW(nprom_set_clock(NULL), NPROM_ERR_NULL);
    ROW(nprom_sample_name(NULL).len, 0);
    ROW(nprom_sample_label(NULL, 0, &text, &text), NPROM_ERR_NULL);
    ROW(nprom_sample_value(NULL), 0);
    ROW(nprom_sample_unsigned(NULL, &u), NPROM_ERR_NULL);
    ROW(nprom_sample_signed(NULL, &s), NPROM_ERR_NULL);
}

static void states_that_are_not_there(void) {
    ROW(nprom_state_set_set(&states, 2), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_set(&states, UINT32_MAX), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_turn(&states, 2, 1), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_turn(&states, 32, 0), NPROM_ERR_NOT_FOUND);
    ROW(nprom_state_set_get(&states, 2), 0);
    ROW(nprom_state_set_get(&states, 32), 0);
    /* Unchanged: it begins in its first state. */
    ROW(nprom_state_set_get(&states, 0), 1);
    ROW(nprom_state_set_get(&states, 1), 0);
}

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

static void null_pages(void) {
    nprom_cursor_t cursor;
    nprom_http_t http;
    nprom_auth_t auth;
    static const nprom_auth_t never_made;
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \r\n\r\n";
    char buf[10], scratch[10];
    size_t len = 1;
    ROW(nprom_check(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_cursor_init(NULL, &group, NPROM_TEXT), NPROM_ERR_NULL);
    ROW(nprom_cursor_init(&cursor, NULL, NPROM_TEXT), NPROM_ERR_NULL);
    ROW(nprom_cursor_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_cursor_scratch(&cursor, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_cursor_scratch(&cursor, NULL, 0), NPROM_OK);
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
    /* Its lines may lie in the memory it has. */
    ROW(nprom_cursor_scratch(&cursor, scratch, sizeof scratch), NPROM_ERR_BUSY);
    ROW(nprom_cursor_init(&cursor, &group, NPROM_TEXT), NPROM_OK);
    ROW(nprom_cursor_scratch(&cursor, scratch, sizeof scratch), NPROM_OK);
    ROW(nprom_http_init(NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_http_init_text(NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_http_init_text(&http, NULL), NPROM_ERR_NULL);
    ROW(nprom_http_state(&http), NPROM_HTTP_CLOSE);
    ROW(nprom_http_init(&http, NULL), NPROM_ERR_NULL);
    ROW(nprom_http_state(NULL), NPROM_HTTP_CLOSE);
    ROW(nprom_http_feed(NULL, "GET", 3), 0);
    ROW(nprom_http_pull(NULL, buf, sizeof buf), 0);
    ROW(nprom_http_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_http_scratch(&http, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_http_scratch(&http, buf, sizeof buf), NPROM_OK);
    ROW(nprom_http_scratch(&http, NULL, 0), NPROM_OK);
    ROW(nprom_http_status(NULL), 0);
    ROW(nprom_http_path(NULL)[0], 0);
    nprom_http_end_input(NULL);
    nprom_http_time_out(NULL);
    ROW(nprom_http_init(&http, &group), NPROM_OK);
    ROW(nprom_http_feed(&http, NULL, 3), 0);
    ROW(nprom_http_pull(&http, NULL, 3), 0);
    ROW(nprom_http_state(&http), NPROM_HTTP_INPUT);
    ROW(nprom_auth_bearer(NULL, "token"), NPROM_ERR_NULL);
    ROW(nprom_auth_basic(NULL, "user", "password"), NPROM_ERR_NULL);
    ROW(nprom_auth_basic(&auth, NULL, "password"), NPROM_ERR_NULL);
    ROW(nprom_auth_basic(&auth, "user", NULL), NPROM_ERR_NULL);
    ROW(nprom_auth_bearer(&auth, NULL), NPROM_ERR_NULL);
    /* Made without a token it lets nobody in. */
    ROW(nprom_http_require(&http, &auth), NPROM_OK);
    ROW(nprom_http_feed(&http, request, sizeof request - 1), sizeof request - 1);
    ROW(nprom_http_status(&http), 401);
    /* Never made, or not there: the connection closes. */
    ROW(nprom_http_init(&http, &group), NPROM_OK);
    ROW(nprom_http_require(&http, &never_made), NPROM_ERR_NULL);
    ROW(nprom_http_state(&http), NPROM_HTTP_CLOSE);
    ROW(nprom_http_init(&http, &group), NPROM_OK);
    ROW(nprom_http_require(&http, NULL), NPROM_ERR_NULL);
    ROW(nprom_http_state(&http), NPROM_HTTP_CLOSE);
    ROW(nprom_http_require(NULL, &auth), NPROM_ERR_NULL);
}

static void wrong_pushes(void) {
    static const nprom_label_t job[] = {NPROM_LABEL("job", "x")};
    static const nprom_label_t twice[] = {NPROM_LABEL("a", "x"), NPROM_LABEL("a", "y")};
    static const nprom_label_t bytes[] = {NPROM_LABEL("a", "\xff")};
    const nprom_target_t good = {"gateway:9091", NULL, "job", NULL, 0};
    const nprom_target_t wrong[] = {
        {NULL, NULL, "job", NULL, 0},
        {"a b", NULL, "job", NULL, 0},
        {"a\r\nX: y", NULL, "job", NULL, 0},
        {"gateway", "x", "job", NULL, 0},
        {"gateway", "/x/", "job", NULL, 0},
        {"gateway", NULL, NULL, NULL, 0},
        {"gateway", NULL, "\xff", NULL, 0},
        {"gateway", NULL, "job", job, 1},
        {"gateway", NULL, "job", twice, 2},
        {"gateway", NULL, "job", bytes, 1},
    };
    static char long_text[65537];
    nprom_push_t push;
    nprom_label_t label = {"", "", 0, 0};
    char buf[10];
    size_t at;
    for (at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        ROW(nprom_push_put(&push, &wrong[at], &group), NPROM_ERR_TARGET);
        ROW(nprom_push_state(&push), NPROM_HTTP_CLOSE);
        ROW(nprom_push_post(&push, &wrong[at], &group), NPROM_ERR_TARGET);
        ROW(nprom_push_delete(&push, &wrong[at]), NPROM_ERR_TARGET);
        ROW(nprom_push_pull(&push, buf, sizeof buf), 0);
        ROW(nprom_push_outcome(&push), NPROM_ERR_ENDED);
    }
    ROW(nprom_push_put(NULL, &good, &group), NPROM_ERR_NULL);
    ROW(nprom_push_post(NULL, &good, &group), NPROM_ERR_NULL);
    ROW(nprom_push_delete(NULL, &good), NPROM_ERR_NULL);
    ROW(nprom_push_put(&push, NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_push_post(&push, &good, NULL), NPROM_ERR_NULL);
    ROW(nprom_push_delete(&push, NULL), NPROM_ERR_NULL);
    ROW(nprom_push_state(&push), NPROM_HTTP_CLOSE);
    ROW(nprom_push_state(NULL), NPROM_HTTP_CLOSE);
    ROW(nprom_push_pull(NULL, buf, sizeof buf), 0);
    ROW(nprom_push_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_push_scratch(&push, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_push_scratch(&push, NULL, 0), NPROM_OK);
    ROW(nprom_push_feed(NULL, "HTTP", 4), 0);
    ROW(nprom_push_outcome(NULL), NPROM_ERR_NULL);
    ROW(nprom_push_status(NULL), 0);
    ROW(nprom_push_message(NULL).len, 0);
    nprom_push_end_input(NULL);
    ROW(nprom_push_put(&push, &good, &group), NPROM_OK);
    ROW(nprom_push_pull(&push, NULL, 3), 0);
    ROW(nprom_push_feed(&push, NULL, 3), 0);
    ROW(nprom_push_state(&push), NPROM_HTTP_OUTPUT);
    ROW(nprom_push_outcome(&push), NPROM_ERR_PENDING);

    memset(long_text, 'x', sizeof long_text - 1);
    ROW(nprom_label_init(NULL, "a", "b"), NPROM_ERR_NULL);
    ROW(nprom_label_init(&label, NULL, "b"), NPROM_ERR_NULL);
    ROW(nprom_label_init(&label, "a", NULL), NPROM_ERR_NULL);
    ROW(nprom_label_init(&label, "a", long_text), NPROM_ERR_TOO_LONG);
    ROW(nprom_label_init(&label, long_text, "b"), NPROM_ERR_TOO_LONG);
    ROW(label.name_len, 0);
}

static void wrong_amounts(void) {
    ROW(nprom_counter_inc_by(&counter, -1), NPROM_ERR_NEGATIVE);
    ROW(nprom_counter_inc_by(&counter, -5e-324), NPROM_ERR_NEGATIVE);
    ROW(nprom_counter_inc_by(&counter, -INFINITY), NPROM_ERR_NEGATIVE);
    ROW(nprom_counter_inc_by(&counter, (double)NAN), NPROM_ERR_NOT_A_NUMBER);
    ROW(nprom_counter_inc_by(&counter, INFINITY), NPROM_ERR_INFINITE);
    ROW(nprom_counter_get(&counter), 0);
    ROW(nprom_counter_inc_by(&counter, 0), NPROM_OK);
    ROW(nprom_counter_inc_by(&counter, -0.0), NPROM_OK);
    ROW(nprom_counter_get(&counter), 0);
    ROW(nprom_counter_inc_by(&counter, 1.5e308), NPROM_OK);
    ROW(nprom_counter_inc_by(&counter, 1.5e308), NPROM_ERR_INFINITE);
    ROW(nprom_counter_get(&counter), 1.5e308);
    nprom_counter32_inc_by(&counter32, UINT32_MAX);
    nprom_counter32_inc_by(&counter32, UINT32_MAX);
    ROW(nprom_counter32_get(&counter32), UINT32_MAX);
    nprom_int_gauge_set(&int_gauge, INT64_MAX);
    nprom_int_gauge_inc(&int_gauge);
    ROW(nprom_int_gauge_get(&int_gauge), INT64_MIN);
    nprom_int_gauge_set(&int_gauge, 0);
    nprom_int_gauge_dec_by(&int_gauge, INT64_MIN);
    ROW(nprom_int_gauge_get(&int_gauge), INT64_MIN);
    nprom_gauge32_set(&gauge32, INT32_MAX);
    nprom_gauge32_inc(&gauge32);
    ROW(nprom_gauge32_get(&gauge32), INT32_MIN);
    nprom_gauge32_set(&gauge32, 0);
    nprom_gauge32_dec_by(&gauge32, INT32_MIN);
    ROW(nprom_gauge32_get(&gauge32), INT32_MIN);
    nprom_gauge_set(&gauge, (double)NAN);
    nprom_gauge_inc(&gauge);
    ROW(isnan(nprom_gauge_get(&gauge)) != 0, 1);
    nprom_int_counter_inc_by(&int_counter, 3);
    nprom_int_counter_inc_by(&int_counter, 0);
    ROW(nprom_int_counter_get(&int_counter), 3);
}

static void odd_observations(void) {
    uint64_t count = 9;
    nprom_histogram_observe(&histogram, (double)NAN);
    nprom_histogram_observe(&histogram, -(double)NAN);
    ROW(nprom_histogram_count(&histogram), 0);
    nprom_histogram_observe(&histogram, 1);
    nprom_histogram_observe(&histogram, 2.5);
    ROW(nprom_histogram_bucket(&histogram, 0, &count), NPROM_OK);
    ROW(count, 1);
    ROW(nprom_histogram_bucket(&histogram, 1, &count), NPROM_OK);
    ROW(count, 0);
    ROW(nprom_histogram_bucket(&histogram, 2, &count), NPROM_OK);
    ROW(count, 1);
    ROW(nprom_histogram_bucket(&histogram, 3, &count), NPROM_ERR_NOT_FOUND);
    ROW(nprom_histogram_bucket(&histogram, UINT32_MAX, &count), NPROM_ERR_NOT_FOUND);
    nprom_histogram_observe(&histogram, -INFINITY);
    nprom_histogram_observe(&histogram, INFINITY);
    ROW(nprom_histogram_count(&histogram), 4);
    ROW(nprom_histogram_sum(&histogram), -INFINITY);
}

/* Counts stop, inline and in the library; the sum is exact. */
static void full_buckets(void) {
    uint32_t *counts = (uint32_t *)(histogram32.cells + 1);
    uint64_t count = 9;
    counts[0] = UINT32_MAX;
    counts[1] = UINT32_MAX - 1;
    for (int i = 0; i < 2; i++) {
        nprom_histogram32_observe(&histogram32, UINT32_MAX);
        (nprom_histogram32_observe)(&histogram32, UINT32_MAX);
        nprom_histogram32_observe(&histogram32, 1);
        (nprom_histogram32_observe)(&histogram32, 0);
    }
    ROW(nprom_histogram32_bucket(&histogram32, 0, &count), NPROM_OK);
    ROW(count, UINT32_MAX);
    ROW(nprom_histogram32_bucket(&histogram32, 1, &count), NPROM_OK);
    ROW(count, 0);
    ROW(nprom_histogram32_bucket(&histogram32, 2, &count), NPROM_OK);
    ROW(count, UINT32_MAX);
    ROW(nprom_histogram32_bucket(&histogram32, 3, &count), NPROM_ERR_NOT_FOUND);
    ROW(nprom_histogram32_count(&histogram32), 2 * (uint64_t)UINT32_MAX);
    ROW(nprom_histogram32_sum(&histogram32), 4 * (uint64_t)UINT32_MAX + 2);
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

int main(void) {
    statement("null objects are ignored, read as 0, or give NPROM_ERR_NULL", null_objects);
    statement("states that a set does not have", states_that_are_not_there);
    statement("null families and null values", null_families_and_values);
    statement("sizes, names and memory that no family can have", wrong_sizes);
    statement("null groups, cursors, callbacks and connections", null_pages);
    statement("pushes to wrong targets, and labels that are too long", wrong_pushes);
    statement("amounts that are negative, infinite or no numbers", wrong_amounts);
    statement("observations that are no numbers or infinite", odd_observations);
    statement("children refused: wrong count, invalid UTF-8, too long, no text, no room",
              refused_children);
    statement("a refused histogram ignores observations", a_refused_histogram);
    statement("a refused histogram of ticks ignores observations", a_refused_histogram_of_ticks);
    statement("small buckets stop at 2^32 - 1, and the sum goes on", full_buckets);
    statement("a series that is left out hides no other, and labels without names have no children",
              tables_that_nobody_checked);
    statement("no format, small buffers", formats_of_null_and_small_buffers);
    return test_result();
}
