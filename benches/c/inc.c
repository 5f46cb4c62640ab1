/* inc_c.1t: nprom_counter_inc, inlined from the header, against a bare atomic add. */

#include <nanoprom.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { OPS = 1 << 16, PASSES = 1, ROUNDS = 101, MOST = 2000 };

static uint64_t total;
static nprom_counter_t counter;

__attribute__((noinline)) static void limit(size_t passes)
{
    for (size_t n = passes * OPS; n > 0; n--)
        __atomic_fetch_add(&total, 1, __ATOMIC_RELAXED);
}

__attribute__((noinline)) static void nanoprom(size_t passes)
{
    for (size_t n = passes * OPS; n > 0; n--)
        nprom_counter_inc(&counter);
}

static long switches(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

static double time_of(void (*work)(size_t))
{
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    work(PASSES);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double ns = 1e9 * (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec);
    return ns / ((double)PASSES * OPS);
}

/* One line for each round: both times, or `lost` where the processor was taken away meanwhile. */
static void rounds(void)
{
    limit(PASSES);
    nanoprom(PASSES);
    for (int round = 0, good = 0; round < MOST && good < ROUNDS; round++) {
        long before = switches();
        double limit_ns, ours_ns;
        if (round % 2) {
            limit_ns = time_of(limit);
            ours_ns = time_of(nanoprom);
        } else {
            ours_ns = time_of(nanoprom);
            limit_ns = time_of(limit);
        }
        if (switches() != before) {
            puts("lost");
            continue;
        }
        printf("%f %f\n", limit_ns, ours_ns);
        good++;
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "rounds") == 0) {
        rounds();
    } else if (argc == 3 && strcmp(argv[1], "limit") == 0) {
        limit(strtoul(argv[2], NULL, 10));
    } else if (argc == 3 && strcmp(argv[1], "nanoprom") == 0) {
        nanoprom(strtoul(argv[2], NULL, 10));
    } else {
        fputs("usage: inc rounds | limit PASSES | nanoprom PASSES\n", stderr);
        return 2;
    }
    return 0;
}
