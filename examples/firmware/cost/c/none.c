/* Without metrics: plain variables and a line of text. */
#include "cost.h"

static volatile uint32_t samples, bytes, requests;
static volatile int32_t level;

static void measured(const sample_t *sample) {
    samples++;
    bytes += sample->bytes;
    level = sample->level;
}

static void received(uint8_t byte) {
    (void)byte;
    requests++;
    send("counting\n", 9);
}
