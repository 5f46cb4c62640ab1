/*
 * A table of misuse: what is refused, with which status, and that nothing was changed by it. Every function of the
 * headers has a row, those of nanoprom_host.h in misuse/host.c, which is a program of its own; checks/misuse
 * looks for them. What has no row:
 *
 *     nprom_version, nprom_default, nprom_host_message    take nothing
 *     nprom_critical_enter, nprom_critical_exit           are the application's
 *     rows and tables that are wrong                      bad_tables.c
 *     what does not compile                               fail/
 */
#include "misuse/misuse.h"

int main(void) {
    return misuse_values() | misuse_families() | misuse_pages() | misuse_http();
}
