/* Families that grow, of libnanoprom_host. C11 and C++17. */
#include "test.h"
#include <nanoprom_host.h>
#include <pthread.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

static const double bounds[] = {1, 2};
static const uint32_t ticks[] = {1, 2};
static const nprom_label_name_t names[] = {NPROM_LABEL_NAMES("user", "path")};
NPROM_DEFINE_COUNTER_FAMILY(fixed_requests, 8, 48, "user", "path");
NPROM_DEFINE_HISTOGRAM_FAMILY(fixed_times, bounds, 8, 48, "user", "path");
NPROM_DEFINE_HISTOGRAM32_FAMILY(fixed_cycles, 1000, ticks, 8, 48, "user", "path");
NPROM_DEFINE_CREATED_COUNTER_FAMILY(created, 8, 48, "user", "path");
NPROM_DEFINE_EXEMPLAR_COUNTER_FAMILY(exemplars, 64, 8, 48, "user", "path");
static nprom_counter_growing_t requests;
static nprom_histogram_growing_t times;
static nprom_histogram32_growing_t cycles;
static nprom_int_counter_growing_t many;

static const nprom_metric_t fixed_rows[] = {
    NPROM_COUNTER_FAMILY(&fixed_requests, "requests_total", "Requests."),
    NPROM_HISTOGRAM_FAMILY(&fixed_times, "times_seconds", "Times."),
    NPROM_HISTOGRAM32_FAMILY(&fixed_cycles, "cycles", "Cycles."),
};
static const nprom_metric_t growing_rows[] = {
    NPROM_COUNTER_GROWING(&requests, "requests_total", "Requests."),
    NPROM_HISTOGRAM_GROWING(&times, "times_seconds", "Times."),
    NPROM_HISTOGRAM32_GROWING(&cycles, "cycles", "Cycles."),
};
static const nprom_metric_t many_rows[] = {NPROM_INT_COUNTER_GROWING(&many, "many_total", "Many.")};
static const nprom_group_t fixed = NPROM_GROUP_INIT(fixed_rows);
static const nprom_group_t growing = NPROM_GROUP_INIT(growing_rows);
static const nprom_group_t many_group = NPROM_GROUP_INIT(many_rows);

static void make(void) {
    CHECK(nprom_counter_growing_init(&requests, names, 2, 0) == NPROM_OK);
    CHECK(nprom_histogram_growing_init(&times, bounds, 2, names, 2, 0) == NPROM_OK);
    CHECK(nprom_histogram32_growing_init(&cycles, 1000, ticks, 2, names, 2, 0) == NPROM_OK);
}

static void free_them(void) {
    nprom_growing_free(&requests.growing);
    nprom_growing_free(&times.growing);
    nprom_growing_free(&cycles.growing);
}

#define UPDATE(requests_labels, times_labels, cycles_labels, requests, times, cycles, user) \
    { \
        nprom_counter_t *counter; \
        nprom_histogram_t time; \
        nprom_histogram32_t cycle; \
        CHECK(requests_labels(requests, NPROM_VALUES(user, "/"), &counter) == NPROM_OK); \
        CHECK(times_labels(times, NPROM_VALUES(user, "/"), &time) == NPROM_OK); \
        CHECK(cycles_labels(cycles, NPROM_VALUES(user, "/"), &cycle) == NPROM_OK); \
        nprom_counter_inc(counter); \
        nprom_histogram_observe(&time, 1.5); \
        nprom_histogram32_observe(&cycle, 2); \
    }

