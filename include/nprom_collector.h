/*
 * Part of nanoprom.h: collectors, whose families and series are asked for when a page is read.
 */
#ifndef NPROM_COLLECTOR_H
#define NPROM_COLLECTOR_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

NPROM_ASSERT_(sizeof(nprom_collector_t) == 4 * sizeof(void *) + 8, "collector");

extern const nprom_kind_t nprom_kind_collector;

/*
 * The row of a collector:
 *
 *     static int32_t disks_family(void *context, uint32_t number, nprom_collected_family_t *out) {
 *         (void)context;
 *         nprom_collected_family_describe(out, NPROM_TYPE_COUNTER, "disk_read_bytes", "Bytes read.");
 *         return number == 0;
 *     }
 *     static int32_t disks_series(void *context, uint32_t family, uint32_t number,
 *                                 nprom_collected_series_t *out) {
 *         const struct disks *disks = (const struct disks *)context;
 *         if (family > 0 || number >= disks->count)
 *             return 0;
 *         nprom_collected_series_label_str(out, "disk", disks->all[number].name);
 *         nprom_collected_series_unsigned(out, disks->all[number].bytes);
 *         return 1;
 *     }
 *     static const nprom_collector_t disk_metrics = {
 *         .family = disks_family, .series = disks_series, .context = &my_disks};
 *
 * with the row NPROM_COLLECTOR(&disk_metrics, "disks"). Both functions are called by whoever reads the page, by two
 * threads at a time where two read: what they use needs a lock then. All texts are copied before a call returns.
 *
 * The row's name is no metric's, but takes one: no family may be called so. The prefixes and constant labels
 * of its groups are those of its families. The series of a gauge histogram are asked for three times for a
 * page of text, which shows them as three families. A page that is read without scratch memory, or with too
 * little, shows nothing of it (nprom_cursor_scratch).
 *
 * `errors` is best a child of NPROM_INT_COUNTER_FAMILY "nanoprom_collector_errors_total" with the label
 * "collector", or that counter in a group with the constant label.
 */
#define NPROM_COLLECTOR(handle, name) \
    NPROM_ROW_(name, "", NPROM_OF_TYPE_(const nprom_collector_t, handle), nprom_kind_collector)

#endif
