/* UART of the micro:bit's nRF51822. */
#include "machine.h"

#define UART 0x40002000u
#define START_RECEIVER REGISTER(UART + 0x000)
#define START_TRANSMITTER REGISTER(UART + 0x008)
#define RECEIVED REGISTER(UART + 0x108)
#define SENT REGISTER(UART + 0x11C)
#define ENABLE REGISTER(UART + 0x500)
#define RECEIVE REGISTER(UART + 0x518)
#define TRANSMIT REGISTER(UART + 0x51C)

/* A real one needs its pins and a baud rate too. */
void uart_init(void) {
    ENABLE = 4;
    START_RECEIVER = 1;
    START_TRANSMITTER = 1;
}

void uart_put(uint8_t byte) {
    SENT = 0;
    TRANSMIT = byte;
    while (!SENT)
        ;
}

int uart_get(void) {
    if (!RECEIVED)
        return -1;
    RECEIVED = 0; /* before reading, which makes room for the byte that sets it again */
    return (int)(RECEIVE & 0xFF);
}
