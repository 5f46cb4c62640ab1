//! Gauges.

use crate::types::{nprom_gauge_t, nprom_gauge32_t, nprom_int_gauge_t};
use nanoprom_core::{Gauge, Gauge32, IntGauge};

/// Sets the value; any float, NaN included.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge_set(gauge: *mut nprom_gauge_t, value: f64) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge>().as_ref() } {
        gauge.set(value);
    }
}

/// Adds 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge_inc(gauge: *mut nprom_gauge_t) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge>().as_ref() } {
        gauge.inc();
    }
}

/// Subtracts 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge_dec(gauge: *mut nprom_gauge_t) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge>().as_ref() } {
        gauge.dec();
    }
}

/// Adds `amount`, which may be negative.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge_inc_by(gauge: *mut nprom_gauge_t, amount: f64) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge>().as_ref() } {
        gauge.inc_by(amount);
    }
}

/// Subtracts `amount`, which may be negative.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge_dec_by(gauge: *mut nprom_gauge_t, amount: f64) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge>().as_ref() } {
        gauge.dec_by(amount);
    }
}

/// Returns the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge_get(gauge: *const nprom_gauge_t) -> f64 {
    // SAFETY: null or a gauge, which all share by atomics.
    unsafe { gauge.cast::<Gauge>().as_ref() }.map_or(0.0, Gauge::get)
}

/// Sets the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_gauge_set(gauge: *mut nprom_int_gauge_t, value: i64) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<IntGauge>().as_ref() } {
        gauge.set(value);
    }
}

/// Adds 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_gauge_inc(gauge: *mut nprom_int_gauge_t) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<IntGauge>().as_ref() } {
        gauge.inc();
    }
}

/// Subtracts 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_gauge_dec(gauge: *mut nprom_int_gauge_t) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<IntGauge>().as_ref() } {
        gauge.dec();
    }
}

/// Adds `amount`, which may be negative; the value wraps at its ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_gauge_inc_by(gauge: *mut nprom_int_gauge_t, amount: i64) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<IntGauge>().as_ref() } {
        gauge.inc_by(amount);
    }
}

/// Subtracts `amount`, which may be negative; the value wraps at its ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_gauge_dec_by(gauge: *mut nprom_int_gauge_t, amount: i64) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<IntGauge>().as_ref() } {
        gauge.dec_by(amount);
    }
}

/// Returns the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_gauge_get(gauge: *const nprom_int_gauge_t) -> i64 {
    // SAFETY: null or a gauge, which all share by atomics.
    unsafe { gauge.cast::<IntGauge>().as_ref() }.map_or(0, IntGauge::get)
}

/// Sets the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge32_set(gauge: *mut nprom_gauge32_t, value: i32) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge32>().as_ref() } {
        gauge.set(value);
    }
}

/// Adds 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge32_inc(gauge: *mut nprom_gauge32_t) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge32>().as_ref() } {
        gauge.inc();
    }
}

/// Subtracts 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge32_dec(gauge: *mut nprom_gauge32_t) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge32>().as_ref() } {
        gauge.dec();
    }
}

/// Adds `amount`, which may be negative; the value wraps at its ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge32_inc_by(gauge: *mut nprom_gauge32_t, amount: i32) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge32>().as_ref() } {
        gauge.inc_by(amount);
    }
}

/// Subtracts `amount`, which may be negative; the value wraps at its ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge32_dec_by(gauge: *mut nprom_gauge32_t, amount: i32) {
    // SAFETY: null or a gauge, which all share by atomics.
    if let Some(gauge) = unsafe { gauge.cast::<Gauge32>().as_ref() } {
        gauge.dec_by(amount);
    }
}

/// Returns the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_gauge32_get(gauge: *const nprom_gauge32_t) -> i32 {
    // SAFETY: null or a gauge, which all share by atomics.
    unsafe { gauge.cast::<Gauge32>().as_ref() }.map_or(0, Gauge32::get)
}
