//! What the C ABI is made of. Not for Rust programs: no promise is made for this module.

pub use crate::any_family::AnyFamily;
pub use crate::any_int_histogram::{
    AnyIntHistogram, Bucket32, Bucket64, HISTOGRAM32, HISTOGRAM32_FAMILY, INT_HISTOGRAM,
    INT_HISTOGRAM_FAMILY,
};
pub use crate::buckets::{exponential, fault as bounds_fault, linear, ticks_fault};
pub use crate::callback::{COUNTER_CALLBACK, Callback, GAUGE_CALLBACK};
pub use crate::counter::{
    COUNTER, COUNTER_FAMILY, COUNTER32, COUNTER32_FAMILY, INT_COUNTER, INT_COUNTER_FAMILY,
};
pub use crate::cursor::{FormatCell, OPEN_METRICS, TEXT};
pub use crate::gauge::{GAUGE, GAUGE_FAMILY, GAUGE32, GAUGE32_FAMILY, INT_GAUGE, INT_GAUGE_FAMILY};
pub use crate::histogram::{AnyHistogram, HISTOGRAM, HISTOGRAM_FAMILY};
pub use crate::info::INFO;
pub use crate::kind::KindCell;
pub use crate::metric::GROUP;
pub use crate::sample_value::find_value;
pub use crate::state_set::{AnyStateSet, STATE_SET};
pub use crate::summary::{SUMMARY, SUMMARY_FAMILY};
pub use crate::untyped::{UNTYPED, UNTYPED_FAMILY};
