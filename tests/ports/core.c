/* The nesting test on a Cortex-M, beside the example's startup.c. */
#include "machine.h"
#include "nesting.h"

void set_interrupts(int on) {
    __asm__ volatile("msr PRIMASK, %0" : : "r"(!on) : "memory");
}

int interrupts_on(void) {
    uint32_t mask;
    __asm__ volatile("mrs %0, PRIMASK" : "=r"(mask));
    return !mask;
}

void systick_handler(void) {}

int main(void) {
    return nesting_fails();
}
