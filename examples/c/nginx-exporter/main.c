/*
 * An exporter for something that is not our own: it asks nginx for the page of its module stub_status,
 * and shows the numbers to Prometheus.
 *
 *     nginx-exporter http://127.0.0.1:8080/status [127.0.0.1:9113]
 *
 * nginx is asked each second, not by each scrape, so that an nginx that is stuck makes no scraper wait:
 * nginx_up and the time of the last reading tell. The page is served by libnanoprom_host.
 */
#define _POSIX_C_SOURCE 200809L
#include "stub_status.h"
#include <math.h>
#include <nanoprom.h>
#include <nanoprom_host.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

/* ---- Metrics ------------------------------------------------------------------------------------- */

/*
 * nginx counts by itself, and its totals are taken over as they are: a restart is seen by Prometheus as the
 * reset of a counter. While nginx is away they stay, and the connections are unknown.
 */
typedef _Atomic uint64_t total_t;

static double total_of(void *total) {
    return (double)atomic_load_explicit((total_t *)total, memory_order_relaxed);
}

static total_t accepted, handled, requests;
static const nprom_callback_t accepted_total = {total_of, &accepted};
static const nprom_callback_t handled_total = {total_of, &handled};
static const nprom_callback_t requests_total = {total_of, &requests};
static nprom_gauge32_t up;
static nprom_gauge_t active, reading, writing, waiting;

static nprom_int_counter_t reads, read_errors;
static nprom_gauge32_t reads_in_progress;
static nprom_gauge_t last_read, last_read_duration;

static const nprom_metric_t rows[] = {
    NPROM_GAUGE32(&up, "nginx_up", "1 where nginx gave its status when it was last asked, else 0."),
    NPROM_COUNTER_FN(&accepted_total, "nginx_connections_accepted_total", "Connections accepted."),
    NPROM_COUNTER_FN(&handled_total, "nginx_connections_handled_total",
                     "Connections handled: less than accepted where a limit was reached."),
    NPROM_COUNTER_FN(&requests_total, "nginx_http_requests_total",
                     "Requests of clients, those of this exporter included."),
    NPROM_GAUGE(&active, "nginx_connections_active", "Connections open, waiting ones included."),
    NPROM_GAUGE(&reading, "nginx_connections_reading", "Connections whose request is being read."),
    NPROM_GAUGE(&writing, "nginx_connections_writing", "Connections that are being answered."),
    NPROM_GAUGE(&waiting, "nginx_connections_waiting", "Connections without a request."),
    NPROM_INT_COUNTER(&reads, "nginx_exporter_reads_total", "How often nginx was asked."),
    NPROM_INT_COUNTER(&read_errors, "nginx_exporter_read_errors_total",
                      "How often it gave no status."),
    NPROM_GAUGE32(&reads_in_progress, "nginx_exporter_reads_in_progress",
                  "1 while nginx is being asked, else 0."),
    NPROM_GAUGE(&last_read, "nginx_exporter_last_read_timestamp_seconds",
                "When nginx was last asked, in seconds since 1970."),
    NPROM_GAUGE(&last_read_duration, "nginx_exporter_last_read_duration_seconds",
                "How long that took."),
    NPROM_GROUP(&nprom_process_metrics),
    NPROM_GROUP(&nprom_build_info),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* ---- Reading ------------------------------------------------------------------------------------- */

static double clock_of(clockid_t id) {
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(void) { return clock_of(CLOCK_MONOTONIC); }
static double unix_seconds(void) { return clock_of(CLOCK_REALTIME); }

static void show(const stub_status_t *s) {
    atomic_store_explicit(&accepted, s->accepted, memory_order_relaxed);
    atomic_store_explicit(&handled, s->handled, memory_order_relaxed);
    atomic_store_explicit(&requests, s->requests, memory_order_relaxed);
    nprom_gauge_set(&active, (double)s->active);
    nprom_gauge_set(&reading, (double)s->reading);
    nprom_gauge_set(&writing, (double)s->writing);
    nprom_gauge_set(&waiting, (double)s->waiting);
}

static void show_unknown(void) {
    nprom_gauge_set(&active, NAN);
    nprom_gauge_set(&reading, NAN);
    nprom_gauge_set(&writing, NAN);
    nprom_gauge_set(&waiting, NAN);
}

static void ask_nginx(const stub_status_url_t *url) {
    NPROM_TRACK_GAUGE32(&reads_in_progress);
    NPROM_TIME_GAUGE(&last_read_duration, seconds);
    static int was_up = 1;
    stub_status_t status;
    const char *why;
    nprom_gauge_set_to_current_time(&last_read, unix_seconds);
    nprom_int_counter_inc(&reads);
    int failed = NPROM_COUNT_INT_ERRORS(&read_errors, NPROM_IS_NEGATIVE,
                                        stub_status_read(url, &status, &why)) < 0;
    nprom_gauge32_set(&up, !failed);
    if (failed)
        show_unknown();
    else
        show(&status);
    if (failed && was_up)
        fprintf(stderr, "nginx-exporter: %s\n", why);
    was_up = !failed;
}

/* ---- The program --------------------------------------------------------------------------------- */

int main(int argc, char **argv) {
    stub_status_url_t url;
    char fault[200];
    if (argc < 2 || argc > 3 || stub_status_parse_url(argv[1], &url) != 0) {
        fprintf(stderr, "usage: nginx-exporter http://HOST[:PORT]/PATH [ADDRESS:PORT]\n");
        return 2;
    }
    if (nprom_check(&metrics, fault, sizeof fault) != NPROM_OK) {
        fprintf(stderr, "nginx-exporter: %s\n", fault);
        return 1;
    }

    /* Blocked, and taken where this thread waits: no handler, and no signal is missed. */
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    sigprocmask(SIG_BLOCK, &stop, NULL);

    ask_nginx(&url);
    nprom_server_t *server;
    const char *address = argc == 3 ? argv[2] : "127.0.0.1:9113";
    if (nprom_serve_start(&metrics, address, NULL, &server) != NPROM_OK) {
        fprintf(stderr, "nginx-exporter: %s\n", nprom_host_message());
        return 1;
    }
    printf("Serving http://127.0.0.1:%u/metrics\n", (unsigned)nprom_serve_port(server));
    fflush(stdout);

    const struct timespec interval = {1, 0};
    for (;;) {
        int signal_number = sigtimedwait(&stop, NULL, &interval);
        if (signal_number == SIGINT || signal_number == SIGTERM)
            break;
        ask_nginx(&url);
    }
    nprom_serve_stop(server);
    return 0;
}
