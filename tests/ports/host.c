/*
 * The ports on the host: the functions that their stand-in headers declare, where interrupts are a
 * variable of each thread and two threads are two cores. With an argument both count on one variable.
 */
#define _POSIX_C_SOURCE 200809L
#include "nesting.h"
#include "pico.h"
#include "hardware/sync.h"
#include <nanoprom.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* The ports refer to it by including nanoprom.h; they need nothing else of the library. */
const uint8_t NPROM_ABI_ = 0;

enum { LOCKS = 32, ROUNDS = 20000 };

static _Thread_local uint32_t off; /* as PRIMASK: 1 is off */
static _Thread_local uint core;

void set_interrupts(int on) {
    off = !on;
}

int interrupts_on(void) {
    return !off;
}

static uint32_t disable(void) {
    uint32_t before = off;
    off = 1;
    return before;
}

/* ---- What SDKs call these ------------------------------------------------------------------------*/

uint32_t ulPortRaiseBASEPRI(void);
uint32_t ulPortRaiseBASEPRI(void) {
    return disable();
}

void vPortSetBASEPRI(uint32_t mask);
void vPortSetBASEPRI(uint32_t mask) {
    off = mask;
}

unsigned int arch_irq_lock(void);
unsigned int arch_irq_lock(void) {
    return disable();
}

void arch_irq_unlock(unsigned int key);
void arch_irq_unlock(unsigned int key) {
    off = key;
}

static atomic_int locked[LOCKS];
static spin_lock_t handles[LOCKS];
static int claimed;

uint get_core_num(void) {
    return core;
}

uint32_t save_and_disable_interrupts(void) {
    return disable();
}

/* The hardware would take any other value for one of these, or for something else. */
void restore_interrupts(uint32_t status) {
    if (status > 1)
        abort();
    off = status;
}

spin_lock_t *spin_lock_instance(uint lock_num) {
    return &handles[lock_num];
}

void spin_lock_claim(uint lock_num) {
    if (lock_num >= LOCKS || claimed++)
        abort();
}

void spin_lock_unsafe_blocking(spin_lock_t *lock) {
    while (atomic_exchange(&locked[lock - handles], 1))
        sched_yield();
}

void spin_unlock_unsafe(spin_lock_t *lock) {
    if (!atomic_exchange(&locked[lock - handles], 0))
        abort();
}

/* ---- Two cores -----------------------------------------------------------------------------------*/

static volatile unsigned total;
static atomic_int ready;

static void *count(void *number) {
    core = *(uint *)number;
    for (ready++; ready < 2;)
        ;
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t outer = nprom_critical_enter();
        uint32_t inner = nprom_critical_enter();
        unsigned before = total;
        nprom_critical_exit(inner);
        sched_yield(); /* so that the other one comes, were it not kept out */
        total = before + 1;
        nprom_critical_exit(outer);
    }
    return NULL;
}

static int counting_fails(void) {
    pthread_t threads[2];
    uint numbers[] = {0, 1};
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, count, &numbers[i]))
            return 5;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    if (total == 2 * ROUNDS)
        return 0;
    printf("counted %u, not %d\n", total, 2 * ROUNDS);
    return 4;
}

int main(int argc, char **argv) {
    int fault = nesting_fails();
    (void)argv;
    if (fault)
        printf("nesting fails at %d\n", fault);
    return fault ? fault : argc > 1 ? counting_fails() : 0;
}
