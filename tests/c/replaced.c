/*
 * Four threads replace exemplars and infos and remove children while pages are read, a byte at a time and
 * in larger portions: what is on a page is what one thread put there.
 *
 *     replaced [PAGES]
 */
#include "test.h"
#include <nanoprom.h>
#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4, ROOM = 32768 };

static const double bounds[] = {0.25, 1};
NPROM_DEFINE_EXEMPLAR_COUNTER(traced, 96);
NPROM_DEFINE_EXEMPLAR_HISTOGRAM(latency, 96, 0.25, 1);
NPROM_DEFINE_EXEMPLAR_HISTOGRAM_FAMILY(children, 96, bounds, 4, 48, "child");
NPROM_DEFINE_CREATED_COUNTER_FAMILY(jobs, 4, 48, "job");
NPROM_DEFINE_INFO_CELL(network, 96);

static const nprom_metric_t rows[] = {
    NPROM_INFO_CELL(&network, "network_info", "Replaced all the time."),
    NPROM_EXEMPLAR_COUNTER(&traced, "traced_total", "The newest trace."),
    NPROM_EXEMPLAR_HISTOGRAM(&latency, "latency_seconds", "A trace for each bucket."),
    NPROM_EXEMPLAR_HISTOGRAM_FAMILY(&children, "child_seconds", "Children that come and go."),
    NPROM_CREATED_COUNTER_FAMILY(&jobs, "jobs_total", "Children with times that come and go."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static nprom_int_counter_t stop;
static int pages = 1000;

static double clock_of_the_test(void) {
    return 1e9;
}

/* Everything that it sets says one number. */
static void update(unsigned number) {
    static const double observed[] = {0.125, 0.5, 2};
    static const char *const names[] = {"a", "\"b\"", ""};
    char id[16], again[64];
    nprom_str_t labels[4];
    nprom_exemplar_histogram_t child;
    nprom_created_counter_t *job;
    const char *name = names[number % 3];
    size_t len = (size_t)snprintf(id, sizeof id, "%u", number), i;
    for (i = 0; i <= number % 5; i++)
        memcpy(again + i * len, id, len);
    labels[0].data = "id";
    labels[0].len = 2;
    labels[1].data = id;
    labels[1].len = len;
    labels[2].data = "again";
    labels[2].len = 5;
    labels[3].data = again;
    labels[3].len = i * len;
    CHECK(nprom_exemplar_counter_inc_by(&traced, number, labels, 4, number) == NPROM_OK);
    CHECK(nprom_exemplar_histogram_observe(&latency, observed[number % 3], labels, 4, number) == NPROM_OK);
    CHECK(nprom_exemplar_histogram_family_labels_str(&children, &name, 1, &child) == NPROM_OK);
    CHECK(nprom_exemplar_histogram_observe(&child, observed[number % 3], labels, 4, number) == NPROM_OK);
    CHECK(nprom_created_counter_family_labels_str(&jobs, &name, 1, &job) == NPROM_OK);
    nprom_counter_inc(&job->counter);
    /* Another thread may just be setting it. */
    (void)nprom_info_cell_set(&network, labels, number % 11 ? 4 : 0);
    if (number % 13 == 2)
        nprom_family_clear(&children.family);
    if (number % 13 == 5)
        nprom_family_clear(&jobs.family);
}

static void *work(void *context) {
    unsigned first = 1000000u * *(const unsigned *)context, step;
    for (step = 0; nprom_int_counter_get(&stop) == 0; step = (step + 1) % 1000000)
        update(first + step);
    return NULL;
}

/* Whether `text` begins with `id`, 1 to 5 times, and a quote. */
static int repeats(const char *text, const char *id, size_t len) {
    size_t times = 1 + strtoul(id, NULL, 10) % 5;
    while (times-- > 0) {
        if (memcmp(text, id, len) != 0)
            return 0;
        text += len;
    }
    return *text == '"';
}

/* Whether the labels at `text` are those of one update, and so is what follows: ` # {id="7",…} 2 7`. */
static int is_whole(const char *text, int is_exemplar) {
    const char *id = text + strlen("id=\""), *again, *end;
    size_t len = strspn(id, "0123456789");
    if (len == 0 || memcmp(id + len, "\",again=\"", 9) != 0)
        return 0;
    again = id + len + 9;
    end = strpbrk(again, "\n}");
    if (!repeats(again, id, len) || !end || *end != '}')
        return 0;
    if (!is_exemplar)
        return memcmp(end, "} 1\n", 4) == 0;
    end = strchr(end, '\n');
    return end && memcmp(end - len, id, len) == 0 && end[-(ptrdiff_t)len - 1] == ' ';
}

static size_t read_page(char *page, size_t size) {
    char scratch[256];
    nprom_cursor_t cursor;
    size_t len = 0, more;
    nprom_cursor_init(&cursor, &group, NPROM_OPENMETRICS);
    nprom_cursor_scratch(&cursor, scratch, sizeof scratch);
    while (len + size < ROOM && (more = nprom_read(&cursor, page + len, size)) > 0)
        len += more;
    page[len] = 0;
    return len;
}

static void what_four_threads_replace_is_never_torn(void) {
    static const size_t sizes[] = {1, 61, 4096};
    static char page[ROOM];
    pthread_t threads[THREADS];
    unsigned numbers[THREADS], i;
    int exemplars = 0, infos = 0, number;
    CHECK(nprom_check(&group, NULL, 0) == NPROM_OK);
    CHECK(nprom_set_clock(clock_of_the_test) == NPROM_OK);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i + 1;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (number = 0; number < pages || ((exemplars < 100 || infos < 100) && number < 100 * pages); number++) {
        size_t len = read_page(page, sizes[number % 3]);
        const char *at = page;
        CHECK(len > 6 && memcmp(page + len - 6, "# EOF\n", 6) == 0);
        while ((at = strstr(at, "id=\"")) != NULL) {
            int is_exemplar = memcmp(at - 4, " # {", 4) == 0;
            CHECK(is_whole(at, is_exemplar));
            *(is_exemplar ? &exemplars : &infos) += 1;
            at++;
        }
    }
    CHECK(exemplars >= 100 && infos >= 100);
    nprom_int_counter_inc(&stop);
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
}

int main(int argc, char **argv) {
    if (argc > 1)
        pages = atoi(argv[1]);
    statement("what four threads replace is never torn", what_four_threads_replace_is_never_torn);
    return test_result();
}
