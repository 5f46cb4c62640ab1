/*
 * An exporter: serves its metrics on 127.0.0.1, counts and times its own requests, and has worker
 * threads that update shared metrics. POSIX sockets and libnanoprom.a, nothing else.
 *
 *     PORT=8080 SECONDS=60 ./exporter      both optional: a free port, until Ctrl-C
 */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <nanoprom.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 32, WORKERS = 3, IDLE_SECONDS = 10, ANSWER_SECONDS = 30, DRAINS = 16 };

static nprom_int_gauge_t connections_open;
static nprom_int_gauge_t requests_in_progress;
static nprom_int_counter_t broken_off;
static nprom_counter_t jobs;
static nprom_counter_t job_seconds;
static nprom_gauge32_t jobs_running;
/* A page is answered in far less than the 5 ms where NPROM_DEFAULT_BUCKETS begin. */
static const double seconds_bounds[] = {0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                        0.01,    0.025,  0.05,    0.1,    0.25,  1.0,    2.5};
NPROM_DEFINE_HISTOGRAM_FAMILY(latency, seconds_bounds, 16, 48, "method", "endpoint");
NPROM_DEFINE_INT_COUNTER_FAMILY(requests, 32, 64, "method", "endpoint", "status");

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER_FAMILY(&requests, "http_requests_total",
                             "Requests answered, by method, endpoint and status."),
    NPROM_HISTOGRAM_FAMILY(&latency, "http_request_duration_seconds",
                           "Time from the first byte of a request to the last byte of its answer."),
    NPROM_INT_GAUGE(&requests_in_progress, "http_requests_in_progress",
                    "Requests of which a byte was read, and not all of the answer sent."),
    NPROM_INT_COUNTER(&broken_off, "http_connection_errors_total",
                      "Connections that failed or were broken off before all was answered."),
    NPROM_INT_GAUGE(&connections_open, "http_connections_open", "Connections open now."),
    NPROM_COUNTER(&jobs, "jobs_total", "Jobs done by all workers."),
    NPROM_COUNTER(&job_seconds, "job_seconds_total", "Time spent on jobs by all workers."),
    NPROM_GAUGE32(&jobs_running, "jobs_running", "Jobs in progress."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static volatile sig_atomic_t stopping;

static void stop(int signal_number) {
    (void)signal_number;
    stopping = 1;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Workers -------------------------------------------------------------------------------------*/

static void *work(void *context) {
    unsigned random = *(const unsigned *)context;
    while (!stopping) {
        double began = now();
        nprom_gauge32_inc(&jobs_running);
        random = random * 1664525u + 1013904223u;
        struct timespec pause = {0, 1000000 + (long)(random >> 10)};
        nanosleep(&pause, NULL);
        nprom_gauge32_dec(&jobs_running);
        nprom_counter_inc(&jobs);
        nprom_counter_inc_by(&job_seconds, now() - began);
    }
    return NULL;
}

/* ---- Connections ---------------------------------------------------------------------------------*/

typedef struct {
    int socket; /* -1: free */
    nprom_http_t http;
    double request_began; /* 0: no request in progress */
    char method[5];       /* how the request begins */
    size_t method_len;
    double deadline;
    char in[512]; /* received, not yet taken */
    size_t in_len;
    char out[4096]; /* to be sent */
    size_t out_len, out_sent;
} connection_t;

static connection_t connections[CONNECTIONS];

static void open_connection(connection_t *c, int socket) {
    int on = 1;
    fcntl(socket, F_SETFL, O_NONBLOCK);
    /* The last piece of a page is not to wait until the peer has acknowledged the others. */
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->socket = socket;
    c->request_began = 0;
    c->deadline = now() + IDLE_SECONDS;
    c->in_len = c->out_len = c->out_sent = 0;
    nprom_http_init(&c->http, &metrics);
    nprom_int_gauge_inc(&connections_open);
}

static void free_connection(connection_t *c) {
    close(c->socket);
    c->socket = -1;
    nprom_int_gauge_dec(&connections_open);
    if (c->request_began > 0) {
        nprom_int_gauge_dec(&requests_in_progress);
        nprom_int_counter_inc(&broken_off);
    }
}

static void close_connection(connection_t *c) {
    /* Drop what the peer still sends: unread bytes would reset the connection under the answer. */
    char rest[512];
    shutdown(c->socket, SHUT_WR);
    for (int i = 0; i < DRAINS && recv(c->socket, rest, sizeof rest, 0) > 0; i++)
        ;
    free_connection(c);
}

/* Without a good-bye, so that nobody takes a part of a page for the whole. */
static void reset_connection(connection_t *c) {
    struct linger at_once = {1, 0};
    setsockopt(c->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    free_connection(c);
}

static void begin_request(connection_t *c) {
    c->request_began = now();
    c->deadline = c->request_began + ANSWER_SECONDS;
    c->method_len = 0;
    nprom_int_gauge_inc(&requests_in_progress);
}

/* The first bytes of a request, which may come one by one, behind empty lines. */
static void note_method(connection_t *c, size_t taken) {
    for (size_t i = 0; i < taken && c->method_len < sizeof c->method; i++)
        if (c->method_len > 0 || (c->in[i] != '\r' && c->in[i] != '\n'))
            c->method[c->method_len++] = c->in[i];
}

/* One of three, whatever clients send; and the endpoint below is one of three as well. */
static const char *method_label(const connection_t *c) {
    if (c->method_len >= 4 && memcmp(c->method, "GET ", 4) == 0)
        return "GET";
    return c->method_len >= 5 && memcmp(c->method, "HEAD ", 5) == 0 ? "HEAD" : "other";
}

static void count_answer(connection_t *c) {
    char status[12];
    const char *path = nprom_http_path(&c->http);
    const char *values[] = {method_label(c), path[0] ? path : "other", status};
    nprom_int_counter_t *counter;
    nprom_histogram_t histogram;
    snprintf(status, sizeof status, "%u", (unsigned)nprom_http_status(&c->http));
    nprom_int_counter_family_labels_str(&requests, values, 3, &counter);
    nprom_int_counter_inc(counter);
    nprom_histogram_family_labels_str(&latency, values, 2, &histogram);
    nprom_histogram_observe(&histogram, now() - c->request_began);
    nprom_int_gauge_dec(&requests_in_progress);
    c->request_began = 0;
    c->deadline = now() + IDLE_SECONDS;
}

/* Sends what can be sent; 0 when the connection is to be closed. */
static int send_answer(connection_t *c) {
    for (;;) {
        if (c->out_sent == c->out_len) {
            c->out_sent = 0;
            c->out_len = nprom_http_pull(&c->http, c->out, sizeof c->out);
            if (c->out_len == 0)
                return 1;
        }
        ssize_t n = send(c->socket, c->out + c->out_sent, c->out_len - c->out_sent, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        c->out_sent += (size_t)n;
    }
}

/*
 * Moves bytes both ways: receives once, so that a client that never stops sending does not keep the
 * others waiting. 0 when the connection is to be closed.
 */
static int serve(connection_t *c) {
    int received = 0;
    for (;;) {
        uint32_t state = nprom_http_state(&c->http);
        if (state == NPROM_HTTP_CLOSE && c->out_sent == c->out_len)
            return 0;
        if (state == NPROM_HTTP_OUTPUT || c->out_sent < c->out_len) {
            if (!send_answer(c))
                return 0;
            if (c->out_sent < c->out_len)
                return 1;
            count_answer(c);
            continue;
        }
        if (c->in_len == 0) {
            if (received++)
                return 1;
            ssize_t n = recv(c->socket, c->in, sizeof c->in, 0);
            if (n < 0)
                return errno == EAGAIN || errno == EINTR;
            if (n == 0) {
                nprom_http_end_input(&c->http);
                continue;
            }
            c->in_len = (size_t)n;
        }
        if (c->request_began == 0)
            begin_request(c);
        size_t taken = nprom_http_feed(&c->http, c->in, c->in_len);
        note_method(c, taken);
        c->in_len -= taken;
        for (size_t i = 0; i < c->in_len; i++)
            c->in[i] = c->in[taken + i];
    }
}

/* ---- The server ----------------------------------------------------------------------------------*/

static int listen_on(const char *port_text) {
    char *end = NULL;
    long port = port_text && port_text[0] ? strtol(port_text, &end, 10) : 0;
    if (port < 0 || port > 65535 || (end && *end)) {
        fprintf(stderr, "exporter: PORT is '%s', not a number from 0 to 65535\n", port_text);
        return -1;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t len = sizeof address;
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) ||
        bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64) ||
        getsockname(listener, (struct sockaddr *)&address, &len)) {
        fprintf(stderr, "exporter: cannot listen on 127.0.0.1:%ld: ", port);
        perror(NULL);
        return -1;
    }
    fcntl(listener, F_SETFL, O_NONBLOCK);
    printf("Serving http://127.0.0.1:%u/metrics\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

/* A free connection, or that of the client that has the least time left. */
static connection_t *unused_connection(void) {
    connection_t *oldest = NULL;
    for (int i = 0; i < CONNECTIONS; i++) {
        connection_t *c = &connections[i];
        if (c->socket < 0)
            return c;
        if (!oldest || c->deadline < oldest->deadline)
            oldest = c;
    }
    reset_connection(oldest);
    return oldest;
}

/* A number of seconds from the environment; 1e9 where there is none, -1 where it is not one. */
static double seconds_of(const char *text) {
    char *end = NULL;
    double seconds = text && text[0] ? strtod(text, &end) : 1e9;
    if ((end && *end) || !(seconds >= 0)) {
        fprintf(stderr, "exporter: SECONDS is '%s', not a number of seconds\n", text);
        return -1;
    }
    return seconds;
}

static void run(int listener, double end) {
    struct pollfd polls[CONNECTIONS + 1];
    while (!stopping && now() < end) {
        polls[CONNECTIONS] = (struct pollfd){listener, POLLIN, 0};
        for (int i = 0; i < CONNECTIONS; i++) {
            connection_t *c = &connections[i];
            short events = c->out_sent < c->out_len ? POLLOUT : POLLIN;
            polls[i] = (struct pollfd){c->socket, events, 0};
        }
        if (poll(polls, CONNECTIONS + 1, 200) < 0 && errno != EINTR) {
            perror("exporter: poll");
            return;
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            connection_t *c = &connections[i];
            if (c->socket < 0)
                continue;
            if (now() > c->deadline) {
                if (nprom_http_state(&c->http) != NPROM_HTTP_INPUT) {
                    reset_connection(c);
                    continue;
                }
                nprom_http_time_out(&c->http);
                c->in_len = 0;
                c->deadline = now() + 1; /* for the answer that says so */
                polls[i].revents = POLLIN;
            }
            if (polls[i].revents && !serve(c))
                close_connection(c);
        }
        int socket = polls[CONNECTIONS].revents ? accept(listener, NULL, NULL) : -1;
        if (socket < 0)
            continue;
        open_connection(unused_connection(), socket);
    }
}

int main(void) {
    char fault[200];
    if (nprom_check(&metrics, fault, sizeof fault) != NPROM_OK) {
        fprintf(stderr, "exporter: %s\n", fault);
        return 1;
    }
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    for (int i = 0; i < CONNECTIONS; i++)
        connections[i].socket = -1;

    double seconds = seconds_of(getenv("SECONDS"));
    int listener = seconds < 0 ? -1 : listen_on(getenv("PORT"));
    if (listener < 0)
        return 1;
    pthread_t workers[WORKERS];
    unsigned seeds[WORKERS];
    for (unsigned i = 0; i < WORKERS; i++) {
        seeds[i] = i + 1;
        if (pthread_create(&workers[i], NULL, work, &seeds[i]) != 0) {
            perror("exporter: pthread_create");
            return 1;
        }
    }
    run(listener, now() + seconds);
    stopping = 1;
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);
    for (int i = 0; i < CONNECTIONS; i++)
        if (connections[i].socket >= 0)
            close_connection(&connections[i]);
    close(listener);
    return 0;
}
