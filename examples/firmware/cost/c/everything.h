/* Every kind of metric, with labels and without: what families.c and http.c have in common. */
#ifndef EVERYTHING_H
#define EVERYTHING_H

#include "cells.h"

static const double bounds[] = {0.001, 0.01, 0.1, 1.0};
NPROM_DEFINE_INT_COUNTER_FAMILY(messages, 4, 24, "channel");
NPROM_DEFINE_GAUGE_FAMILY(places, 4, 48, "floor", "room");
NPROM_DEFINE_HISTOGRAM_FAMILY(by_channel, bounds, 2, 24, "channel");

static const nprom_metric_t rows[] = {
    CELL_ROWS,
    NPROM_INT_COUNTER_FAMILY(&messages, "cost_messages_total", "Messages by channel."),
    NPROM_GAUGE_FAMILY(&places, "cost_place_level", "Levels by place."),
    NPROM_HISTOGRAM_FAMILY(&by_channel, "cost_channel_seconds", "Times by channel."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

/* Where a series is refused, its child takes and ignores every update, and the page says so. */
static inline void count(uint8_t byte) {
    const char *channel = byte < 'a' ? "uart" : "radio";
    nprom_int_counter_t *channel_messages;
    nprom_gauge_t *place;
    nprom_histogram_t channel_times;
    nprom_counter32_inc(&requests);
    nprom_int_counter_family_labels_str(&messages, NPROM_VALUES(channel), &channel_messages);
    nprom_int_counter_inc(channel_messages);
    nprom_gauge_family_labels_str(&places, NPROM_VALUES("0", channel), &place);
    nprom_gauge_set(place, byte);
    nprom_histogram_family_labels_str(&by_channel, NPROM_VALUES(channel), &channel_times);
    nprom_histogram_observe(&channel_times, 0.002);
}

#endif
