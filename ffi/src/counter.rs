//! Counters.

use crate::status::{NPROM_ERR_NULL, of_rejected};
use crate::types::{nprom_counter_t, nprom_counter32_t, nprom_int_counter_t};
use nanoprom_core::{Counter, Counter32, IntCounter};

/// Adds 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter_inc(counter: *mut nprom_counter_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Counter>().as_ref() } {
        counter.inc();
    }
}

/// Adds `amount`. Returns NPROM_OK, or NPROM_ERR_NOT_A_NUMBER, NPROM_ERR_NEGATIVE or
/// NPROM_ERR_INFINITE, and changes nothing then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter_inc_by(counter: *mut nprom_counter_t, amount: f64) -> i32 {
    // SAFETY: null or a counter, which all share by atomics.
    match unsafe { counter.cast::<Counter>().as_ref() } {
        Some(counter) => of_rejected(counter.inc_by(amount)),
        None => NPROM_ERR_NULL,
    }
}

/// Returns the total, rounded to the nearest float.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter_get(counter: *const nprom_counter_t) -> f64 {
    // SAFETY: null or a counter, which all share by atomics.
    unsafe { counter.cast::<Counter>().as_ref() }.map_or(0.0, Counter::get)
}

/// Adds 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_counter_inc(counter: *mut nprom_int_counter_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<IntCounter>().as_ref() } {
        counter.inc();
    }
}

/// Adds `amount`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_counter_inc_by(counter: *mut nprom_int_counter_t, amount: u64) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<IntCounter>().as_ref() } {
        counter.inc_by(amount);
    }
}

/// Returns the total.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_counter_get(counter: *const nprom_int_counter_t) -> u64 {
    // SAFETY: null or a counter, which all share by atomics.
    unsafe { counter.cast::<IntCounter>().as_ref() }.map_or(0, IntCounter::get)
}

/// Adds 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter32_inc(counter: *mut nprom_counter32_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Counter32>().as_ref() } {
        counter.inc();
    }
}

/// Adds `amount`; the total stops at 2^32 - 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter32_inc_by(counter: *mut nprom_counter32_t, amount: u32) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Counter32>().as_ref() } {
        counter.inc_by(amount);
    }
}

/// Returns the total.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter32_get(counter: *const nprom_counter32_t) -> u32 {
    // SAFETY: null or a counter, which all share by atomics.
    unsafe { counter.cast::<Counter32>().as_ref() }.map_or(0, Counter32::get)
}

/// Sets the total to 0: for tests, and where what is counted starts again. What is added at the same moment may
/// be lost or kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter_reset(counter: *mut nprom_counter_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Counter>().as_ref() } {
        counter.reset();
    }
}

/// Sets the total to 0: for tests, and where what is counted starts again. What is added at the same moment may
/// be lost or kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_counter_reset(counter: *mut nprom_int_counter_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<IntCounter>().as_ref() } {
        counter.reset();
    }
}

/// Sets the total to 0: for tests, and where what is counted starts again. What is added at the same moment may
/// be lost or kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_counter32_reset(counter: *mut nprom_counter32_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Counter32>().as_ref() } {
        counter.reset();
    }
}
