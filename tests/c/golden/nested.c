/* nested.txt: groups in groups, with prefixes and constant labels. */
#include "golden.h"

/* A driver's library ... */
static nprom_int_counter_t frames;
NPROM_DEFINE_INT_COUNTER_FAMILY(dropped, 4, 32, "reason");
NPROM_DEFINE_HISTOGRAM(frame_length, 64.0, 1518.0);

static const nprom_metric_t driver_rows[] = {
    NPROM_INT_COUNTER(&frames, "frames_total", "Frames received."),
    NPROM_INT_COUNTER_FAMILY(&dropped, "dropped_frames_total", "Frames dropped, by reason."),
    NPROM_HISTOGRAM(&frame_length, "frame_length_bytes", "Length of a frame."),
};
static const nprom_group_t driver = NPROM_GROUP_INIT(driver_rows);

/* ... which a network stack includes ... */
static nprom_gauge_t sockets;

static const nprom_metric_t eth0_rows[] = {NPROM_GROUP(&driver)};
static const nprom_label_t eth0_labels[] = {
    NPROM_LABEL("speed", "1000"),
    NPROM_LABEL("port", "a\"b\\c"),
};
static const nprom_group_t eth0 = NPROM_GROUP_INIT_LABELS(eth0_rows, "eth0_", eth0_labels);

static const nprom_metric_t network_rows[] = {
    NPROM_GAUGE(&sockets, "sockets", "Sockets in use."),
    NPROM_GROUP(&eth0),
};
static const nprom_label_t network_labels[] = {NPROM_LABEL("stack", "tcp/ip")};
static const nprom_group_t network =
    NPROM_GROUP_INIT_LABELS(network_rows, "network_", network_labels);

/* ... and an application, with the driver once more. */
static nprom_gauge_t uptime;
static nprom_int_counter_t jobs;

static const nprom_metric_t serial_rows[] = {NPROM_GROUP(&driver)};
static const nprom_group_t serial = NPROM_GROUP_INIT_PREFIX(serial_rows, "serial_");

static const nprom_metric_t rows[] = {
    NPROM_GAUGE(&uptime, "uptime_seconds", "Seconds since the start."),
    NPROM_GROUP(&network),
    NPROM_INT_COUNTER(&jobs, "jobs_total", "Jobs done."),
    NPROM_GROUP(&serial),
};
static const nprom_label_t labels[] = {
    NPROM_LABEL("site", "north\nwest"),
    NPROM_LABEL("owner", "Zoë"),
};
const nprom_group_t nested_group = NPROM_GROUP_INIT_LABELS(rows, "app_", labels);

static void drop(const char *reason, uint64_t amount) {
    nprom_int_counter_t *child;
    nprom_int_counter_family_labels_str(&dropped, &reason, 1, &child);
    nprom_int_counter_inc_by(child, amount);
}

void nested_fill(void) {
    nprom_gauge_set(&uptime, 12.5);
    nprom_int_counter_inc_by(&jobs, 3);
    nprom_gauge_set(&sockets, 2.0);
    nprom_int_counter_inc_by(&frames, 7);
    drop("crc", 1);
    drop("too \"long\"", 2);
    nprom_histogram_observe(&frame_length, 60.0);
    nprom_histogram_observe(&frame_length, 1000.0);
}
