/* A server. Its port may be taken on this machine, so another one is asked for, too. */
#include "page.h"
#include <nanoprom_host.h>

static nprom_counter_t requests;

/* EXAMPLE nanoprom_host.h 1.1 */

static void serve(void) {
    nprom_server_t *free_port = NULL;
    /* EXAMPLE nanoprom_host.h 1.2 */
    CHECK(server || strstr(nprom_host_message(), "127.0.0.1:9100"));
    CHECK(nprom_serve_start(&metrics, "127.0.0.1:0", NULL, &free_port) == NPROM_OK);
    CHECK(nprom_serve_port(free_port) > 0);
    nprom_serve_stop(free_port);
    /* EXAMPLE nanoprom_host.h 1.3 */
    CHECK(shows(&metrics, NPROM_TEXT, "http_requests_total 0"));
    CHECK(shows(&metrics, NPROM_TEXT, "# TYPE process_open_fds gauge"));
}

int main(void) {
    statement("the server of nanoprom_host.h starts and stops", serve);
    return test_result();
}
