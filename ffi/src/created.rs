//! Counters with a creation time.

use crate::types::{nprom_cell64_t, nprom_counter_t, nprom_int_counter_t};
use nanoprom_core::{Counter, Created, IntCounter};

/// A counter with a creation time: all zeros is one that was there from the start.
#[repr(C)]
pub struct nprom_created_counter_t {
    /// The counter, to be changed as any other but by nprom_counter_reset.
    pub counter: nprom_counter_t,
    /// When it was created.
    pub created: nprom_cell64_t,
}

/// A counter of whole events with a creation time: all zeros is one that was there from the start.
#[repr(C)]
pub struct nprom_created_int_counter_t {
    /// The counter, to be changed as any other but by nprom_int_counter_reset.
    pub counter: nprom_int_counter_t,
    /// When it was created.
    pub created: nprom_cell64_t,
}

const _: () = assert!(size_of::<nprom_created_counter_t>() == size_of::<Created<Counter>>());
const _: () = assert!(size_of::<nprom_created_int_counter_t>() == size_of::<Created<IntCounter>>());

/// Sets the total to 0, as nprom_counter_reset, and the creation time to now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_created_counter_reset(counter: *mut nprom_created_counter_t) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Created<Counter>>().as_ref() } {
        counter.reset();
    }
}

/// Sets the total to 0, as nprom_int_counter_reset, and the creation time to now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_created_int_counter_reset(
    counter: *mut nprom_created_int_counter_t,
) {
    // SAFETY: null or a counter, which all share by atomics.
    if let Some(counter) = unsafe { counter.cast::<Created<IntCounter>>().as_ref() } {
        counter.reset();
    }
}
