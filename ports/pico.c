/*
 * Critical section for RP2040 and RP2350 with the Pico SDK: interrupts off on this core, and a spin
 * lock that keeps the other core out.
 *
 * Sound: from both cores, from main and interrupt handlers; also below FreeRTOS on both cores, because
 * it calls nothing of it. Sections nest: the lock knows which core has it, for the SDK's own spin locks
 * must not be taken twice.
 *
 * Not sound: in NMI and hard fault handlers, and where a core is reset while it is inside.
 *
 * Uses save_and_disable_interrupts, restore_interrupts, spin_lock_instance, spin_lock_unsafe_blocking,
 * spin_unlock_unsafe and spin_lock_claim of hardware_sync, get_core_num of pico_platform. Spin lock 31
 * is claimed before main; -DNPROM_PICO_SPIN_LOCK=30 takes another one of its own.
 *
 * To use it: target_sources(app PRIVATE pico.c), target_link_libraries(app hardware_sync libnanoprom.a).
 */
#include "hardware/sync.h"
#include "pico.h"
#include <nanoprom.h>

#ifndef NPROM_PICO_SPIN_LOCK
/* Claims go upwards from 24, so this is the one that is claimed last. */
#define NPROM_PICO_SPIN_LOCK 31
#endif

/* In the state that enter returns: an outer section has the lock. SDK and hardware leave it 0. */
#define NESTED (UINT32_C(1) << 31)

/* The core that has the lock, plus 1; 0: none. A core finds its own number only if it wrote it. */
static volatile uint32_t owner;

__attribute__((constructor)) static void claim(void) {
    spin_lock_claim(NPROM_PICO_SPIN_LOCK);
}

uint32_t nprom_critical_enter(void) {
    uint32_t state = save_and_disable_interrupts();
    uint32_t core = (uint32_t)get_core_num() + 1;
    if (owner == core)
        return state | NESTED;
    spin_lock_unsafe_blocking(spin_lock_instance(NPROM_PICO_SPIN_LOCK));
    owner = core;
    return state;
}

void nprom_critical_exit(uint32_t state) {
    if (!(state & NESTED)) {
        owner = 0;
        spin_unlock_unsafe(spin_lock_instance(NPROM_PICO_SPIN_LOCK));
    }
    restore_interrupts(state & ~NESTED);
}
