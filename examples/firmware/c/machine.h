/* What the firmware needs of the machine; each uart_*.c is one machine's, the rest is common. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>

/* A register at a fixed address. */
#define REGISTER(address) (*(volatile uint32_t *)(address))

/* The serial port, polled: nothing is kept, so whoever is slow loses received bytes. */
void uart_init(void);
void uart_put(uint8_t byte); /* waits until the port takes it */
int uart_get(void);          /* -1: nothing has come */

/*
 * A timer interrupt every so many cycles of CLOCK_HZ, up to 2^24. Its exception calls tick_handler, which
 * the firmware defines.
 */
void tick_start(uint32_t cycles);
void tick_handler(void);
void systick_handler(void);

/* No more interrupts once it returns. */
void tick_stop(void);

/* Ends the emulator, or the debugger's session, with this exit status. */
_Noreturn void machine_exit(uint32_t status);

#endif
