/* An info that is set at run time. */
#include "page.h"

/* EXAMPLE nprom_info_cell.h 1.1 */

static const nprom_metric_t rows[] = {
    /* EXAMPLE nprom_info_cell.h 1.2 */
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void set_and_show(void) {
    const char *text = "10.0.0.7";
    /* EXAMPLE nprom_info_cell.h 1.3 */
    CHECK(shows(&metrics, NPROM_TEXT, "network_info{address=\"10.0.0.7\"} 1"));
}

int main(void) {
    statement("the info of nprom_info_cell.h shows what was set", set_and_show);
    return test_result();
}
