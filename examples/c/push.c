/*
 * Takes its metrics to a Pushgateway over POSIX sockets, as a job does that ends before anybody scrapes it:
 *
 *     push put|post|delete HOST PORT JOB [NAME VALUE]...
 *
 * NAME and VALUE are further labels of the group that the gateway keeps. Exit status 0 once the gateway has
 * accepted the page.
 */
#define _POSIX_C_SOURCE 200809L
#include <nanoprom.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MAX_LABELS = 8, PATIENCE = 10 /* seconds that the gateway may keep us waiting */ };

static nprom_gauge_t finished;
static nprom_int_counter_t records;
static const nprom_metric_t rows[] = {
    NPROM_GAUGE(&finished, "job_finished_timestamp_seconds", "When the job ended, since 1970."),
    NPROM_INT_COUNTER(&records, "job_records_total", "Records that the job has handled."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static int connect_to(const char *host, const char *port) {
    const struct timeval patience = {PATIENCE, 0};
    struct addrinfo hints, *found, *at;
    int fd = -1;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    for (at = found; at && fd < 0; at = at->ai_next) {
        fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
        if (fd < 0)
            continue;
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (connect(fd, at->ai_addr, at->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

/* Moves the bytes between a push and its socket until the push is over. */
static void talk(nprom_push_t *push, int fd) {
    char buf[1024];
    ssize_t received;
    for (;;) {
        uint32_t state = nprom_push_state(push);
        if (state == NPROM_HTTP_CLOSE)
            return;
        if (state == NPROM_HTTP_OUTPUT) {
            size_t len = nprom_push_pull(push, buf, sizeof buf), at = 0;
            while (at < len) {
                ssize_t sent = send(fd, buf + at, len - at, 0);
                if (sent <= 0)
                    break;
                at += (size_t)sent;
            }
            if (at == len)
                continue;
            /* A gateway that refuses a page may hang up before it has read it; why it did may be here already. */
            while ((received = recv(fd, buf, sizeof buf, MSG_DONTWAIT)) > 0)
                nprom_push_feed(push, buf, (size_t)received);
            nprom_push_end_input(push);
        } else {
            received = recv(fd, buf, sizeof buf, 0);
            if (received > 0)
                nprom_push_feed(push, buf, (size_t)received);
            else
                nprom_push_end_input(push);
        }
    }
}

static int usage(void) {
    fputs("usage: push put|post|delete HOST PORT JOB [NAME VALUE]...\n", stderr);
    return 2;
}

int main(int argc, char **argv) {
    static nprom_push_t push;
    nprom_label_t labels[MAX_LABELS];
    nprom_target_t target = {NULL, NULL, NULL, labels, 0};
    nprom_str_t message;
    char host[300];
    int32_t status;
    int at, fd;
    if (argc < 5 || argc % 2 == 0 || argc > 5 + 2 * MAX_LABELS)
        return usage();
    snprintf(host, sizeof host, "%s:%s", argv[2], argv[3]);
    target.host = host;
    target.job = argv[4];
    for (at = 5; at < argc; at += 2)
        if (nprom_label_init(&labels[target.label_count++], argv[at], argv[at + 1]) != NPROM_OK)
            return usage();

    nprom_int_counter_inc_by(&records, 3);
    nprom_gauge_set(&finished, (double)time(NULL));

    if (strcmp(argv[1], "put") == 0)
        status = nprom_push_put(&push, &target, &metrics);
    else if (strcmp(argv[1], "post") == 0)
        status = nprom_push_post(&push, &target, &metrics);
    else if (strcmp(argv[1], "delete") == 0)
        status = nprom_push_delete(&push, &target);
    else
        return usage();
    if (status != NPROM_OK) {
        fputs("push: the host, the job or a label cannot be used\n", stderr);
        return 1;
    }
    /* A gateway that hangs up is an error of send, not the end of the program. */
    signal(SIGPIPE, SIG_IGN);
    fd = connect_to(argv[2], argv[3]);
    if (fd < 0) {
        fprintf(stderr, "push: no connection to %s\n", host);
        return 1;
    }
    talk(&push, fd);
    close(fd);
    if (nprom_push_outcome(&push) == NPROM_OK)
        return 0;
    message = nprom_push_message(&push);
    if (nprom_push_status(&push) != 0)
        fprintf(stderr, "push: the gateway answered with status %u: %.*s\n",
                (unsigned)nprom_push_status(&push), (int)message.len, message.data);
    else
        fputs("push: no answer from the gateway\n", stderr);
    return 1;
}
