/* Statements that are tested: one line of output for each, and what did not hold below it. */
#ifndef TEST_H
#define TEST_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int test_faults, test_failed;

/* Called by one thread at a time. The first faults of a statement tell enough. */
static inline void test_fault(const char *file, int line, const char *condition) {
    if (test_faults++ < 10)
        printf("    %s:%d: not so: %s\n", file, line, condition);
}

#define CHECK(condition) \
    ((condition) ? (void)0 : test_fault(__FILE__, __LINE__, #condition))

static inline void statement(const char *text, void (*test)(void)) {
    test_faults = 0;
    test();
    printf("%s %s\n", test_faults ? "FAILED" : "ok", text);
    fflush(stdout);
    test_failed |= test_faults;
}

/* What main returns. */
static inline int test_result(void) {
    return test_failed ? 1 : 0;
}

#endif
