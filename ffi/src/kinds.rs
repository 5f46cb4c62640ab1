//! The kinds that rows of C tables point to, and the formats. Their size is that of one pointer for ever:
//! an executable that is linked to the shared library may hold copies of them.

use nanoprom_core::abi::{self, FormatCell, KindCell};

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
    nprom_kind_summary = SUMMARY;
    nprom_kind_untyped = UNTYPED;
    nprom_kind_gauge_fn = GAUGE_CALLBACK;
    nprom_kind_counter_fn = COUNTER_CALLBACK;
    nprom_kind_info = INFO;
    nprom_kind_state_set = STATE_SET;
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
    nprom_kind_summary_family = SUMMARY_FAMILY;
    nprom_kind_untyped_family = UNTYPED_FAMILY;
    nprom_kind_histogram_family = HISTOGRAM_FAMILY;
    nprom_kind_int_histogram_family = INT_HISTOGRAM_FAMILY;
    nprom_kind_histogram32_family = HISTOGRAM32_FAMILY;
}

/// Prometheus text format 0.0.4.
#[unsafe(no_mangle)]
pub static nprom_format_text: FormatCell = abi::TEXT;
/// OpenMetrics 1.0.0.
#[unsafe(no_mangle)]
pub static nprom_format_openmetrics: FormatCell = abi::OPEN_METRICS;
