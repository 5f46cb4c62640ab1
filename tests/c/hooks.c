/*
 * The critical section that the layouts split32 and locked ask an application for, as a host would
 * have it: no signal handler runs on this thread, and no other thread is inside. It nests.
 */
#include <nanoprom.h>
#include <sched.h>
#include <signal.h>

static char taken;
static __thread uint32_t depth;

#ifdef BLOCK_SIGNALS
static __thread sigset_t interrupted;
#endif

uint32_t nprom_critical_enter(void) {
#ifdef BLOCK_SIGNALS
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    if (depth == 0)
        interrupted = old;
#endif
    if (depth == 0)
        while (__atomic_test_and_set(&taken, __ATOMIC_ACQUIRE))
            sched_yield();
    return depth++;
}

void nprom_critical_exit(uint32_t state) {
    depth = state;
    if (depth == 0) {
#ifdef BLOCK_SIGNALS
        sigset_t old = interrupted;
#endif
        __atomic_clear(&taken, __ATOMIC_RELEASE);
#ifdef BLOCK_SIGNALS
        pthread_sigmask(SIG_SETMASK, &old, NULL);
#endif
    }
}
