/*
 * Part of nanoprom.h: infos whose labels are set and replaced at run time.
 *
 *     NPROM_DEFINE_INFO_CELL(network, 64);
 *     ...
 *     NPROM_INFO_CELL(&network, "network_info", "Where we are."),
 *     ...
 *     nprom_info_cell_set_str(&network, NPROM_VALUES("address", text));
 *
 * The labels are copied, and replaced all together, from any thread and interrupt handler: a page shows the
 * old ones or the new ones. It shows network_info{address="10.0.0.7"} 1, where the reader has scratch memory;
 * others leave it out whole. nprom_encode and nprom_encode_buffer bring their own on hosts.
 */
#ifndef NPROM_INFO_CELL_H
#define NPROM_INFO_CELL_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

extern const nprom_kind_t nprom_kind_info_cell;

/* An info with room for `text` bytes of labels, a multiple of 8: 3 for each label, its name and value. */
#define NPROM_DEFINE_INFO_CELL(name, text) \
    NPROM_STORAGE static uint32_t name##_words_[2 + NPROM_LABEL_TEXT_(text) / 4]; \
    static const nprom_info_cell_t name = {name##_words_, NPROM_LABEL_TEXT_(text)}

/* Its row. */
#define NPROM_INFO_CELL(handle, name, help) NPROM_HANDLE_ROW_(info_cell, handle, name, help)

#ifdef NPROM_DISABLED
#define nprom_info_cell_set(info, labels, count) \
    (0 ? nprom_info_cell_set(info, labels, count) : nprom_inline_ok_())
/* NPROM_VALUES is two arguments, but not yet when this is expanded. */
#define nprom_info_cell_set_str(...) (0 ? nprom_info_cell_set_str(__VA_ARGS__) : nprom_inline_ok_())
#endif

#endif
