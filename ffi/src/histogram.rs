//! Histograms.

use crate::status::{NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK};
use crate::types::nprom_histogram_t;
use nanoprom_core::abi::AnyHistogram;

/// # Safety
///
/// `histogram` is null or a histogram.
unsafe fn histogram_of<'h>(histogram: *const nprom_histogram_t) -> Option<&'h AnyHistogram> {
    // SAFETY: the caller's promise; its cells all share by atomics.
    unsafe {
        // The child that a full family refused has no cells.
        let alive = histogram.as_ref().is_some_and(|histogram| !histogram.cells.is_null());
        if alive { histogram.cast::<AnyHistogram>().as_ref() } else { None }
    }
}

/// Counts `value`. NaN is ignored; infinities are counted in the first and the last bucket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram_observe(histogram: *const nprom_histogram_t, value: f64) {
    // SAFETY: null or a histogram.
    if let Some(histogram) = unsafe { histogram_of(histogram) } {
        histogram.observe(value);
    }
}

/// Returns how many values were observed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram_count(histogram: *const nprom_histogram_t) -> u64 {
    // SAFETY: null or a histogram.
    unsafe { histogram_of(histogram) }.map_or(0, AnyHistogram::count)
}

/// Returns the sum of the values observed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram_sum(histogram: *const nprom_histogram_t) -> f64 {
    // SAFETY: null or a histogram.
    unsafe { histogram_of(histogram) }.map_or(0.0, AnyHistogram::sum)
}

/// Stores how many values were counted in the bucket at `index`, not cumulative; the bucket behind the
/// last bound is +Inf. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_NOT_FOUND where there is no such
/// bucket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram_bucket(
    histogram: *const nprom_histogram_t,
    index: u32,
    count_out: *mut u64,
) -> i32 {
    // SAFETY: null, or a histogram and the caller's own variable.
    unsafe { store(histogram_of(histogram).map(|h| h.bucket(index as usize)), count_out) }
}

/// Stores the count of a bucket, if there is a histogram and in it such a bucket.
///
/// # Safety
///
/// `out` is null or the caller's own variable.
pub(crate) unsafe fn store(count: Option<Option<u64>>, out: *mut u64) -> i32 {
    // SAFETY: the caller's promise.
    let (Some(count), Some(out)) = (count, unsafe { out.as_mut() }) else {
        return NPROM_ERR_NULL;
    };
    match count {
        Some(count) => {
            *out = count;
            NPROM_OK
        }
        None => NPROM_ERR_NOT_FOUND,
    }
}
