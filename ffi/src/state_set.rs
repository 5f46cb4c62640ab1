//! State sets.

use crate::status::{NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK};
use crate::types::nprom_state_set_t;
use nanoprom_core::abi::AnyStateSet;

/// # Safety
///
/// `set` is null or a state set.
unsafe fn update(set: *const nprom_state_set_t, update: impl FnOnce(&AnyStateSet) -> bool) -> i32 {
    // SAFETY: the caller's promise; its bits all share by atomics.
    match unsafe { set.cast::<AnyStateSet>().as_ref() }.map(update) {
        Some(true) => NPROM_OK,
        Some(false) => NPROM_ERR_NOT_FOUND,
        None => NPROM_ERR_NULL,
    }
}

/// Leaves all other states for number `state`, the first being 0. Returns NPROM_OK, NPROM_ERR_NULL, or
/// NPROM_ERR_NOT_FOUND where there is no such state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_state_set_set(set: *const nprom_state_set_t, state: u32) -> i32 {
    // SAFETY: null or a state set.
    unsafe { update(set, |set| set.set(state)) }
}

/// Turns one state on, or off where `on` is 0, whatever the others are. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_NOT_FOUND where there is no such state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_state_set_turn(
    set: *const nprom_state_set_t,
    state: u32,
    on: i32,
) -> i32 {
    // SAFETY: null or a state set.
    unsafe { update(set, |set| set.turn(state, on != 0)) }
}

/// Returns 1 where the set is in this state, and 0 where it is not or has no such state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_state_set_get(set: *const nprom_state_set_t, state: u32) -> i32 {
    // SAFETY: null or a state set.
    let set = unsafe { set.cast::<AnyStateSet>().as_ref() };
    i32::from(set.is_some_and(|set| set.get(state)))
}
