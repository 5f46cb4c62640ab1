/* Every kind of metric, labelled families among them. */
#include "everything.h"

static void received(uint8_t byte) {
    count(byte);
    send_page(&metrics);
}
