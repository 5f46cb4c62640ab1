//! What the C ABI is made of. Not for Rust programs: no promise is made for this module.

pub use crate::buckets::{exponential, fault as bounds_fault, linear, ticks_fault};
pub use crate::collectors::any_collector::{AnyCollector, COLLECTOR};
pub use crate::default_registry::JOINED;
pub use crate::extras::birth::set_c_clock;
pub use crate::extras::created::{
    CREATED_COUNTER, CREATED_COUNTER_FAMILY, CREATED_HISTOGRAM, CREATED_HISTOGRAM_FAMILY,
    CREATED_INT_COUNTER, CREATED_INT_COUNTER_FAMILY, CREATED_SUMMARY, CREATED_SUMMARY_FAMILY,
};
pub use crate::extras::exemplar::EXEMPLAR_SIZE;
pub use crate::extras::with_exemplars::{
    EXEMPLAR_COUNTER, EXEMPLAR_COUNTER_FAMILY, EXEMPLAR_HISTOGRAM, EXEMPLAR_HISTOGRAM_FAMILY,
};
pub use crate::extras::{RichCounter, RichHistogram};
pub use crate::families::any_family::AnyFamily;
pub use crate::families::constant_series::{
    AnySeries, COUNTER_SERIES, GAUGE_SERIES, HISTOGRAM_SERIES, INFO_SERIES, STATE_SET_SERIES,
    SUMMARY_SERIES, UNTYPED_SERIES,
};
#[cfg(feature = "alloc")]
pub use crate::families::growing::AnyGrowing;
pub use crate::families::overflow::{OTHER, OverflowCell};
pub use crate::kind::KindCell;
pub use crate::label::LabelAt;
pub use crate::metrics::any_int_histogram::{
    AnyIntHistogram, Bucket32, Bucket64, HISTOGRAM32, HISTOGRAM32_FAMILY, INT_HISTOGRAM,
    INT_HISTOGRAM_FAMILY,
};
pub use crate::metrics::callback::{COUNTER_CALLBACK, Callback, GAUGE_CALLBACK};
pub use crate::metrics::counter::{
    COUNTER, COUNTER_FAMILY, COUNTER32, COUNTER32_FAMILY, INT_COUNTER, INT_COUNTER_FAMILY,
};
pub use crate::metrics::exact::{
    COUNTER_EXACT, COUNTER_EXACT_FAMILY, COUNTER32_EXACT, COUNTER32_EXACT_FAMILY, INFO_EXACT,
    INT_COUNTER_EXACT, INT_COUNTER_EXACT_FAMILY,
};
pub use crate::metrics::gauge::{
    GAUGE, GAUGE_FAMILY, GAUGE32, GAUGE32_FAMILY, INT_GAUGE, INT_GAUGE_FAMILY,
};
pub use crate::metrics::histogram::{AnyHistogram, HISTOGRAM, HISTOGRAM_FAMILY};
pub use crate::metrics::info::INFO;
pub use crate::metrics::info_cell::{AnyInfoCell, INFO_CELL};
pub use crate::metrics::state_set::{AnyStateSet, STATE_SET};
pub use crate::metrics::summary::{SUMMARY, SUMMARY_FAMILY};
pub use crate::metrics::untyped::{UNTYPED, UNTYPED_FAMILY};
pub use crate::page::choice::{Names, TooMany};
pub use crate::page::cursor::{FormatCell, OPEN_METRICS, TEXT};
pub use crate::page::reader::SCRATCH;
pub use crate::page::sample_value::find_value;
pub use crate::tables::check::check_list;
pub use crate::tables::list::ListCell;
pub use crate::tables::members::Refusal;
pub use crate::tables::metric::GROUP;
pub use crate::tables::registry::{NODES, NotJoined};
