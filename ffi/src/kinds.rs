//! The kinds that rows of C tables point to, and the formats. Their size is that of one pointer for ever:
//! an executable that is linked to the shared library may hold copies of them.

use nanoprom_core::abi::{self, FormatCell, KindCell, ListCell, OverflowCell};

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
    nprom_kind_collector = COLLECTOR;
    nprom_kind_info = INFO;
    nprom_kind_counter_exact = COUNTER_EXACT;
    nprom_kind_int_counter_exact = INT_COUNTER_EXACT;
    nprom_kind_counter32_exact = COUNTER32_EXACT;
    nprom_kind_info_exact = INFO_EXACT;
    nprom_kind_counter_exact_family = COUNTER_EXACT_FAMILY;
    nprom_kind_int_counter_exact_family = INT_COUNTER_EXACT_FAMILY;
    nprom_kind_counter32_exact_family = COUNTER32_EXACT_FAMILY;
    nprom_kind_info_cell = INFO_CELL;
    nprom_kind_exemplar_counter = EXEMPLAR_COUNTER;
    nprom_kind_exemplar_counter_family = EXEMPLAR_COUNTER_FAMILY;
    nprom_kind_exemplar_histogram = EXEMPLAR_HISTOGRAM;
    nprom_kind_exemplar_histogram_family = EXEMPLAR_HISTOGRAM_FAMILY;
    nprom_kind_created_counter = CREATED_COUNTER;
    nprom_kind_created_counter_family = CREATED_COUNTER_FAMILY;
    nprom_kind_created_int_counter = CREATED_INT_COUNTER;
    nprom_kind_created_int_counter_family = CREATED_INT_COUNTER_FAMILY;
    nprom_kind_created_summary = CREATED_SUMMARY;
    nprom_kind_created_summary_family = CREATED_SUMMARY_FAMILY;
    nprom_kind_created_histogram = CREATED_HISTOGRAM;
    nprom_kind_created_histogram_family = CREATED_HISTOGRAM_FAMILY;
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
    nprom_kind_counter_series = COUNTER_SERIES;
    nprom_kind_gauge_series = GAUGE_SERIES;
    nprom_kind_histogram_series = HISTOGRAM_SERIES;
    nprom_kind_summary_series = SUMMARY_SERIES;
    nprom_kind_info_series = INFO_SERIES;
    nprom_kind_state_set_series = STATE_SET_SERIES;
    nprom_kind_untyped_series = UNTYPED_SERIES;
}

/// Prometheus text format 0.0.4.
#[unsafe(no_mangle)]
pub static nprom_format_text: FormatCell = abi::TEXT;
/// OpenMetrics 1.0.0.
#[unsafe(no_mangle)]
pub static nprom_format_openmetrics: FormatCell = abi::OPEN_METRICS;

/// Labels that a family refuses go to one child.
#[unsafe(no_mangle)]
pub static nprom_overflow_other: OverflowCell = abi::OTHER;

/// The groups of the default registry.
#[unsafe(no_mangle)]
pub static nprom_list_joined: ListCell = abi::JOINED;
/// The groups of a registry.
#[unsafe(no_mangle)]
pub static nprom_list_nodes: ListCell = abi::NODES;
