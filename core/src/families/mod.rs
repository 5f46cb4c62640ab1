//! Metrics with labels: families of every sort, and series whose labels are constants.

pub(crate) mod any_family;
pub(crate) mod by_name;
pub(crate) mod constant_series;
pub(crate) mod enum_family;
pub(crate) mod family;
pub(crate) mod family_in;
pub(crate) mod fixed;
#[cfg(feature = "alloc")]
pub(crate) mod growing;
pub(crate) mod hash;
#[cfg(feature = "alloc")]
pub(crate) mod heap;
#[cfg(feature = "alloc")]
pub(crate) mod heap_removal;
pub(crate) mod index;
pub(crate) mod label_value;
pub(crate) mod labelled_family;
pub(crate) mod overflow;
pub(crate) mod reclaim;
pub(crate) mod record;
pub(crate) mod removal;
pub(crate) mod series;
pub(crate) mod sized;
