/* Turns all updates into calls of the library: for -include in front of a program. */
#include <nanoprom.h>

#undef nprom_counter_inc
#undef nprom_counter_inc_by
#undef nprom_int_counter_inc
#undef nprom_int_counter_inc_by
#undef nprom_counter32_inc
#undef nprom_counter32_inc_by
#undef nprom_gauge_set
#undef nprom_gauge_inc
#undef nprom_gauge_dec
#undef nprom_gauge_inc_by
#undef nprom_gauge_dec_by
#undef nprom_int_gauge_set
#undef nprom_int_gauge_inc
#undef nprom_int_gauge_dec
#undef nprom_int_gauge_inc_by
#undef nprom_gauge32_set
#undef nprom_gauge32_inc
#undef nprom_gauge32_dec
#undef nprom_gauge32_inc_by
#undef nprom_histogram_observe
#undef nprom_int_histogram_observe
#undef nprom_histogram32_observe
