/* A family whose size and labels are known at run time. */
#include "page.h"
#include <stdlib.h>

/* EXAMPLE nprom_families.h 3.1 */

static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void give_it_memory(void) {
    const nprom_label_name_t names[] = {NPROM_LABEL_NAMES("port")};
    const size_t name_count = 1;
    const uint32_t series = 10;
    nprom_counter_t *child;
    /* EXAMPLE nprom_families.h 3.2 */
    CHECK(status == NPROM_OK);
    CHECK(nprom_counter_family_labels_str(&frames, NPROM_VALUES("eth0"), &child) == NPROM_OK);
    CHECK(shows(&metrics, NPROM_TEXT, "frames_total{port=\"eth0\"} 0"));
    free(frames.family.head);
}

int main(void) {
    statement("the family of run time of nprom_families.h works in its memory", give_it_memory);
    return test_result();
}
