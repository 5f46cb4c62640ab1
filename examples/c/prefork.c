/*
 * Workers that are forks of one process, and share their metrics: each serves the page, and all pages are the same.
 *
 *     cc -Iinclude prefork.c libnanoprom_host.a libnanoprom.a -o prefork
 *     ./prefork 4          workers; they end with standard input
 */
#define _POSIX_C_SOURCE 200809L
#define NPROM_STORAGE NPROM_SHARED
#include <nanoprom_host.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORKERS = 64, JOBS = 1000 };

static NPROM_SHARED nprom_int_counter_t jobs;
NPROM_DEFINE_HISTOGRAM(seconds, NPROM_DEFAULT_BUCKETS);
NPROM_DEFINE_INT_COUNTER_FAMILY(by_worker, MOST_WORKERS, 24, "worker");

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&jobs, "jobs_total", "Jobs done."),
    NPROM_HISTOGRAM(&seconds, "job_seconds", "Time that jobs took."),
    NPROM_INT_COUNTER_FAMILY(&by_worker, "worker_jobs_total", "Jobs done, by worker."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static int fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, nprom_host_message());
    return 1;
}

/* Works, says that it has, and serves the page until standard input ends. */
static int work(int number, int done) {
    nprom_int_counter_t *mine;
    nprom_server_t *server;
    char name[12];
    int job;
    snprintf(name, sizeof name, "%d", number);
    if (nprom_int_counter_family_labels_str(&by_worker, NPROM_VALUES(name), &mine) < 0)
        return 1;
    for (job = 0; job < JOBS; job++) {
        nprom_int_counter_inc(&jobs);
        nprom_int_counter_inc(mine);
        nprom_histogram_observe(&seconds, 0.001 * job);
    }
    if (nprom_serve_start(&metrics, "127.0.0.1:0", NULL, &server) < 0)
        return fail("cannot serve");
    dprintf(done, "Serving http://127.0.0.1:%d/metrics\n", (int)nprom_serve_port(server));
    close(done);
    while (getchar() != EOF)
        continue;
    nprom_serve_stop(server);
    return 0;
}

int main(int argc, char **argv) {
    int workers = argc > 1 ? atoi(argv[1]) : 4, number, status, failed = 0, done[2];
    char text[1024];
    ssize_t len;
    if (workers < 1 || workers > MOST_WORKERS || pipe(done) != 0)
        return 2;
    /* Before the first fork, and before there are threads. */
    if (nprom_share() < 0)
        return fail("cannot share");
    for (number = 0; number < workers; number++) {
        pid_t pid = fork();
        if (pid == 0) {
            close(done[0]);
            return work(number, done[1]);
        }
        if (pid < 0)
            perror("fork");
    }
    /* Where to look, as soon as all have done their jobs. */
    close(done[1]);
    {
        static char said[MOST_WORKERS * 64];
        size_t all = 0;
        while ((len = read(done[0], text, sizeof text)) > 0)
            for (ssize_t at = 0; at < len && all < sizeof said; at++)
                said[all++] = text[at];
        fwrite(said, 1, all, stdout);
        fflush(stdout);
    }
    while (wait(&status) > 0)
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return failed;
}
