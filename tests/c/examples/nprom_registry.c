/* A registry. */
#include "page.h"

static nprom_counter_t sent;
static const nprom_metric_t rows[] = {NPROM_COUNTER(&sent, "sent_total", "Messages sent.")};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* EXAMPLE nprom_registry.h 1.1 */

static int peer, waited;

static void wait_a_moment(void) {
    nprom_scrape_end(&plugins);
    waited++;
}

static int32_t write_to_peer(void *context, const char *data, size_t len) {
    (void)data;
    *(int *)context += (int)len;
    return 0;
}

static void register_and_read(void) {
    nprom_cursor_t cursor;
    char page[200];
    /* EXAMPLE nprom_registry.h 1.2 */
    CHECK(status == NPROM_OK);
    CHECK(nprom_read(&cursor, page, sizeof page) > 0);
    CHECK(shows(&plugins.group, NPROM_TEXT, "sent_total 0"));
    /* EXAMPLE nprom_registry.h 3.1 */
    CHECK(peer > 0);
}

/* Somebody else is reading a page at first. */
static void leave(void) {
    CHECK(nprom_scrape_begin(&plugins) == NPROM_OK);
    /* EXAMPLE nprom_registry.h 2.1 */
    CHECK(waited == 1);
    CHECK(nprom_registry_unlink(&plugins, &node) == NPROM_OK);
    CHECK(nprom_registry_unregister(&plugins, &node) == NPROM_ERR_NOT_FOUND);
}

int main(void) {
    statement("the registry of nprom_registry.h shows the group of its node", register_and_read);
    statement("and lets go of the memory when nobody reads", leave);
    return test_result();
}
