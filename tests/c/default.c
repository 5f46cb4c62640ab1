/* The default registry: groups of two units, and (with RIVAL) a name that is in both; with SILENT nobody asks. */
#include "units/joined.h"
#include <stdio.h>

static nprom_int_counter_t requests;
static const nprom_metric_t own_rows[] = {
#ifdef RIVAL
    NPROM_INT_COUNTER(&requests, "eth0_frames_total", ""),
#else
    NPROM_INT_COUNTER(&requests, "requests_total", ""),
#endif
};
static const nprom_group_t own = NPROM_GROUP_INIT(own_rows);
#ifndef NOBODY
NPROM_JOIN_DEFAULT(own);
#endif

int main(void) {
#ifndef NOBODY
    receive();
#endif
#ifdef SILENT
    return own.row_count == 0;
#else
    static char page[1000], message[200];
    size_t len;
    if (nprom_check(nprom_default(), message, sizeof message) != NPROM_OK) {
        puts(message);
        return 0;
    }
    if (nprom_encode_buffer(nprom_default(), NPROM_TEXT, page, sizeof page, &len) != NPROM_OK)
        return 1;
    return fwrite(page, 1, len, stdout) != len || own.row_count == 0;
#endif
}