static void the_page_is_that_of_static_families(void) {
    static const char *const users[] = {"ada", "b\"ob", "", "ada", "eve"};
    const nprom_format_t *const formats[] = {NPROM_TEXT, NPROM_OPENMETRICS};
    static char expected[10000], page[10000];
    size_t expected_len, len, i;
    make();
    CHECK(nprom_check(&growing, page, sizeof page) == NPROM_OK);
    for (i = 0; i < 5; i++) {
        UPDATE(nprom_counter_family_labels_str, nprom_histogram_family_labels_str,
               nprom_histogram32_family_labels_str, &fixed_requests, &fixed_times, &fixed_cycles, users[i])
        UPDATE(nprom_counter_growing_labels_str, nprom_histogram_growing_labels_str,
               nprom_histogram32_growing_labels_str, &requests, &times, &cycles, users[i])
    }
    CHECK(nprom_family_remove_str(&fixed_requests.family, NPROM_VALUES("eve", "/")) == NPROM_OK);
    CHECK(nprom_growing_remove_str(&requests.growing, NPROM_VALUES("eve", "/")) == NPROM_OK);
    for (i = 0; i < 2; i++) {
        CHECK(!nprom_encode_buffer(&fixed, formats[i], expected, sizeof expected, &expected_len));
        CHECK(!nprom_encode_buffer(&growing, formats[i], page, sizeof page, &len));
        CHECK(len == expected_len && memcmp(page, expected, len) == 0);
        CHECK(len > 1500);
    }
    free_them();
}

static void names_in_any_order_and_patterns(void) {
    const nprom_str_t by_name[] = {{"path", 4}, {"/", 1}, {"user", 4}, {"ada", 3}};
    const nprom_str_t of_ada[] = {{"ada", 3}, {NULL, 0}};
    nprom_counter_t *child, *same;
    nprom_histogram_t time;
    uint32_t removed = 9;
    make();
    CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("ada", "/"), &child) == NPROM_OK);
    CHECK(nprom_counter_growing_labels_by_name(&requests, by_name, 4, &same) == NPROM_OK);
    CHECK(child == same && child != NULL);
    CHECK(nprom_counter_growing_labels_by_name_str(&requests, NPROM_VALUES("path", "/", "user", "ada"),
                                                   &same) == NPROM_OK);
    CHECK(child == same);
    CHECK(nprom_histogram_growing_labels_by_name_str(&times, NPROM_VALUES("path", "/", "user", "ada"),
                                                     &time) == NPROM_OK);
    CHECK(time.cells != NULL);
    CHECK(nprom_growing_remove_by_name(&requests.growing, by_name, 4) == NPROM_OK);
    CHECK(nprom_growing_remove_by_name_str(&requests.growing, NPROM_VALUES("user", "ada", "path", "/")) ==
          NPROM_ERR_NOT_FOUND);
    nprom_counter_growing_labels_str(&requests, NPROM_VALUES("ada", "/a"), &child);
    nprom_counter_growing_labels_str(&requests, NPROM_VALUES("ada", ""), &child);
    nprom_counter_growing_labels_str(&requests, NPROM_VALUES("bob", "/"), &child);
    CHECK(nprom_growing_remove_matching_str(&requests.growing, NPROM_VALUES(NULL, ""), &removed) == NPROM_OK);
    CHECK(removed == 1);
    CHECK(nprom_growing_remove_matching(&requests.growing, of_ada, 2, &removed) == NPROM_OK);
    CHECK(removed == 1);
    CHECK(nprom_growing_remove_matching(&requests.growing, of_ada, 2, &removed) == NPROM_OK);
    CHECK(removed == 0);
    CHECK(nprom_growing_remove_str(&requests.growing, NPROM_VALUES("bob", "/")) == NPROM_OK);
    free_them();
}

/* Adds 1 to each of 20000 children. */
static void *count_each(void *failures) {
    char memory[NPROM_DECIMAL_SIZE];
    for (int n = 0; n < 20000; n++) {
        nprom_str_t values[2] = {nprom_decimal(memory, n), {"/", 1}};
        nprom_int_counter_t *child;
        if (nprom_int_counter_growing_labels(&many, values, 2, &child) != NPROM_OK)
            ++*(int *)failures;
        nprom_int_counter_inc(child);
    }
    return NULL;
}

struct seen {
    int series;
    double sum;
};

