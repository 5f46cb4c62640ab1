/*
 * What pages have beyond plain values: the target's info, exemplars, creation times, a collector. Served
 * until the input ends, updated twenty times a second.
 */
#define _POSIX_C_SOURCE 200809L
#include <nanoprom_host.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

NPROM_DEFINE_INFO(target, NPROM_LABEL("service", "pumps"));
NPROM_DEFINE_EXEMPLAR_COUNTER(requests, 64);
NPROM_DEFINE_EXEMPLAR_HISTOGRAM(latency, 64, 0.1, 1);
NPROM_DEFINE_CREATED_COUNTER_FAMILY(jobs, 4, 48, "task");
static nprom_int_counter_t collector_errors;

static double unix_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int32_t disks_family(void *context, uint32_t number, nprom_collected_family_t *out) {
    static const struct {
        uint32_t type;
        const char *name;
    } families[] = {
        {NPROM_TYPE_COUNTER, "disk_read_bytes_total"},
        {NPROM_TYPE_GAUGE, "disk_heat_celsius"},
        {NPROM_TYPE_HISTOGRAM, "disk_seconds"},
        {NPROM_TYPE_SUMMARY, "disk_wait_seconds"},
        {NPROM_TYPE_STATE_SET, "disk_mode"},
        {NPROM_TYPE_UNKNOWN, "disk_register"},
    };
    (void)context;
    if (number >= sizeof families / sizeof families[0])
        return 0;
    nprom_collected_family_describe(out, families[number].type, families[number].name, "Of a disk.");
    return 1;
}

static int32_t disks_series(void *context, uint32_t family, uint32_t number, nprom_collected_series_t *out) {
    static const char *const disks[] = {"sda", "a \"b\"\\c\nd"};
    static const nprom_bucket_t buckets[] = {{0.005, 1}, {0.5, 2}};
    static const nprom_quantile_t quantiles[] = {{0.5, 0.25}};
    (void)context;
    if (number >= 2)
        return 0;
    nprom_collected_series_label_str(out, "disk", disks[number]);
    switch (family) {
    case 0: nprom_collected_series_unsigned(out, 1000 + number); break;
    case 1: nprom_collected_series_value(out, 21.5 + number); break;
    case 2: nprom_collected_series_histogram(out, buckets, 2, 1.25); break;
    case 3: nprom_collected_series_summary(out, 3, 0.75, quantiles, 1); break;
    case 4:
        nprom_collected_series_state(out, "idle", number == 0);
        nprom_collected_series_state(out, "busy", number == 1);
        break;
    default: nprom_collected_series_value(out, -7); break;
    }
    return 1;
}

static const nprom_collector_t disks = {disks_family, disks_series, NULL, &collector_errors, 0, 0};

static const nprom_metric_t rows[] = {
    NPROM_INFO(&target, "target_info", "What runs here."),
    NPROM_EXEMPLAR_COUNTER(&requests, "requests_total", "The newest trace."),
    NPROM_EXEMPLAR_HISTOGRAM(&latency, "latency_seconds", "A trace for each bucket."),
    NPROM_CREATED_COUNTER_FAMILY(&jobs, "jobs_total", "Children with times."),
    NPROM_COLLECTOR(&disks, "disks"),
    NPROM_INT_COUNTER(&collector_errors, "collector_errors_total", "Nothing is left out."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static int update(unsigned number) {
    static const char *const job = "backup";
    char id[16];
    nprom_str_t labels[2];
    nprom_created_counter_t *child;
    labels[0].data = "trace_id";
    labels[0].len = 8;
    labels[1].data = id;
    labels[1].len = (size_t)snprintf(id, sizeof id, "%u", number);
    if (nprom_created_counter_family_labels_str(&jobs, &job, 1, &child) < 0)
        return -1;
    nprom_counter_inc(&child->counter);
    /* The exemplar's value says its number, too. */
    if (nprom_exemplar_counter_inc_by(&requests, number, labels, 2, unix_seconds()) < 0)
        return -1;
    return nprom_exemplar_histogram_observe(&latency, number % 2 ? 0.05 : 0.5, labels, 2, unix_seconds());
}

int main(void) {
    struct pollfd input = {0, POLLIN, 0};
    nprom_server_t *server;
    unsigned number = 0;
    if (nprom_check(&metrics, NULL, 0) < 0 || nprom_set_clock(unix_seconds) < 0 || update(++number) < 0 ||
        nprom_serve_start(&metrics, "127.0.0.1:0", NULL, &server) < 0)
        return 1;
    printf("Serving http://127.0.0.1:%d/metrics\n", nprom_serve_port(server));
    fflush(stdout);
    while (poll(&input, 1, 50) == 0)
        if (update(++number) < 0)
            return 1;
    nprom_serve_stop(server);
    return 0;
}
