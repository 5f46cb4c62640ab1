/* The timer interrupt: SysTick, which every Cortex-M in QEMU has; nRF51 silicon has none, take its TIMER0. */
#include "machine.h"

#define CONTROL REGISTER(0xE000E010)
#define RELOAD REGISTER(0xE000E014)
#define CURRENT REGISTER(0xE000E018)
#define PENDING REGISTER(0xE000ED04)

enum { ENABLE = 1, INTERRUPT = 2, CORE_CLOCK = 4, CLEAR_TICK = 1 << 25 };

void systick_handler(void) {
    tick_handler();
}

void tick_start(uint32_t cycles) {
    RELOAD = cycles - 1;
    CURRENT = 0; /* any value clears it, the next cycle loads RELOAD */
    CONTROL = ENABLE | INTERRUPT | CORE_CLOCK;
}

void tick_stop(void) {
    CONTROL = 0;
    PENDING = CLEAR_TICK; /* one may be on its way */
    __asm__ volatile("dsb\n\tisb" : : : "memory");
}