static void see(void *context, const nprom_sample_t *sample) {
    struct seen *seen = (struct seen *)context;
    nprom_str_t name = nprom_sample_name(sample);
    if (name.len == 10 && memcmp(name.data, "many_total", 10) == 0) {
        seen->series++;
        seen->sum += nprom_sample_value(sample);
    }
}

static void children_of_two_threads(void) {
    struct seen seen = {0, 0};
    int failures[2] = {0, 0};
    pthread_t thread;
    CHECK(nprom_int_counter_growing_init(&many, names, 2, 0) == NPROM_OK);
    CHECK(pthread_create(&thread, NULL, count_each, &failures[0]) == 0);
    count_each(&failures[1]);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(failures[0] == 0 && failures[1] == 0);
    CHECK(nprom_for_each_sample(&many_group, see, &seen) == NPROM_OK);
    CHECK(seen.series == 20000 && seen.sum == 40000);
    nprom_growing_clear(&many.growing);
    seen.series = 0;
    CHECK(nprom_for_each_sample(&many_group, see, &seen) == NPROM_OK && seen.series == 0);
    nprom_growing_free(&many.growing);
}

static void refused_labels_are_other(void) {
    nprom_counter_family_t described = nprom_counter_family_of(names, 2, 1, 0);
    nprom_counter_t *child, *other;
    int round;
    char page[1000];
    size_t len;
    described.family.overflow = &nprom_overflow_other;
    for (round = 0; round < 2; round++) {
        if (round == 0) {
            CHECK(nprom_growing_init(&requests.growing, &described.family, 2) == NPROM_OK);
        } else {
            CHECK(nprom_counter_growing_init(&requests, names, 2, 2) == NPROM_OK);
            requests.growing.family.overflow = &nprom_overflow_other;
        }
        CHECK(nprom_histogram_growing_init(&times, bounds, 2, names, 2, 0) == NPROM_OK);
        CHECK(nprom_histogram32_growing_init(&cycles, 1000, ticks, 2, names, 2, 0) == NPROM_OK);
        CHECK(nprom_check(&growing, page, sizeof page) == NPROM_OK);
        CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("ada", "/"), &child) == NPROM_OK);
        CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("bob", "/"), &other) == NPROM_OK);
        CHECK(child != other && nprom_growing_refused(&requests.growing) == 1);
        CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("\xff", "/"), &child) == NPROM_OK);
        CHECK(child == other && nprom_growing_refused(&requests.growing) == 2);
        nprom_counter_inc(other);
        CHECK(nprom_encode_buffer(&growing, NPROM_TEXT, page, sizeof page - 1, &len) == NPROM_OK);
        page[len] = 0;
        CHECK(strstr(page, "requests_total{user=\"other\",path=\"other\"} 1\n") != NULL);
        free_them();
    }
}

