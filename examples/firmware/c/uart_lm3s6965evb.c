/* UART0 of the LM3S6965: a PL011. */
#include "machine.h"

#define UART 0x4000C000u
#define DATA REGISTER(UART + 0x00)
#define FLAGS REGISTER(UART + 0x18)

enum { RECEIVE_EMPTY = 1 << 4, TRANSMIT_FULL = 1 << 5 };

/* QEMU's needs no set-up. A real one needs its clock, its pins and a baud rate first. */
void uart_init(void) {}

void uart_put(uint8_t byte) {
    while (FLAGS & TRANSMIT_FULL)
        ;
    DATA = byte;
}

int uart_get(void) {
    return FLAGS & RECEIVE_EMPTY ? -1 : (int)(DATA & 0xFF);
}
