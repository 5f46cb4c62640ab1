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

/* A timer interrupt each millisecond. Its exception calls tick_handler, which the firmware defines. */
void tick_start(void);
void tick_handler(void);
void systick_handler(void);

/* To be called by the handler: its last interrupt. The time goes on. */
void tick_stop(void);

/* Seconds since tick_start, to be called by main at least each second once the interrupts have ended. */
double tick_seconds(void);

/* Ends the emulator, or the debugger's session, with this exit status. */
_Noreturn void machine_exit(uint32_t status);

#endif
