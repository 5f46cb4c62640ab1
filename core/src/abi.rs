//! What the C ABI is made of. Not for Rust programs: no promise is made for this module.

pub use crate::any_collector::{AnyCollector, COLLECTOR};
pub use crate::any_family::AnyFamily;
pub use crate::any_int_histogram::{
    AnyIntHistogram, Bucket32, Bucket64, HISTOGRAM32, HISTOGRAM32_FAMILY, INT_HISTOGRAM,
    INT_HISTOGRAM_FAMILY,
};
pub use crate::birth::set_c_clock;
pub use crate::buckets::{exponential, fault as bounds_fault, linear, ticks_fault};
pub use crate::callback::{COUNTER_CALLBACK, Callback, GAUGE_CALLBACK};
pub use crate::check::check_list;
pub use crate::choice::{Names, TooMany};
pub use crate::constant_series::{
    AnySeries, COUNTER_SERIES, GAUGE_SERIES, HISTOGRAM_SERIES, INFO_SERIES, STATE_SET_SERIES,
    SUMMARY_SERIES, UNTYPED_SERIES,
};
pub use crate::counter::{
    COUNTER, COUNTER_FAMILY, COUNTER32, COUNTER32_FAMILY, INT_COUNTER, INT_COUNTER_FAMILY,
};
pub use crate::created::{
    CREATED_COUNTER, CREATED_COUNTER_FAMILY, CREATED_HISTOGRAM, CREATED_HISTOGRAM_FAMILY,
    CREATED_INT_COUNTER, CREATED_INT_COUNTER_FAMILY, CREATED_SUMMARY, CREATED_SUMMARY_FAMILY,
};
pub use crate::cursor::{FormatCell, OPEN_METRICS, TEXT};
pub use crate::default_registry::JOINED;
pub use crate::exact::{
    COUNTER_EXACT, COUNTER_EXACT_FAMILY, COUNTER32_EXACT, COUNTER32_EXACT_FAMILY, INFO_EXACT,
    INT_COUNTER_EXACT, INT_COUNTER_EXACT_FAMILY,
};
pub use crate::exemplar::EXEMPLAR_SIZE;
pub use crate::extras::{RichCounter, RichHistogram};
pub use crate::gauge::{GAUGE, GAUGE_FAMILY, GAUGE32, GAUGE32_FAMILY, INT_GAUGE, INT_GAUGE_FAMILY};
#[cfg(feature = "alloc")]
pub use crate::growing::AnyGrowing;
pub use crate::histogram::{AnyHistogram, HISTOGRAM, HISTOGRAM_FAMILY};
pub use crate::info::INFO;
pub use crate::info_cell::{AnyInfoCell, INFO_CELL};
pub use crate::kind::KindCell;
pub use crate::label::LabelAt;
pub use crate::list::ListCell;
pub use crate::members::Refusal;
pub use crate::metric::GROUP;
pub use crate::overflow::{OTHER, OverflowCell};
pub use crate::reader::SCRATCH;
pub use crate::registry::{NODES, NotJoined};
pub use crate::sample_value::find_value;
pub use crate::state_set::{AnyStateSet, STATE_SET};
pub use crate::summary::{SUMMARY, SUMMARY_FAMILY};
pub use crate::untyped::{UNTYPED, UNTYPED_FAMILY};
pub use crate::with_exemplars::{
    EXEMPLAR_COUNTER, EXEMPLAR_COUNTER_FAMILY, EXEMPLAR_HISTOGRAM, EXEMPLAR_HISTOGRAM_FAMILY,
};
