/* A collector, read with scratch memory. */
#include "page.h"

static struct disks {
    uint32_t count;
    struct {
        const char *name;
        uint64_t bytes;
    } all[2];
} my_disks = {2, {{"sda", 1024}, {"sdb", 9007199254740993}}};

/* EXAMPLE nprom_collector.h 1.1 */

static const nprom_metric_t rows[] = {NPROM_COLLECTOR(&disk_metrics, "disks")};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void collect(void) {
    CHECK(shows(&metrics, NPROM_TEXT, "disk_read_bytes_total{disk=\"sda\"} 1024"));
    CHECK(shows(&metrics, NPROM_TEXT, "disk_read_bytes_total{disk=\"sdb\"} 9007199254740993"));
}

int main(void) {
    statement("the collector of nprom_collector.h shows what it is given", collect);
    return test_result();
}