static void limits_and_misuse(void) {
    static const nprom_label_name_t twice[] = {NPROM_LABEL_NAMES("a", "a")};
    static const double descending[] = {2, 1};
    static const nprom_str_t bytes[] = {{"\xff", 1}, {"", 0}};
    nprom_counter_t *child;
    nprom_histogram_t time;
    void *cell;
    char page[300];
    size_t len;
    /* Not made. */
    CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("a", "b"), &child) == NPROM_ERR_NULL);
    CHECK(child == NULL);
    CHECK(nprom_growing_remove_str(&requests.growing, NPROM_VALUES("a", "b")) == NPROM_ERR_NULL);
    CHECK(nprom_growing_refused(&requests.growing) == 0);
    nprom_growing_clear(&requests.growing);
    nprom_growing_free(&requests.growing);
    nprom_growing_free(NULL);
    nprom_growing_clear(NULL);
    CHECK(nprom_growing_refused(NULL) == 0);
    CHECK(nprom_encode_buffer(&many_group, NPROM_OPENMETRICS, page, sizeof page, &len) == NPROM_OK);
    CHECK(nprom_check(&many_group, page, sizeof page) == NPROM_ERR_TABLE);
    CHECK(strstr(page, "is a family without memory") != NULL);
    /* What it cannot be made of. */
    CHECK(nprom_counter_growing_init(NULL, names, 2, 0) == NPROM_ERR_NULL);
    CHECK(nprom_growing_init(&requests.growing, NULL, 0) == NPROM_ERR_NULL);
    /* Of plain metrics only. */
    CHECK(nprom_growing_init(&requests.growing, &created.family, 0) == NPROM_ERR_TABLE);
    CHECK(nprom_growing_init(&requests.growing, &exemplars.family, 0) == NPROM_ERR_TABLE);
    CHECK(nprom_counter_growing_init(&requests, NULL, 2, 0) == NPROM_ERR_NULL);
    CHECK(nprom_counter_growing_init(&requests, names, 0, 0) == NPROM_ERR_LABEL_COUNT);
    CHECK(nprom_counter_growing_init(&requests, twice, 2, 0) == NPROM_ERR_LABEL_NAME);
    CHECK(nprom_host_message()[0] != 0);
    CHECK(nprom_histogram_growing_init(&times, descending, 2, names, 2, 0) == NPROM_ERR_TABLE);
    CHECK(nprom_histogram_growing_init(&times, NULL, 2, names, 2, 0) == NPROM_ERR_NULL);
    CHECK(nprom_histogram32_growing_init(&cycles, 0, ticks, 2, names, 2, 0) == NPROM_ERR_TABLE);
    /* Made. */
    CHECK(nprom_counter_growing_init(&requests, names, 2, 1) == NPROM_OK);
    CHECK(nprom_histogram_growing_init(&times, bounds, 2, names, 2, 1) == NPROM_OK);
    CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("a", "b"), NULL) == NPROM_ERR_NULL);
    CHECK(nprom_counter_growing_labels_str(&requests, NULL, 2, &child) == NPROM_ERR_NULL);
    CHECK(nprom_counter_growing_labels_str(NULL, NPROM_VALUES("a", "b"), &child) == NPROM_ERR_NULL && !child);
    CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("a"), &child) == NPROM_ERR_LABEL_COUNT);
    CHECK(nprom_counter_growing_labels(&requests, bytes, 2, &child) == NPROM_ERR_NOT_UTF8);
    CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("a", "b"), &child) == NPROM_OK);
    CHECK(nprom_counter_growing_labels_str(&requests, NPROM_VALUES("a", "c"), &child) == NPROM_ERR_FULL);
    CHECK(child == NULL && nprom_growing_refused(&requests.growing) > 0);
    CHECK(nprom_histogram_growing_labels_str(&times, NPROM_VALUES("a", "b"), &time) == NPROM_OK);
    CHECK(nprom_histogram_growing_labels_str(&times, NPROM_VALUES("a", "c"), &time) == NPROM_ERR_FULL);
    nprom_histogram_observe(&time, 1);
    CHECK(nprom_growing_labels(NULL, bytes, 2, &cell) == NPROM_ERR_NULL && cell == NULL);
    CHECK(nprom_growing_remove(&requests.growing, bytes, 2) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_growing_remove(&requests.growing, NULL, 2) == NPROM_ERR_NULL);
    CHECK(nprom_growing_remove(&requests.growing, bytes, 1) == NPROM_ERR_LABEL_COUNT);
    /* One that grows is none of libnanoprom's. */
    CHECK(nprom_family_labels_str(&requests.growing.family, NPROM_VALUES("a", "b"), &cell) ==
          NPROM_ERR_NULL);
    free_them();
}

int main(void) {
    statement("labels by name, and removal by a pattern", names_in_any_order_and_patterns);
    statement("the page is that of static families", the_page_is_that_of_static_families);
    statement("refused labels go to a child called other", refused_labels_are_other);
    statement("limits, and what no family can be made of", limits_and_misuse);
    statement("20000 children of two threads", children_of_two_threads);
    return test_result();
}
