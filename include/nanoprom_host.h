/*
 * nanoprom for programs on hosts: a server, families that grow, metrics that processes share, text files, metrics of
 * the process and of this library.
 *
 *     static const nprom_metric_t rows[] = {
 *         NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
 *         NPROM_GROUP(&nprom_process_metrics),
 *     };
 *     static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);
 *
 *     nprom_server_t *server;
 *     if (nprom_serve_start(&metrics, "127.0.0.1:9100", NULL, &server) < 0)
 *         fprintf(stderr, "%s\n", nprom_host_message());
 *     ...
 *     nprom_serve_stop(server);
 *
 * Link with -lnanoprom_host -lnanoprom (pkg-config nanoprom_host), both of the same build: "undefined
 * reference to nprom_build_…" means that they are not. This library allocates memory and starts threads;
 * libnanoprom does neither.
 *
 * Threads: every function may be called from any thread, none from a signal handler. Threads of this
 * library have all signals blocked. After fork() the child has no server; it is not to stop the parent's.
 *
 * Status: NPROM_OK is 0, errors are negative. NPROM_ERR_NULL where the group, or what it is for, is null.
 */
#ifndef NANOPROM_HOST_H
#define NANOPROM_HOST_H

#include "nanoprom.h"

/* The system refused; nprom_host_message says what it was. */
#define NPROM_ERR_SYSTEM (-100)
/* A defect of this library, caught; what it was is on stderr. */
#define NPROM_ERR_INTERNAL (-101)

#ifdef __cplusplus
extern "C" {
#endif

/* Returns a sentence about the latest failure of this thread, such as "cannot serve at '127.0.0.1:80':
 * Permission denied (os error 13)"; it is valid until the next. Empty before the first. */
const char *nprom_host_message(void);

/* ---- The server --------------------------------------------------------------------------------- */

/* Limits of a server, 0 being the default of each, and who may read the page. */
typedef struct nprom_serve_options_t {
    /* Connections at a time, 64. For one more, the one that waited longest for its client is closed. */
    uint32_t connections;
    /* How long a connection may lie idle between requests, in milliseconds; 130 s. */
    uint32_t idle_ms;
    /* How long a client may take to send a request head; 10 s. */
    uint32_t head_ms;
    /* How long a client may take to receive an answer; 30 s. */
    uint32_t send_ms;
    /* What clients have to show (nprom_auth_bearer, nprom_auth_basic); null: nothing. It must not end
     * before the server. */
    const nprom_auth_t *auth;
    /* Memory that each answer in progress takes for what may change while it is written, collectors above
     * all, in bytes; 64 kB, and more is of no use. */
    size_t scratch;
} nprom_serve_options_t;

NPROM_ASSERT_(sizeof(nprom_serve_options_t) == 16 + 2 * sizeof(void *), "serve options");

/* A server at work. */
typedef struct nprom_server_t nprom_server_t;

/*
 * Answers on /metrics and / with the page of `group`, which must not end before the server, in a thread
 * of its own. `address` is "host:port"; port 0 is a free one, null "127.0.0.1:9464". There is no
 * encryption, so serve at 127.0.0.1 or in a network that you trust. `options` may be null. Functions that
 * rows ask (NPROM_GAUGE_FN) are called in that thread. Of a registry it reads pages as between
 * nprom_scrape_begin and nprom_scrape_end, so that nprom_registry_unlink gives NPROM_ERR_BUSY until the last
 * answer that was begun is written, or broken off.
 *
 * A program may have any number of servers, of the same or of other groups. Returns NPROM_OK and the
 * server; or NPROM_ERR_NULL, NPROM_ERR_SYSTEM, NPROM_ERR_INTERNAL, and null instead of it.
 */
int32_t nprom_serve_start(const nprom_group_t *group, const char *address,
                          const nprom_serve_options_t *options, nprom_server_t **server_out);

/* Returns the port that the server has; 0 for null. */
uint16_t nprom_serve_port(const nprom_server_t *server);

/*
 * Takes no more requests, finishes answers in progress that their clients take within half a second, and
 * closes everything. The server is gone then, and its group no longer used: call it once, and nothing else with
 * this server at the same time. Null is ignored.
 */
void nprom_serve_stop(nprom_server_t *server);

#include "nprom_growing.h"
#include "nprom_share.h"

/* ---- Files -------------------------------------------------------------------------------------- */

/*
 * Writes the page of `group` in the text format to the file `path`, for node_exporter's textfile
 * collector and the like, which reads files that end in .prom. The file is replaced as a whole: readers
 * see the old page or the new one. A registry's nodes cannot be unlinked meanwhile. Returns NPROM_OK,
 * NPROM_ERR_NULL, NPROM_ERR_SYSTEM or NPROM_ERR_INTERNAL; the old file is as it was after an error.
 */
int32_t nprom_write_textfile(const nprom_group_t *group, const char *path);

/* ---- Groups to include with NPROM_GROUP --------------------------------------------------------- */

/*
 * Include them in a group without a prefix, and without constant labels: dashboards look for these very names.
 */

/*
 * process_cpu_seconds_total, process_open_fds, process_max_fds, process_virtual_memory_bytes,
 * process_virtual_memory_max_bytes, process_resident_memory_bytes, process_start_time_seconds,
 * process_threads: read at each page on Linux, elsewhere left out.
 */
extern const nprom_group_t nprom_process_metrics;

/* nanoprom_build_info{version,layout}, always 1. */
extern const nprom_group_t nprom_build_info;

#ifdef __cplusplus
}
#endif

#endif
