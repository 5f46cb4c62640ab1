/*
 * Critical section for Cortex-M without an operating system: all interrupts off, by PRIMASK.
 *
 * Sound: one core, privileged mode (where a Cortex-M starts), from main and from interrupt handlers of
 * every priority. Sections nest.
 *
 * Not sound: several cores, whose interrupts are masked one by one (RP2040: pico.c); unprivileged
 * threads, where the processor ignores the write without a word; NMI and hard fault handlers, which
 * PRIMASK does not keep out; under an operating system that forbids masking all interrupts, or with
 * interrupts above it that must never wait (then mask by its means, as freertos.c does).
 *
 * To use it, compile this file with the firmware and link it before libnanoprom.a or behind it.
 */
#include <nanoprom.h>

uint32_t nprom_critical_enter(void) {
    uint32_t state;
    __asm__ volatile("mrs %0, PRIMASK\n\tcpsid i" : "=r"(state) : : "memory");
    return state;
}

/* Only what was on before goes on again, so that the outermost section decides. */
void nprom_critical_exit(uint32_t state) {
    __asm__ volatile("msr PRIMASK, %0" : : "r"(state) : "memory");
}
