/* Metrics that forked processes share. C11 and C++17. */
#define _DEFAULT_SOURCE
#define NPROM_STORAGE NPROM_SHARED
#include "test.h"
#include <nanoprom_host.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

enum { WORKERS = 4, TIMES = 100000 };

/* In units/shared.c. */
extern
#ifdef __cplusplus
    "C"
#endif
    nprom_int_counter_t shared_elsewhere;

static NPROM_SHARED nprom_int_counter_t jobs;
static NPROM_SHARED nprom_counter_t seconds;
static NPROM_SHARED nprom_gauge_t at_work;
static NPROM_SHARED nprom_counter_growing_t by_user;
static nprom_int_counter_t own;
NPROM_DEFINE_HISTOGRAM(times, 1, 2);
NPROM_DEFINE_INT_COUNTER_FAMILY(by_worker, 64, 32, "worker");

static const nprom_label_name_t user[] = {NPROM_LABEL_NAMES("user")};
static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&jobs, "jobs_total", "Jobs."),
    NPROM_COUNTER(&seconds, "seconds_total", "Seconds."),
    NPROM_GAUGE(&at_work, "at_work", "Workers at work."),
    NPROM_HISTOGRAM(&times, "times", "Times."),
    NPROM_INT_COUNTER_FAMILY(&by_worker, "by_worker_total", "Jobs by worker."),
    NPROM_COUNTER_GROWING(&by_user, "by_user_total", "Jobs by user."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* The process number of a child; 0 in the child. */
static pid_t begin_worker(void) {
    pid_t pid;
    fflush(stdout);
    pid = fork();
    if (pid < 0) {
        perror("fork");
        exit(2);
    }
    if (pid == 0)
        alarm(60);
    return pid;
}

static int ended_well(pid_t pid) {
    int status = 0;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static double value_of(const char *name) {
    double value = -1;
    CHECK(nprom_get_sample_value(&metrics, name, 0, 0, &value) == NPROM_OK);
    return value;
}

static void nothing_is_shared_too_late(void) {
    pid_t pid = begin_worker();
    if (pid == 0) {
        CHECK(nprom_counter_growing_init(&by_user, user, 1, 0) == NPROM_OK);
        CHECK(nprom_share() == NPROM_ERR_SYSTEM);
        CHECK(strstr(nprom_host_message(), "series already"));
        /* Once it is gone there is nothing that would be missing. */
        nprom_growing_free(&by_user.growing);
        CHECK(nprom_share() == NPROM_OK);
        _exit(test_faults != 0);
    }
    CHECK(ended_well(pid));
}

static void what_cannot_be_shared_is_refused(void) {
    unsigned char byte = 0;
    CHECK(nprom_share_between(0, &byte, 0, 0) == NPROM_ERR_NULL);
    CHECK(nprom_share_between(&byte, 0, 0, 0) == NPROM_ERR_NULL);
    CHECK(nprom_share_between(&byte, &byte + 1, 0, 0) == NPROM_ERR_SYSTEM);
    CHECK(strstr(nprom_host_message(), "page"));
}

static void sharing_keeps_values_and_again_changes_nothing(void) {
    nprom_int_counter_inc_by(&jobs, 7);
    CHECK(nprom_share() == NPROM_OK);
    nprom_int_counter_inc(&jobs);
    CHECK(nprom_share() == NPROM_OK && nprom_share_sized(1 << 20) == NPROM_OK);
    CHECK(nprom_int_counter_get(&jobs) == 8);
    CHECK(nprom_counter_growing_init(&by_user, user, 1, 0) == NPROM_OK);
}

static void count(unsigned worker) {
    char name[16];
    nprom_int_counter_t *mine;
    nprom_counter_t *all;
    int n;
    snprintf(name, sizeof name, "%u", worker);
    nprom_gauge_inc(&at_work);
    for (n = 0; n < TIMES; n++) {
        nprom_int_counter_inc(&jobs);
        nprom_int_counter_inc(&own);
        nprom_int_counter_inc(&shared_elsewhere);
        nprom_counter_inc_by(&seconds, 0.5);
        nprom_histogram_observe(&times, 1.5);
        CHECK(nprom_int_counter_family_labels_str(&by_worker, NPROM_VALUES(name), &mine) == NPROM_OK);
        nprom_int_counter_inc(mine);
        CHECK(nprom_counter_growing_labels_str(&by_user, NPROM_VALUES("all"), &all) == NPROM_OK);
        nprom_counter_inc(all);
    }
}

static void four_processes_count_exactly(void) {
    pid_t workers[WORKERS];
    nprom_int_counter_t *child;
    nprom_counter_t *all;
    double shown = 0;
    unsigned n;
    for (n = 0; n < WORKERS; n++) {
        workers[n] = begin_worker();
        if (workers[n] == 0) {
            count(n);
            _exit(test_faults != 0);
        }
    }
    for (n = 0; n < WORKERS; n++)
        CHECK(ended_well(workers[n]));
    CHECK(nprom_int_counter_get(&jobs) == 8 + WORKERS * TIMES);
    CHECK(nprom_int_counter_get(&shared_elsewhere) == WORKERS * TIMES);
    CHECK(nprom_int_counter_get(&own) == 0);
    CHECK(value_of("seconds_total") == WORKERS * TIMES * 0.5);
    CHECK(value_of("at_work") == (double)WORKERS);
    CHECK(value_of("times_count") == WORKERS * TIMES);
    CHECK(value_of("times_sum") == WORKERS * TIMES * 1.5);
    /* Children that workers added. */
    for (n = 0; n < WORKERS; n++) {
        char name[16];
        snprintf(name, sizeof name, "%u", n);
        CHECK(nprom_int_counter_family_labels_str(&by_worker, NPROM_VALUES(name), &child) == NPROM_OK);
        CHECK(nprom_int_counter_get(child) == TIMES);
    }
    CHECK(nprom_get_sample_value(&metrics, "by_user_total", NPROM_VALUES("user", "all"), &shown) == NPROM_OK);
    CHECK(shown == WORKERS * TIMES);
    CHECK(nprom_counter_growing_labels_str(&by_user, NPROM_VALUES("all"), &all) == NPROM_OK);
}

static void a_killed_worker_blocks_nobody(void) {
    int round;
    for (round = 0; round < 50; round++) {
        nprom_int_counter_t *said;
        nprom_counter_t *mine;
        uint64_t jobs_before = nprom_int_counter_get(&jobs), said_before;
        int status = 0;
        pid_t pid;
        CHECK(nprom_int_counter_family_labels_str(&by_worker, NPROM_VALUES("said"), &said) == NPROM_OK);
        said_before = nprom_int_counter_get(said);
        pid = begin_worker();
        if (pid == 0) {
            unsigned long n = 0;
            for (;;) {
                char name[48];
                snprintf(name, sizeof name, "%d-%lu", round, n++ % 500);
                nprom_int_counter_inc(&jobs);
                if (nprom_counter_growing_labels_str(&by_user, NPROM_VALUES(name), &mine) == NPROM_OK)
                    nprom_counter_inc(mine);
                nprom_growing_remove_str(&by_user.growing, NPROM_VALUES(name));
                nprom_int_counter_inc(said);
            }
        }
        while (nprom_int_counter_get(said) == said_before)
            usleep(10);
        usleep((useconds_t)(round * 11));
        CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, &status, 0) == pid);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        jobs_before = nprom_int_counter_get(&jobs) - jobs_before;
        said_before = nprom_int_counter_get(said) - said_before;
        CHECK(jobs_before == said_before || jobs_before == said_before + 1);
        CHECK(nprom_counter_growing_labels_str(&by_user, NPROM_VALUES("parent"), &mine) == NPROM_OK);
        nprom_counter_inc(mine);
        CHECK(nprom_counter_get(mine) == round + 1);
    }
}

static void the_handle_is_free_again(void) {
    nprom_growing_free(&by_user.growing);
    CHECK(nprom_counter_growing_init(&by_user, user, 1, 0) == NPROM_OK);
}

int main(void) {
    alarm(100);
    statement("a family that grows and was made too early is an error", nothing_is_shared_too_late);
    statement("what cannot be shared is refused", what_cannot_be_shared_is_refused);
    statement("sharing keeps values, and sharing again changes nothing",
              sharing_keeps_values_and_again_changes_nothing);
    statement("four processes count exactly", four_processes_count_exactly);
    statement("a killed worker blocks nobody and loses nothing", a_killed_worker_blocks_nobody);
    statement("a shared family that grows can be made again", the_handle_is_free_again);
    return test_result();
}
