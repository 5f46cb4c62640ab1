//! Metric types, one a file, and what updates them.

pub(crate) mod any_int_histogram;
pub(crate) mod callback;
pub(crate) mod counter;
pub(crate) mod exact;
pub(crate) mod gauge;
pub(crate) mod guards;
pub(crate) mod histogram;
pub(crate) mod info;
pub(crate) mod info_cell;
pub(crate) mod int_histogram;
pub(crate) mod state_set;
pub(crate) mod summary;
pub(crate) mod timer;
pub(crate) mod untyped;
