/*
 * Firmware with metrics in C: main and a timer interrupt count on the same ones, and the page goes out
 * over the serial port in frames, once by itself and then whenever a host asks for it.
 *
 * What it measures is made up and always the same, so that the page is too; only the uptime and the
 * ticks differ.
 */
#include "machine.h"
#include <nanoprom.h>

static nprom_int_counter_t ticks;
static nprom_counter_t events;
static nprom_gauge32_t queue_depth;
static nprom_gauge_t temperature;
NPROM_DEFINE_HISTOGRAM(interval, 0.001, 0.002, 0.005, 0.01);
NPROM_DEFINE_INT_COUNTER_FAMILY(messages, 4, 24, "channel");
static nprom_gauge_t uptime;

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&ticks, "firmware_ticks_total", "Timer interrupts handled."),
    NPROM_COUNTER(&events, "firmware_events_total",
                  "Events counted by main and by the timer interrupt."),
    NPROM_GAUGE32(&queue_depth, "firmware_queue_depth", "Items waiting, set by main."),
    NPROM_GAUGE(&temperature, "firmware_temperature_celsius", "Die temperature, simulated."),
    NPROM_HISTOGRAM(&interval, "firmware_interval_seconds",
                    "Time between two events, simulated."),
    NPROM_INT_COUNTER_FAMILY(&messages, "firmware_messages_total", "Messages by channel."),
    NPROM_GAUGE(&uptime, "firmware_uptime_seconds", "Time since start."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* Looked up once, so that counting costs no search. */
static nprom_int_counter_t *uart_messages, *radio_messages;

enum { EVENTS = 1000, TICK_EVENTS = 100, TICK_HZ = 1000, PAUSE = 2000, PUSHED_PAGE = 0, EOT = 0x04 };

static volatile unsigned handled; /* interrupts, in the firmware's own count */

static void log_line(const char *text) {
    while (*text)
        uart_put((uint8_t)*text++);
    uart_put('\n');
}

/* ---- Counting ------------------------------------------------------------------------------------*/

/* Binary fractions, whose sum is the same in every order. Each falls into another bucket. */
static const double intervals[] = {1 / 2048.0, 3 / 2048.0, 1 / 256.0, 1 / 128.0, 1 / 64.0};
enum { INTERVALS = sizeof intervals / sizeof intervals[0] };

/* Called by main and by the interrupt that may come in the middle of it. */
static void count_event(unsigned number, nprom_int_counter_t *channel) {
    nprom_counter_inc(&events);
    nprom_histogram_observe(&interval, intervals[number % INTERVALS]);
    nprom_int_counter_inc(channel);
}

/* Counts 100 events, and its ticks for ever. */
void tick_handler(void) {
    nprom_int_counter_inc(&ticks);
    if (handled < TICK_EVENTS)
        count_event(handled, radio_messages);
    handled++;
}

static void work(void) {
    for (unsigned i = 0; i < EVENTS; i++) {
        count_event(i, i % 2 ? radio_messages : uart_messages);
        nprom_gauge32_set(&queue_depth, (int32_t)(i % 8));
        nprom_gauge_set(&temperature, 20 + 0.25 * (i % 4));
        for (volatile unsigned pause = 0; pause < PAUSE; pause++)
            ;
    }
    while (handled < TICK_EVENTS)
        ;
}

/* Ends the ticks, and tells what is wrong with the totals, or null. */
static const char *wrong_total(void) {
    const unsigned all = EVENTS + TICK_EVENTS;
    double sum = 0;
    tick_stop();
    for (unsigned i = 0; i < all; i++)
        sum += intervals[i % INTERVALS];
    if (handled < TICK_EVENTS || nprom_int_counter_get(&ticks) != handled)
        return "wrong total of ticks";
    if (nprom_counter_get(&events) != all)
        return "wrong total of events";
    if (nprom_histogram_count(&interval) != all || nprom_histogram_sum(&interval) != sum)
        return "wrong total of intervals";
    if (nprom_int_counter_get(uart_messages) != EVENTS / 2 ||
        nprom_int_counter_get(radio_messages) != all - EVENTS / 2)
        return "wrong total of messages";
    return 0;
}

/* ---- Answering -----------------------------------------------------------------------------------*/

static nprom_frames_t frames;
static int sending;

static void begin_page(uint8_t number) {
    nprom_gauge_set(&uptime, (double)nprom_int_counter_get(&ticks) / TICK_HZ);
    nprom_frames_init(&frames, &metrics, NPROM_TEXT, number);
    sending = 1;
}

/* Sends one byte of the page, and now and then a log line, which may go between frames only. */
static void continue_page(void) {
    static unsigned frames_sent;
    char byte;
    if (nprom_frames_read(&frames, &byte, 1) == 0) {
        sending = 0;
        frames_sent = 0;
        return;
    }
    uart_put((uint8_t)byte);
    if (nprom_frames_between(&frames) && ++frames_sent == 2)
        log_line("two frames are out");
}

/*
 * Pushes a page, then answers requests until the end of transmission. Each turn takes one byte at most
 * and sends one, so that nothing is missed while a page goes out.
 */
static void serve(void) {
    nprom_requests_t requests = {0};
    int32_t requested = -1; /* while a page is being sent, the last request waits */
    int ended = 0;
    begin_page(PUSHED_PAGE);
    while (sending || requested >= 0 || !ended) {
        int byte = uart_get();
        int32_t number = byte < 0 ? -1 : nprom_requests_feed(&requests, (uint8_t)byte);
        requested = number >= 0 ? number : requested;
        ended |= byte == EOT;
        if (sending) {
            continue_page();
        } else if (requested >= 0) {
            begin_page((uint8_t)requested);
            requested = -1;
        }
    }
}

int main(void) {
    const char *fault;
    uart_init();
    log_line("counting");
    nprom_int_counter_family_labels_str(&messages, NPROM_VALUES("uart"), &uart_messages);
    nprom_int_counter_family_labels_str(&messages, NPROM_VALUES("radio"), &radio_messages);
    tick_start(CLOCK_HZ / TICK_HZ);
    work();
    serve();
    fault = wrong_total();
    log_line(fault ? fault : "all totals are right");
    return fault ? 1 : 0;
}
