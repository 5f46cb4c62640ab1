//! The kinds that rows of C tables point to. Their size is that of one pointer for ever: an executable
//! that is linked to the shared library may hold copies of them.

use nanoprom_core::abi::{self, KindCell};

/// Exports a kind of the core under its C name.
macro_rules! export {
    ($($(#[$doc:meta])* $name:ident = $kind:ident;)+) => {
        $($(#[$doc])* #[unsafe(no_mangle)] pub static $name: KindCell = abi::$kind;)+
    };
}
export! {
    nprom_kind_counter = COUNTER;
    nprom_kind_int_counter = INT_COUNTER;
    nprom_kind_counter32 = COUNTER32;
    nprom_kind_gauge = GAUGE;
    nprom_kind_int_gauge = INT_GAUGE;
    nprom_kind_gauge32 = GAUGE32;
    nprom_kind_histogram = HISTOGRAM;
    nprom_kind_int_histogram = INT_HISTOGRAM;
    nprom_kind_histogram32 = HISTOGRAM32;
    nprom_kind_group = GROUP;
    nprom_kind_counter_family = COUNTER_FAMILY;
    nprom_kind_int_counter_family = INT_COUNTER_FAMILY;
    nprom_kind_counter32_family = COUNTER32_FAMILY;
    nprom_kind_gauge_family = GAUGE_FAMILY;
    nprom_kind_int_gauge_family = INT_GAUGE_FAMILY;
    nprom_kind_gauge32_family = GAUGE32_FAMILY;
    nprom_kind_histogram_family = HISTOGRAM_FAMILY;
    nprom_kind_int_histogram_family = INT_HISTOGRAM_FAMILY;
    nprom_kind_histogram32_family = HISTOGRAM32_FAMILY;
}
