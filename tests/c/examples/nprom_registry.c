/* A registry. */
#include "page.h"

static nprom_counter_t sent;
static const nprom_metric_t rows[] = {NPROM_COUNTER(&sent, "sent_total", "Messages sent.")};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* EXAMPLE nprom_registry.h 1.1 */

static void register_and_read(void) {
    nprom_cursor_t cursor;
    char page[200];
    /* EXAMPLE nprom_registry.h 1.2 */
    CHECK(status == NPROM_OK);
    CHECK(nprom_read(&cursor, page, sizeof page) > 0);
    CHECK(shows(&plugins.group, NPROM_TEXT, "sent_total 0"));
}

int main(void) {
    statement("the registry of nprom_registry.h shows the group of its node", register_and_read);
    return test_result();
}
