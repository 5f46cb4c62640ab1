/* Time from SysTick, which every Cortex-M in QEMU has; nRF51 silicon has none, take its TIMER0. */
#include "machine.h"

#define CONTROL REGISTER(0xE000E010)
#define RELOAD REGISTER(0xE000E014)
#define CURRENT REGISTER(0xE000E018)
#define PENDING REGISTER(0xE000ED04)

enum { ENABLE = 1, INTERRUPT = 2, CORE_CLOCK = 4, CLEAR_TICK = 1 << 25 };
enum { MAX = 0xFFFFFF, TICK = CLOCK_HZ / 1000 };

static volatile uint32_t ticks; /* interrupts until tick_stop */
static uint32_t last;           /* of CURRENT, which counts down */
static uint64_t cycles;         /* since tick_stop */

static void start(uint32_t reload, uint32_t flags) {
    RELOAD = reload;
    CURRENT = 0; /* any value clears it, the next cycle loads RELOAD */
    CONTROL = flags | ENABLE | CORE_CLOCK;
}

void systick_handler(void) {
    ticks++;
    tick_handler();
}

void tick_start(void) {
    start(TICK - 1, INTERRUPT);
}

void tick_stop(void) {
    CONTROL = 0;
    PENDING = CLEAR_TICK; /* the next one may have come during this one */
    start(MAX, 0);
    last = 0;
}

double tick_seconds(void) {
    if (!(CONTROL & INTERRUPT)) {
        uint32_t now = CURRENT;
        cycles += (last - now) & MAX;
        last = now;
    }
    return ticks * 1e-3 + (double)cycles / CLOCK_HZ;
}
