/* The same metrics answered over HTTP, with the UART in place of a network, which would cost more. */
#include "everything.h"

static nprom_http_t http; /* of the one connection */

static void received(uint8_t byte) {
    static int open;
    char data = (char)byte, buf[64];
    size_t len;
    count(byte);
    if (!open)
        nprom_http_init_text(&http, &metrics);
    nprom_http_feed(&http, &data, 1);
    while ((len = nprom_http_pull(&http, buf, sizeof buf)) > 0)
        send(buf, len);
    open = nprom_http_state(&http) != NPROM_HTTP_CLOSE;
}
