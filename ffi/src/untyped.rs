//! Untyped values.

use crate::types::nprom_untyped_t;
use nanoprom_core::Untyped;

/// Sets the value; any float, NaN included.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_untyped_set(untyped: *mut nprom_untyped_t, value: f64) {
    // SAFETY: null or an untyped value, which all share by atomics.
    if let Some(untyped) = unsafe { untyped.cast::<Untyped>().as_ref() } {
        untyped.set(value);
    }
}

/// Returns the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_untyped_get(untyped: *const nprom_untyped_t) -> f64 {
    // SAFETY: null or an untyped value, which all share by atomics.
    unsafe { untyped.cast::<Untyped>().as_ref() }.map_or(0.0, Untyped::get)
}
