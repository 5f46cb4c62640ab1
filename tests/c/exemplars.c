/*
 * Exemplars, creation times and infos set at run time: the golden page, and what is refused.
 *
 *     exemplars testdata/pages
 */
#include "test.h"
#include <math.h>
#include <nanoprom.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

static double now = 1520872607.123;

static double clock_of_the_test(void) {
    return now;
}

static const double answer_bounds[] = {0.1, 1}, step_bounds[] = {2.5};
NPROM_DEFINE_EXEMPLAR_COUNTER(requests, 64);
NPROM_DEFINE_EXEMPLAR_COUNTER(unseen, 8);
NPROM_DEFINE_EXEMPLAR_HISTOGRAM(latency, 72, 0.1, 1, 10);
NPROM_DEFINE_EXEMPLAR_HISTOGRAM(cold, 16, -5, 5);
static nprom_created_int_counter_t sent;
static nprom_created_summary_t sizes;
NPROM_DEFINE_CREATED_HISTOGRAM(waits, 0.5);
NPROM_DEFINE_CREATED_COUNTER_FAMILY(jobs, 4, 48, "job");
NPROM_DEFINE_CREATED_SUMMARY_FAMILY(nobody, 4, 48, "job");
NPROM_DEFINE_CREATED_HISTOGRAM_FAMILY(steps, step_bounds, 4, 48, "job");
NPROM_DEFINE_EXEMPLAR_COUNTER_FAMILY(answers, 32, 4, 48, "method", "code");
NPROM_DEFINE_EXEMPLAR_HISTOGRAM_FAMILY(times, 40, answer_bounds, 4, 48, "method");
NPROM_DEFINE_INFO_CELL(network, 40);

static const nprom_metric_t inner_rows[] = {
    NPROM_EXEMPLAR_COUNTER_FAMILY(&answers, "answers_total", "Children of a counter with exemplars."),
    NPROM_EXEMPLAR_HISTOGRAM_FAMILY(&times, "answer_seconds", "Children of a histogram with exemplars."),
};
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};
static const nprom_group_t inner = NPROM_GROUP_INIT_LABELS(inner_rows, "http_", site);
static const nprom_metric_t rows[] = {
    NPROM_EXEMPLAR_COUNTER(&requests, "requests_total", "One exemplar, the newest."),
    NPROM_EXEMPLAR_COUNTER(&unseen, "unseen", "No exemplar yet."),
    NPROM_EXEMPLAR_HISTOGRAM(&latency, "latency_seconds", "An exemplar in each bucket."),
    NPROM_EXEMPLAR_HISTOGRAM(&cold, "cold_celsius", "Bounds and sums below zero."),
    NPROM_CREATED_INT_COUNTER(&sent, "sent_bytes_total", "Only a creation time."),
    NPROM_CREATED_SUMMARY(&sizes, "answer_bytes", "A summary with a creation time."),
    NPROM_CREATED_HISTOGRAM(&waits, "wait_seconds", "A histogram with a creation time."),
    NPROM_CREATED_COUNTER_FAMILY(&jobs, "jobs_total", "Children that come and go."),
    NPROM_CREATED_SUMMARY_FAMILY(&nobody, "nobody", "No children."),
    NPROM_CREATED_HISTOGRAM_FAMILY(&steps, "step_seconds",
                                   "Children of a histogram with a creation time."),
    NPROM_GROUP(&inner),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);
static const nprom_metric_t info_rows[] = {NPROM_INFO_CELL(&network, "address_info", "Where we are.")};
static const nprom_group_t infos = NPROM_GROUP_INIT_LABELS(info_rows, "net_", site);

static nprom_str_t str(const char *text) {
    nprom_str_t result;
    result.data = text;
    result.len = strlen(text);
    return result;
}

/* A child of two labels, the first one GET, and of one. */
static nprom_exemplar_counter_t answer(const char *code) {
    nprom_exemplar_counter_t child;
    const char *values[2];
    values[0] = "GET";
    values[1] = code;
    CHECK(nprom_exemplar_counter_family_labels_str(&answers, values, 2, &child) == NPROM_OK);
    return child;
}

static nprom_exemplar_histogram_t answer_time(const char *method) {
    nprom_exemplar_histogram_t child;
    CHECK(nprom_exemplar_histogram_family_labels_str(&times, &method, 1, &child) == NPROM_OK);
    return child;
}

static nprom_created_counter_t *job(const char *name) {
    nprom_created_counter_t *child;
    CHECK(nprom_created_counter_family_labels_str(&jobs, &name, 1, &child) == NPROM_OK);
    return child;
}

