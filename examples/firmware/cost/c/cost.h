/*
 * The firmware whose metrics are weighed: an interrupt measures, main shows a page when a byte comes.
 *
 * Its programs differ in nothing but their metrics; none.c has none and keeps plain variables instead.
 * What a program is larger than that is what its metrics cost.
 */
#ifndef COST_H
#define COST_H

#include "machine.h"
#include <stddef.h>

/* What the interrupt measures; made up, but not known to the compiler. */
typedef struct {
    int32_t level;
    uint32_t bytes, micros;
    double seconds;
} sample_t;

/* What each program does with a sample, and with a byte that has come. */
static void measured(const sample_t *sample);
static void received(uint8_t byte);

static inline void send(const char *bytes, size_t len) {
    while (len--)
        uart_put((uint8_t)*bytes++);
}

void tick_handler(void) {
    static const sample_t samples[] = {
        {3, 70, 700, 0.0007}, {-2, 1200, 12000, 0.012}, {0, 20, 250, 0.00025}, {7, 9000, 90000, 0.09}};
    static uint32_t taken;
    measured(&samples[taken++ % 4]);
}

int main(void) {
    enum { END_OF_TRANSMISSION = 4 };
    int byte;
    uart_init();
    tick_start(CLOCK_HZ / 1000);
    while ((byte = uart_get()) != END_OF_TRANSMISSION)
        if (byte >= 0)
            received((uint8_t)byte);
    return 0;
}

#ifdef NANOPROM_H
/* Sends the page of a group over the UART. */
static inline void send_page(const nprom_group_t *group) {
    nprom_cursor_t cursor;
    char buf[64];
    size_t len;
    nprom_cursor_init(&cursor, group, NPROM_TEXT);
    while ((len = nprom_read(&cursor, buf, sizeof buf)) > 0)
        send(buf, len);
}
#endif

#endif
