/*
 * Critical section for Zephyr (3.1 or newer): irq_lock, with CONFIG_SMP the kernel's global spin lock.
 *
 * Sound: from threads and interrupt handlers, once the kernel runs; on several cores too, where
 * irq_lock also waits for the others. It nests, which a k_spinlock does not.
 *
 * Not sound: user mode threads (CONFIG_USERSPACE), where some processors ignore it without a word;
 * IRQ_ZERO_LATENCY handlers, which irq_lock does not keep out.
 *
 * To use it, in CMakeLists.txt: target_sources(app PRIVATE zephyr.c), and libnanoprom.a among
 * target_link_libraries.
 */
#include <nanoprom.h>
#include <zephyr/kernel.h>

uint32_t nprom_critical_enter(void) {
    return irq_lock();
}

void nprom_critical_exit(uint32_t state) {
    irq_unlock(state);
}
