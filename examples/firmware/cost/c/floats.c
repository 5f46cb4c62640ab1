/* Every kind of metric that has no labels. */
#include "cells.h"

static const nprom_metric_t rows[] = {CELL_ROWS};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

static void received(uint8_t byte) {
    (void)byte;
    nprom_counter32_inc(&requests);
    send_page(&metrics);
}
