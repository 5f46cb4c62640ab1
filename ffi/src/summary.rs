//! Summaries.

use crate::types::nprom_summary_t;
use nanoprom_core::Summary;

/// Counts `value` and adds it to the sum. NaN is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_summary_observe(summary: *mut nprom_summary_t, value: f64) {
    // SAFETY: null or a summary, which all share by atomics.
    if let Some(summary) = unsafe { summary.cast::<Summary>().as_ref() } {
        summary.observe(value);
    }
}

/// Returns how many values were observed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_summary_count(summary: *const nprom_summary_t) -> u64 {
    // SAFETY: null or a summary, which all share by atomics.
    unsafe { summary.cast::<Summary>().as_ref() }.map_or(0, Summary::count)
}

/// Returns the sum of the values observed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_summary_sum(summary: *const nprom_summary_t) -> f64 {
    // SAFETY: null or a summary, which all share by atomics.
    unsafe { summary.cast::<Summary>().as_ref() }.map_or(0.0, Summary::sum)
}
