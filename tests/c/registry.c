/* Registries: groups that come and go, names of run time, and memory that is freed. */
#include "test.h"
#include <nanoprom.h>
#include <pthread.h>
#include <stdlib.h>

static nprom_int_counter_t a, b;
static const nprom_metric_t a_rows[] = {NPROM_INT_COUNTER(&a, "a_total", "")};
static const nprom_metric_t b_rows[] = {NPROM_INT_COUNTER(&b, "b_total", "")};
static const nprom_group_t group_a = NPROM_GROUP_INIT(a_rows);
static const nprom_group_t group_b = NPROM_GROUP_INIT(b_rows);
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};

/* Whether the page of a group is this text. */
static int shows(const nprom_group_t *group, const char *expected) {
    static char page[1000];
    size_t len = 0;
    CHECK(nprom_encode_buffer(group, NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
    if (len == strlen(expected) && memcmp(page, expected, len) == 0)
        return 1;
    printf("    the page is: %.*s\n", (int)len, page);
    return 0;
}
#define PAGE_A "# TYPE a_total counter\na_total 0\n"
#define PAGE_B "# TYPE b_total counter\nb_total 0\n"

static void groups_come_and_go(void) {
    static nprom_registry_t registry = NPROM_REGISTRY_INIT(registry);
    static nprom_node_t node_a = NPROM_NODE_INIT(&group_a), node_b = NPROM_NODE_INIT(&group_b);
    CHECK(shows(&registry.group, ""));
    CHECK(nprom_registry_register(&registry, &node_a, NULL, 0) == NPROM_OK);
    CHECK(nprom_registry_register(&registry, &node_b, NULL, 0) == NPROM_OK);
    CHECK(shows(&registry.group, PAGE_B PAGE_A));
    CHECK(nprom_check(&registry.group, NULL, 0) == NPROM_OK);
    CHECK(nprom_registry_unregister(&registry, &node_b) == NPROM_OK);
    CHECK(shows(&registry.group, PAGE_A));
    CHECK(nprom_registry_register(&registry, &node_b, NULL, 0) == NPROM_OK);
    CHECK(shows(&registry.group, PAGE_B PAGE_A));
}

static void a_registry_gives_a_prefix_and_labels(void) {
    static nprom_registry_t plain = NPROM_REGISTRY_INIT(plain);
    static nprom_registry_t registry = NPROM_REGISTRY_INIT_LABELS(registry, "pump_", site);
    static nprom_registry_t prefixed = NPROM_REGISTRY_INIT_PREFIX(prefixed, "pump_");
    static nprom_node_t node = NPROM_NODE_INIT(&group_a), other = NPROM_NODE_INIT(&group_a);
    static nprom_node_t third = NPROM_NODE_INIT(&group_a);
    CHECK(nprom_registry_register(&registry, &node, NULL, 0) == NPROM_OK);
    CHECK(nprom_registry_register(&plain, &other, NULL, 0) == NPROM_OK);
    CHECK(nprom_registry_register(&prefixed, &third, NULL, 0) == NPROM_OK);
    CHECK(shows(&prefixed.group, "# TYPE pump_a_total counter\npump_a_total 0\n"));
    CHECK(shows(&registry.group,
                "# TYPE pump_a_total counter\npump_a_total{site=\"north\"} 0\n"));
    CHECK(shows(&plain.group, PAGE_A));
}

static void faults_are_told(void) {
    static nprom_registry_t registry = NPROM_REGISTRY_INIT(registry);
    static nprom_registry_t other = NPROM_REGISTRY_INIT(other);
    static nprom_node_t node = NPROM_NODE_INIT(&group_a), twin = NPROM_NODE_INIT(&group_a);
    static nprom_node_t unused = NPROM_NODE_INIT(NULL);
    nprom_metric_t row = NPROM_GROUP(&registry.group);
    nprom_group_t outer = {&row, NULL, "", 1, 0, 0, 0, NULL};
    char message[100];
    CHECK(nprom_registry_register(&registry, &node, NULL, 0) == NPROM_OK);
    CHECK(nprom_registry_register(&registry, &node, NULL, 0) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_registry_register(&other, &node, NULL, 0) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_registry_register(&registry, &twin, message, sizeof message) == NPROM_ERR_TABLE);
    CHECK(strcmp(message, "two metrics expose the name 'a_total'") == 0);
    CHECK(nprom_registry_unregister(&registry, &twin) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_registry_unregister(&other, &node) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_registry_unlink(&registry, &node) == NPROM_ERR_BUSY);
    CHECK(nprom_registry_unregister(&registry, &node) == NPROM_OK);
    CHECK(nprom_registry_unlink(&other, &node) == NPROM_ERR_NOT_FOUND);
    CHECK(nprom_registry_register(NULL, &node, NULL, 0) == NPROM_ERR_NULL);
    CHECK(nprom_registry_register(&registry, NULL, NULL, 0) == NPROM_ERR_NULL);
    CHECK(nprom_registry_register(&registry, &unused, NULL, 0) == NPROM_ERR_NULL);
    CHECK(nprom_registry_unregister(&registry, NULL) == NPROM_ERR_NULL);
    CHECK(nprom_registry_unlink(NULL, &node) == NPROM_ERR_NULL);
    CHECK(nprom_node_init(NULL, &group_a) == NPROM_ERR_NULL);
    CHECK(nprom_node_init(&unused, NULL) == NPROM_ERR_NULL);
    CHECK(nprom_scrape_begin(NULL) == NPROM_ERR_NULL);
    nprom_scrape_end(NULL);
    CHECK(nprom_check(&outer, message, sizeof message) == NPROM_ERR_TABLE);
    CHECK(strcmp(message, "a registry is included in a group") == 0);
    CHECK(shows(&outer, ""));
}

static nprom_str_t text(const char *s) {
    nprom_str_t str = {s, strlen(s)};
    return str;
}

static void memory_is_freed_when_nobody_scrapes(void) {
    static nprom_registry_t registry = NPROM_REGISTRY_INIT(registry);
    static nprom_node_t below = NPROM_NODE_INIT(&group_b);
    struct plugin {
        char name[20];
        nprom_gauge_t level;
        nprom_metric_t row;
        nprom_group_t group;
        nprom_node_t node;
    } *plugin = (struct plugin *)calloc(1, sizeof *plugin);
    nprom_cursor_t cursor;
    char byte;
    size_t len = 0;
    if (!plugin)
        return;
    strcpy(plugin->name, "level_7_ratio");
    CHECK(nprom_metric_init(&plugin->row, text(plugin->name), text("Level."), &nprom_kind_gauge,
                            &plugin->level) == NPROM_OK);
    CHECK(nprom_group_init(&plugin->group, &plugin->row, 1, text("tank_")) == NPROM_OK);
    CHECK(nprom_node_init(&plugin->node, &plugin->group) == NPROM_OK);
    CHECK(nprom_registry_register(&registry, &below, NULL, 0) == NPROM_OK);
    CHECK(nprom_registry_register(&registry, &plugin->node, NULL, 0) == NPROM_OK);
    CHECK(shows(&registry.group, "# HELP tank_level_7_ratio Level.\n"
                                 "# TYPE tank_level_7_ratio gauge\ntank_level_7_ratio 0\n" PAGE_B));

    CHECK(nprom_scrape_begin(&registry) == NPROM_OK);
    CHECK(nprom_cursor_init(&cursor, &registry.group, NPROM_TEXT) == NPROM_OK);
    CHECK(nprom_read(&cursor, &byte, 1) == 1);
    CHECK(nprom_registry_unregister(&registry, &plugin->node) == NPROM_OK);
    CHECK(nprom_registry_unlink(&registry, &plugin->node) == NPROM_ERR_BUSY);
    while (nprom_read(&cursor, &byte, 1) == 1)
        len++;
    CHECK(len > 100); /* all of it: the page had begun with the group */
    nprom_scrape_end(&registry);
    CHECK(nprom_registry_unlink(&registry, &plugin->node) == NPROM_OK);
    CHECK(nprom_registry_unlink(&registry, &plugin->node) == NPROM_OK);
    memset(plugin, 0xAA, sizeof *plugin);
    free(plugin);
    CHECK(shows(&registry.group, PAGE_B));
    nprom_scrape_end(&registry); /* one too many changes nothing */
    CHECK(nprom_scrape_begin(&registry) == NPROM_OK);
    nprom_scrape_end(&registry);
}

static void rows_of_run_time_are_judged(void) {
    static nprom_gauge_t gauge;
    nprom_metric_t row;
    nprom_group_t group;
    char name[300], message[100];
    nprom_str_t lengthy = {name, 256}, fits = {name, 255}, dash = {"a-b", 3}, bad = {"\xff", 1};
    nprom_str_t none = {NULL, 0};
    memset(name, 'a', sizeof name);
    CHECK(nprom_metric_init(NULL, dash, none, &nprom_kind_gauge, &gauge) == NPROM_ERR_NULL);
    CHECK(nprom_metric_init(&row, dash, none, NULL, &gauge) == NPROM_ERR_NULL);
    CHECK(nprom_metric_init(&row, dash, none, &nprom_kind_gauge, NULL) == NPROM_ERR_NULL);
    CHECK(nprom_metric_init(&row, lengthy, none, &nprom_kind_gauge, &gauge) == NPROM_ERR_TOO_LONG);
    CHECK(nprom_metric_init(&row, bad, none, &nprom_kind_gauge, &gauge) == NPROM_ERR_NOT_UTF8);
    CHECK(nprom_metric_init(&row, dash, bad, &nprom_kind_gauge, &gauge) == NPROM_ERR_NOT_UTF8);
    CHECK(nprom_metric_init(&row, fits, none, &nprom_kind_gauge, &gauge) == NPROM_OK);
    CHECK(nprom_group_init(NULL, &row, 1, none) == NPROM_ERR_NULL);
    CHECK(nprom_group_init(&group, NULL, 1, none) == NPROM_ERR_NULL);
    CHECK(nprom_group_init(&group, &row, 65536, none) == NPROM_ERR_TOO_LONG);
    CHECK(nprom_group_init(&group, &row, 1, lengthy) == NPROM_ERR_TOO_LONG);
    CHECK(nprom_metric_init(&row, dash, none, &nprom_kind_gauge, &gauge) == NPROM_OK);
    CHECK(nprom_group_init(&group, &row, 1, none) == NPROM_OK);
    CHECK(nprom_check(&group, message, sizeof message) == NPROM_ERR_TABLE);
    CHECK(strncmp(message, "metric 'a-b' is no metric name", 30) == 0);
}

static nprom_registry_t busy = NPROM_REGISTRY_INIT(busy);
static int stop;

static void *read_pages(void *unused) {
    static char page[1000];
    size_t len;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        if (nprom_scrape_begin(&busy) != NPROM_OK)
            continue;
        CHECK(nprom_encode_buffer(&busy.group, NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
        nprom_scrape_end(&busy);
    }
    return unused;
}

static void memory_is_freed_while_others_scrape(void) {
    pthread_t reader;
    CHECK(pthread_create(&reader, NULL, read_pages, NULL) == 0);
    for (int round = 0; round < 500; round++) {
        nprom_node_t *node = (nprom_node_t *)malloc(sizeof *node);
        int32_t status;
        if (!node)
            break;
        CHECK(nprom_node_init(node, round % 2 ? &group_a : &group_b) == NPROM_OK);
        CHECK(nprom_registry_register(&busy, node, NULL, 0) == NPROM_OK);
        CHECK(nprom_registry_unregister(&busy, node) == NPROM_OK);
        do
            status = nprom_registry_unlink(&busy, node);
        while (status == NPROM_ERR_BUSY);
        CHECK(status == NPROM_OK);
        memset(node, 0xAA, sizeof *node);
        free(node);
    }
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    pthread_join(reader, NULL);
    CHECK(shows(&busy.group, ""));
}

int main(void) {
    statement("groups come and go", groups_come_and_go);
    statement("a registry gives a prefix and labels, and shares metrics with another",
              a_registry_gives_a_prefix_and_labels);
    statement("faults are told", faults_are_told);
    statement("memory is freed when nobody scrapes", memory_is_freed_when_nobody_scrapes);
    statement("memory is freed while others scrape", memory_is_freed_while_others_scrape);
    statement("rows of run time are judged", rows_of_run_time_are_judged);
    return test_result();
}
