/* A plugin: it declares metrics of its own, and knows nothing of who shows them. */
#include "plugin.h"

static nprom_int_counter_t sent;

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&sent, "messages_sent_total", "Messages sent."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT_PREFIX(rows, "mail_");

static double work(void) {
    nprom_int_counter_inc(&sent);
    return 0.004;
}

const plugin_t plugin = {&metrics, work};
