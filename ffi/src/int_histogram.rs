//! Histograms of whole numbers.

use crate::histogram::store;
use crate::types::{nprom_histogram32_t, nprom_int_histogram_t};
use nanoprom_core::abi::{AnyIntHistogram, Bucket32, Bucket64};

/// # Safety
///
/// `histogram` is null or a histogram of this type.
unsafe fn int_histogram_of<'h>(
    histogram: *const nprom_int_histogram_t,
) -> Option<&'h AnyIntHistogram<Bucket64>> {
    // SAFETY: the caller's promise; its cells all share by atomics.
    unsafe {
        // The child that a full family refused has no cells.
        let alive = histogram.as_ref().is_some_and(|histogram| !histogram.cells.is_null());
        if alive { histogram.cast::<AnyIntHistogram<Bucket64>>().as_ref() } else { None }
    }
}

/// # Safety
///
/// `histogram` is null or a histogram of this type.
unsafe fn histogram32_of<'h>(
    histogram: *const nprom_histogram32_t,
) -> Option<&'h AnyIntHistogram<Bucket32>> {
    // SAFETY: the caller's promise; its cells all share by atomics.
    unsafe {
        // The child that a full family refused has no cells.
        let alive = histogram.as_ref().is_some_and(|histogram| !histogram.cells.is_null());
        if alive { histogram.cast::<AnyIntHistogram<Bucket32>>().as_ref() } else { None }
    }
}

/// Counts `ticks`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_histogram_observe(
    histogram: *const nprom_int_histogram_t,
    ticks: u32,
) {
    // SAFETY: null or a histogram.
    if let Some(histogram) = unsafe { int_histogram_of(histogram) } {
        histogram.observe(ticks);
    }
}

/// Returns how many values were observed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_histogram_count(histogram: *const nprom_int_histogram_t) -> u64 {
    // SAFETY: null or a histogram.
    unsafe { int_histogram_of(histogram) }.map_or(0, AnyIntHistogram::count)
}

/// Returns the sum of the values observed, in ticks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_histogram_sum(histogram: *const nprom_int_histogram_t) -> u64 {
    // SAFETY: null or a histogram.
    unsafe { int_histogram_of(histogram) }.map_or(0, AnyIntHistogram::sum)
}

/// As nprom_histogram_bucket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_histogram_bucket(
    histogram: *const nprom_int_histogram_t,
    index: u32,
    count_out: *mut u64,
) -> i32 {
    // SAFETY: null, or a histogram and the caller's own variable.
    unsafe { store(int_histogram_of(histogram).map(|h| h.bucket(index as usize)), count_out) }
}

/// Counts `ticks`. A bucket that has counted 2^32 - 1 values stops there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram32_observe(
    histogram: *const nprom_histogram32_t,
    ticks: u32,
) {
    // SAFETY: null or a histogram.
    if let Some(histogram) = unsafe { histogram32_of(histogram) } {
        histogram.observe(ticks);
    }
}

/// Returns how many values were observed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram32_count(histogram: *const nprom_histogram32_t) -> u64 {
    // SAFETY: null or a histogram.
    unsafe { histogram32_of(histogram) }.map_or(0, AnyIntHistogram::count)
}

/// Returns the sum of the values observed, in ticks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram32_sum(histogram: *const nprom_histogram32_t) -> u64 {
    // SAFETY: null or a histogram.
    unsafe { histogram32_of(histogram) }.map_or(0, AnyIntHistogram::sum)
}

/// As nprom_histogram_bucket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram32_bucket(
    histogram: *const nprom_histogram32_t,
    index: u32,
    count_out: *mut u64,
) -> i32 {
    // SAFETY: null, or a histogram and the caller's own variable.
    unsafe { store(histogram32_of(histogram).map(|h| h.bucket(index as usize)), count_out) }
}
