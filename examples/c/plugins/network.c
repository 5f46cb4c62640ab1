/* What Linux counts of each network interface: a collector asks for it when the page is read. */
#include <nanoprom.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 64, COLUMNS = 16 };

/*
 * Read once for a page, so that all that it shows is of one moment. The page is read by one server, in one
 * thread; with more of them a lock would be needed here.
 */
static struct interface {
    char name[32];
    unsigned long long columns[COLUMNS];
} now[MOST];
static uint32_t count;

/* Families by their numbers: name, help text, and their column in the file. */
static const struct {
    const char *name, *help;
    int column;
} families[] = {
    {"network_receive_bytes_total", "Bytes received.", 0},
    {"network_transmit_bytes_total", "Bytes sent.", 8},
};
#define FAMILIES (sizeof families / sizeof families[0])

/* `  eth0: 1200 7 …`; 0 where it is another line. */
static int parse(const char *line, struct interface *out) {
    int length = 0;
    if (sscanf(line, " %31[^: ]:%n", out->name, &length) != 1 || length == 0)
        return 0;
    for (int i = 0; i < COLUMNS; i++) {
        int read = 0;
        line += length;
        if (sscanf(line, "%llu%n", &out->columns[i], &read) != 1)
            return 0;
        length = read;
    }
    return 1;
}

static int read_all(void) {
    char line[512];
    FILE *file = fopen("/proc/net/dev", "r");
    if (!file)
        return -1;
    count = 0;
    while (count < MOST && fgets(line, sizeof line, file))
        count += (uint32_t)parse(line, &now[count]);
    fclose(file);
    return 0;
}

static int32_t family(void *context, uint32_t number, nprom_collected_family_t *out) {
    (void)context;
    /* A negative number: the collector's part is missing, counted as an error; the page goes on. */
    if (number == 0 && read_all() < 0)
        return -1;
    if (number >= FAMILIES)
        return 0;
    nprom_collected_family_describe(out, NPROM_TYPE_COUNTER, families[number].name, families[number].help);
    return 1;
}

static int32_t series(void *context, uint32_t of, uint32_t number, nprom_collected_series_t *out) {
    (void)context;
    if (number >= count)
        return 0;
    nprom_collected_series_label_str(out, "device", now[number].name);
    nprom_collected_series_unsigned(out, now[number].columns[families[of].column]);
    return 1;
}

static nprom_int_counter_t errors;
static const nprom_collector_t interfaces = {.family = family, .series = series, .errors = &errors};

static const nprom_metric_t rows[] = {
    NPROM_COLLECTOR(&interfaces, "interfaces"),
    NPROM_INT_COUNTER(&errors, "network_errors_total", "How often the interfaces could not be read."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);
NPROM_JOIN_DEFAULT(metrics);
