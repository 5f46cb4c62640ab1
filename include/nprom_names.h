/*
 * Part of nanoprom.h: rows whose names are shown as they are declared, and units.
 */
#ifndef NPROM_NAMES_H
#define NPROM_NAMES_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

extern const nprom_kind_t nprom_kind_counter_exact, nprom_kind_counter_exact_family;
extern const nprom_kind_t nprom_kind_int_counter_exact, nprom_kind_int_counter_exact_family;
extern const nprom_kind_t nprom_kind_counter32_exact, nprom_kind_counter32_exact_family;
extern const nprom_kind_t nprom_kind_info_exact;

/*
 * For names that dashboards already know: nothing is added to the name and nothing taken from it. Such a counter
 * is a counter in the text format and unknown in OpenMetrics, whose counters all end in _total;
 * such an info is a gauge in both.
 */
#define NPROM_COUNTER_EXACT(cell, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(nprom_counter_t, cell), nprom_kind_counter_exact)
#define NPROM_INT_COUNTER_EXACT(cell, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(nprom_int_counter_t, cell), nprom_kind_int_counter_exact)
#define NPROM_COUNTER32_EXACT(cell, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(nprom_counter32_t, cell), nprom_kind_counter32_exact)
#define NPROM_INFO_EXACT(handle, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_info_t, handle), nprom_kind_info_exact)
#define NPROM_COUNTER_FAMILY_EXACT(family, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_counter_family_t, family), \
               nprom_kind_counter_exact_family)
#define NPROM_INT_COUNTER_FAMILY_EXACT(family, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_int_counter_family_t, family), \
               nprom_kind_int_counter_exact_family)
#define NPROM_COUNTER32_FAMILY_EXACT(family, name, help) \
    NPROM_ROW_(name, help, NPROM_OF_TYPE_(const nprom_counter32_family_t, family), \
               nprom_kind_counter32_exact_family)

/*
 * A row whose name is given without its unit: NPROM_UNIT(NPROM_GAUGE(&cell, "battery", "…"), "volts") is called
 * battery_volts, and a counter "sent" with "bytes" sent_bytes_total. OpenMetrics shows the unit. Without this
 * macro a base unit, such as seconds or bytes, is known by the name's last word. nprom_check refuses a
 * unit that the name has already, and one of an info or a state set.
 *
 * Namespaces and subsystems are prefixes of a group, or literals: SHOP "requests_total" with
 * #define SHOP "shop_http_".
 */
#define NPROM_UNIT(...) NPROM_UNIT_(__VA_ARGS__)
#define NPROM_UNIT_(name, help, value, kind, name_len, unit_len, rest, unit) \
    name "_" unit, help, value, kind, \
        (uint8_t)(sizeof(char[(name_len) + 1 + NPROM_LEN_(unit, 255) <= 255 ? 1 : -1]) * \
                  ((name_len) + 1 + NPROM_LEN_(unit, 255))), \
        (uint8_t)NPROM_LEN_(unit, 255), rest

#endif
