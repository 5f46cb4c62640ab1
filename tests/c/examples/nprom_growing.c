/* A family that grows; what its functions are declared as. */
#include "page.h"
#include <nanoprom_host.h>

/* EXAMPLE nprom_growing.h 1.1 */

/* EXAMPLE nprom_growing.h 3.1 */

static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void grow_and_free(void) {
    /* EXAMPLE nprom_growing.h 1.2 */
    CHECK(status == NPROM_OK);
    CHECK(shows(&metrics, NPROM_TEXT, "requests_total{user=\"ada\"} 1"));
    /* EXAMPLE nprom_growing.h 1.3 */
    CHECK(!nprom_growing_refused(&users.growing));
}

static void fold_into_other(void) {
    nprom_counter_t *child;
    CHECK(nprom_counter_growing_init(&users, names, 1, 2) == NPROM_OK);
    /* EXAMPLE nprom_growing.h 2.1 */
    CHECK(nprom_counter_growing_labels_str(&users, NPROM_VALUES("ada"), &child) == NPROM_OK);
    CHECK(nprom_counter_growing_labels_str(&users, NPROM_VALUES("bob"), &child) == NPROM_OK);
    CHECK(shows(&metrics, NPROM_TEXT, "requests_total{user=\"other\"} 0"));
    nprom_growing_free(&users.growing);
}

int main(void) {
    statement("the family of nprom_growing.h grows and is freed", grow_and_free);
    statement("and has a child called other if it is told to", fold_into_other);
    return test_result();
}