static int32_t inc(nprom_exemplar_counter_t counter, double amount, const char *name, const char *value,
                   double time) {
    return nprom_exemplar_counter_inc_by_str(&counter, amount, NPROM_VALUES(name, value), time);
}

static int32_t observe(nprom_exemplar_histogram_t histogram, double value, const char *name,
                       const char *id, double time) {
    nprom_str_t labels[2];
    labels[0] = str(name);
    labels[1] = str(id);
    return nprom_exemplar_histogram_observe(&histogram, value, labels, 2, time);
}

static void fill(void) {
    static const double values[] = {0.054, 1, 9.8, 67};
    const double stamps[] = {1520879607.789, NPROM_NO_TIMESTAMP, -1.5, 0};
    const char *const removed[] = {"GET", "200"}, *const get = "GET", *const backup = "backup";
    nprom_str_t trace[4];
    nprom_exemplar_counter_t child;
    nprom_exemplar_histogram_t put;
    nprom_created_histogram_t step;
    size_t i;
    nprom_counter_inc(&job("backup")->counter);
    CHECK(nprom_set_clock(clock_of_the_test) == NPROM_OK);
    CHECK(nprom_counter_inc_by(requests.counter, 15) == NPROM_OK);
    CHECK(inc(requests, 1, "trace_id", "first", NPROM_NO_TIMESTAMP) == NPROM_OK);
    trace[0] = str("trace_id");
    trace[1] = str("abc");
    trace[2] = str("span");
    trace[3] = str("a \"b\"\\\n\xc3\xbc");
    CHECK(nprom_exemplar_counter_inc_by(&requests, 1.5, trace, 4, NPROM_NO_TIMESTAMP) == NPROM_OK);
    for (i = 0; i < 4; i++) {
        nprom_histogram_observe(&latency.histogram, values[i]);
        CHECK(observe(latency, values[i], "trace_id", "KOO5S4vxi0o", stamps[i]) == NPROM_OK);
    }
    CHECK(nprom_exemplar_histogram_observe(&latency, INFINITY, 0, 0, NPROM_NO_TIMESTAMP) == NPROM_OK);
    CHECK(observe(cold, -7.25, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_OK);
    nprom_int_counter_inc_by(&sent.counter, 1500);
    nprom_summary_observe(&sizes.summary, 0.5);
    nprom_histogram_observe(&waits.histogram, 0.75);

    now = 1520872700;
    CHECK(inc(answer("200"), 3, "trace_id", "forgotten", NPROM_NO_TIMESTAMP) == NPROM_OK);
    CHECK(inc(answer("404"), 1, "trace_id", "0123", 1e9) == NPROM_OK);
    CHECK(observe(answer_time("GET"), 0.5, "id", "1", NPROM_NO_TIMESTAMP) == NPROM_OK);
    put = answer_time("PUT");
    CHECK(nprom_exemplar_histogram_observe_str(&put, 2, NPROM_VALUES("id", "2"), NPROM_NO_TIMESTAMP) ==
          NPROM_OK);
    nprom_counter_inc(&job("rotate")->counter);
    CHECK(nprom_created_histogram_family_labels_str(&steps, &backup, 1, &step) == NPROM_OK);
    nprom_histogram_observe(&step.histogram, 1);

    now = 1520872800.5;
    CHECK(nprom_family_remove_str(&answers.family, removed, 2) == NPROM_OK);
    child = answer("200");
    nprom_counter_inc(child.counter);
    CHECK(nprom_family_remove_str(&times.family, &get, 1) == NPROM_OK);
    answer_time("GET");
    CHECK(nprom_family_remove_str(&jobs.family, &backup, 1) == NPROM_OK);
    CHECK(nprom_counter_inc_by(&job("backup")->counter, 0.25) == NPROM_OK);
}

enum { ROOM = 16384 };

static void the_page_is_that_of_the_file(const char *folder, const nprom_format_t *format,
                                         const char *extension) {
    static char expected[ROOM], page[ROOM];
    char path[500], scratch[128];
    size_t len, expected_len, more;
    nprom_cursor_t cursor;
    FILE *file;
    snprintf(path, sizeof path, "%s/exemplars.%s", folder, extension);
    file = fopen(path, "rb");
    CHECK(file != NULL);
    if (!file)
        return;
    expected_len = fread(expected, 1, ROOM, file);
    fclose(file);
    CHECK(nprom_encode_buffer(&group, format, page, sizeof page, &len) == NPROM_OK);
    CHECK(len == expected_len && memcmp(page, expected, len) == 0);
    CHECK(nprom_cursor_init(&cursor, &group, format) == NPROM_OK);
    CHECK(nprom_cursor_scratch(&cursor, scratch, sizeof scratch) == NPROM_OK);
    len = 0;
    while ((more = nprom_read(&cursor, page + len, 1)) > 0)
        len += more;
    CHECK(len == expected_len && memcmp(page, expected, len) == 0);
}

static void what_is_refused_changes_nothing(void) {
    static char before[ROOM], after[ROOM];
    size_t len_before, len_after;
    nprom_exemplar_counter_t none = {0, 0};
    nprom_exemplar_histogram_t no_histogram = {{0, 0, 0}, 0};
    char many[130];
    nprom_str_t labels[4];
    memset(many, 'x', sizeof many - 1);
    many[sizeof many - 1] = 0;
    nprom_encode_buffer(&group, NPROM_OPENMETRICS, before, sizeof before, &len_before);
    CHECK(inc(requests, -1, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_NEGATIVE);
    CHECK(inc(requests, NAN, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_NOT_A_NUMBER);
    CHECK(inc(requests, INFINITY, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_INFINITE);
    CHECK(inc(requests, 1, "a", "b", INFINITY) == NPROM_ERR_INFINITE);
    CHECK(inc(requests, 1, "9", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_LABEL_NAME);
    CHECK(inc(requests, 1, "a", "\xff", NPROM_NO_TIMESTAMP) == NPROM_ERR_NOT_UTF8);
    CHECK(inc(requests, 1, "a", many, NPROM_NO_TIMESTAMP) == NPROM_ERR_TOO_LONG);
    CHECK(inc(unseen, 1, "a", "0123456", NPROM_NO_TIMESTAMP) == NPROM_ERR_TEXT_FULL);
    CHECK(inc(none, 1, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_NULL);
    CHECK(nprom_exemplar_counter_inc_by(NULL, 1, NULL, 0, 0) == NPROM_ERR_NULL);
    CHECK(nprom_exemplar_counter_inc_by(&requests, 1, NULL, 2, 0) == NPROM_ERR_NULL);
    labels[0] = labels[2] = str("a");
    labels[1] = labels[3] = str("b");
    CHECK(nprom_exemplar_counter_inc_by(&requests, 1, labels, 3, 0) == NPROM_ERR_LABEL_COUNT);
    CHECK(nprom_exemplar_counter_inc_by(&requests, 1, labels, 4, 0) == NPROM_ERR_LABEL_NAME);
    CHECK(observe(latency, NAN, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_NOT_A_NUMBER);
    CHECK(observe(cold, 1, "a", many, NPROM_NO_TIMESTAMP) == NPROM_ERR_TOO_LONG);
    CHECK(observe(cold, 1, "a", "0123456789abcdef", NPROM_NO_TIMESTAMP) == NPROM_ERR_TEXT_FULL);
    CHECK(observe(no_histogram, 1, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_ERR_NULL);
    CHECK(nprom_exemplar_histogram_observe(NULL, 1, NULL, 0, 0) == NPROM_ERR_NULL);
    CHECK(nprom_exemplar_counter_inc_by_str(&requests, 1, NPROM_VALUES("a"), 0) == NPROM_ERR_LABEL_COUNT);
    CHECK(nprom_exemplar_counter_inc_by_str(&requests, 1, NPROM_VALUES(NULL, "b"), 0) == NPROM_ERR_LABEL_NAME);
    CHECK(nprom_exemplar_histogram_observe_str(&cold, 1, NPROM_VALUES("a", many), 0) == NPROM_ERR_TOO_LONG);
    CHECK(nprom_set_clock(NULL) == NPROM_ERR_NULL);
    nprom_encode_buffer(&group, NPROM_OPENMETRICS, after, sizeof after, &len_after);
    CHECK(len_before == len_after && memcmp(before, after, len_after) == 0);
}

static int shows(const char *text) {
    static char page[ROOM];
    size_t len;
    CHECK(nprom_encode_buffer(&infos, NPROM_OPENMETRICS, page, sizeof page - 1, &len) == NPROM_OK);
    page[len] = 0;
    return strstr(page, text) != NULL;
}

static void labels_of_an_info_are_set_and_replaced(void) {
    nprom_str_t labels[4];
    labels[0] = str("v4");
    labels[1] = str("10.0.0.7");
    labels[2] = str("name");
    labels[3] = str("a \"b\"");
    CHECK(!shows("net_address_info{"));
    CHECK(nprom_info_cell_set(&network, labels, 4) == NPROM_OK);
    CHECK(shows("net_address_info{site=\"north\",v4=\"10.0.0.7\",name=\"a \\\"b\\\"\"} 1\n"));
    labels[2] = labels[0];
    CHECK(nprom_info_cell_set(&network, labels, 4) == NPROM_ERR_LABEL_NAME);
    CHECK(nprom_info_cell_set(&network, labels, 3) == NPROM_ERR_LABEL_COUNT);
    CHECK(nprom_info_cell_set(&network, NULL, 2) == NPROM_ERR_NULL);
    CHECK(nprom_info_cell_set(NULL, labels, 2) == NPROM_ERR_NULL);
    labels[1] = str("\xc0");
    CHECK(nprom_info_cell_set(&network, labels, 2) == NPROM_ERR_NOT_UTF8);
    labels[1] = str("0123456789012345678901234567890123456789");
    CHECK(nprom_info_cell_set(&network, labels, 2) == NPROM_ERR_TEXT_FULL);
    CHECK(shows("v4=\"10.0.0.7\",name="));
    labels[1] = str("::1");
    CHECK(nprom_info_cell_set(&network, labels, 2) == NPROM_OK);
    CHECK(shows("net_address_info{site=\"north\",v4=\"::1\"} 1\n"));
    CHECK(nprom_info_cell_set_str(&network, NPROM_VALUES("v6", "::2", "none", NULL)) == NPROM_OK);
    CHECK(shows("net_address_info{site=\"north\",v6=\"::2\",none=\"\"} 1\n"));
    CHECK(nprom_info_cell_set_str(&network, NPROM_VALUES("v6", "::2", "v6", "::3")) == NPROM_ERR_LABEL_NAME);
    CHECK(nprom_info_cell_set(&network, NULL, 0) == NPROM_OK);
    CHECK(!shows("net_address_info{"));
}

static void a_reset_is_a_new_beginning(void) {
    static nprom_created_counter_t energy;
    static nprom_created_int_counter_t bytes;
    NPROM_DEFINE_EXEMPLAR_COUNTER(asked, 16);
    static const nprom_metric_t counter_rows[] = {
        NPROM_CREATED_COUNTER(&energy, "energy", ""),
        NPROM_CREATED_INT_COUNTER(&bytes, "bytes", ""),
        NPROM_EXEMPLAR_COUNTER(&asked, "asked", ""),
    };
    static const nprom_group_t counters = NPROM_GROUP_INIT(counter_rows);
    static const char expected[] = "# TYPE energy counter\nenergy_total 0\nenergy_created 3000\n"
                                   "# TYPE bytes counter\nbytes_total 0\nbytes_created 3000\n"
                                   "# TYPE asked counter\nasked_total 0\nasked_created 3000\n# EOF\n";
    nprom_exemplar_counter_t none = {0, 0};
    char page[400];
    size_t len;
    CHECK(nprom_counter_inc_by(&energy.counter, 1.5) == NPROM_OK);
    nprom_int_counter_inc(&bytes.counter);
    CHECK(inc(asked, 1, "a", "b", NPROM_NO_TIMESTAMP) == NPROM_OK);
    now = 3000;
    nprom_created_counter_reset(&energy);
    nprom_created_int_counter_reset(&bytes);
    nprom_exemplar_counter_reset(&asked);
    nprom_exemplar_counter_reset(&none);
    CHECK(nprom_encode_buffer(&counters, NPROM_OPENMETRICS, page, sizeof page, &len) == NPROM_OK);
    CHECK(len == sizeof expected - 1 && memcmp(page, expected, len) == 0);
}

static const char *pages;

static void the_golden_page(void) {
    char message[200] = "";
    CHECK(nprom_check(&group, message, sizeof message) == NPROM_OK);
    CHECK(nprom_check(&infos, message, sizeof message) == NPROM_OK);
    fill();
    the_page_is_that_of_the_file(pages, NPROM_TEXT, "txt");
    the_page_is_that_of_the_file(pages, NPROM_OPENMETRICS, "om");
}

int main(int argc, char **argv) {
    if (argc != 2)
        return 2;
    pages = argv[1];
    statement("exemplars and creation times: the golden page, whole and byte by byte", the_golden_page);
    statement("an exemplar that is refused changes nothing", what_is_refused_changes_nothing);
    statement("labels of an info are set and replaced", labels_of_an_info_are_set_and_replaced);
    statement("a counter that is set back is created anew", a_reset_is_a_new_beginning);
    return test_result();
}
