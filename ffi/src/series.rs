//! Tables of constant series.

use crate::types::{mirrors, nprom_kind_t, nprom_label_name_t, offsets};
use core::ffi::c_void;
use core::mem::offset_of;
use nanoprom_core::abi::AnySeries;

/// Series whose labels are constants, and whose metrics lie anywhere. Made by NPROM_DEFINE_SERIES.
#[repr(C)]
pub struct nprom_series_t {
    /// The kind of each metric.
    pub child: *const nprom_kind_t,
    /// The label names.
    pub names: *const nprom_label_name_t,
    /// The rows: each a pointer to the metric, and as many label values as names.
    pub rows: *const c_void,
    /// How many rows.
    pub count: u32,
    /// How many labels.
    pub label_count: u32,
}

mirrors! { nprom_series_t => AnySeries }
offsets! {
    nprom_series_t { child, names, rows, count, label_count } == AnySeries::OFFSETS;
}
