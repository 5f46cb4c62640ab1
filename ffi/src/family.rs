//! Families: children by label values.

use crate::labels::{By, Text, pairs_of, strings_of, values_of};
use crate::status::{NPROM_ERR_LABEL_COUNT, NPROM_ERR_NULL, NPROM_OK, of_refused};
use crate::string::nprom_str_t;
use crate::types::nprom_family_t;
use core::ffi::{c_char, c_void};
use core::ptr;
use nanoprom_core::abi::AnyFamily;

/// The family, if it is one that has its memory: one of run time gets it later.
///
/// # Safety
///
/// `family` is null or a family.
pub(crate) unsafe fn family_of<'f>(family: *const nprom_family_t) -> Option<&'f AnyFamily> {
    // SAFETY: the caller's promise.
    unsafe {
        let is_placed = family.as_ref().is_some_and(|family| !family.head.is_null());
        if is_placed { family.cast::<AnyFamily>().as_ref() } else { None }
    }
}

/// Finds the child with these label values, in the order of the label names, and adds it at 0 if it
/// is new. `cell_out` receives its cell, which stays valid for ever; keep it to save the look-up. On
/// failure it receives null, which all updates accept and ignore.
///
/// Takes no lock and no heap; may be called from any thread and interrupt handler. Prefer the
/// typed functions, such as nprom_counter_family_labels.
///
/// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT, or, where the child is new and cannot be
/// added, NPROM_ERR_FULL, NPROM_ERR_TEXT_FULL, NPROM_ERR_TOO_LONG or NPROM_ERR_NOT_UTF8. All but
/// NPROM_ERR_NULL are counted in nanoprom_series_refused_total.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_labels(
    family: *const nprom_family_t,
    values: *const nprom_str_t,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { give(family, values, count, By::Position, cell_out) }
}

/// As nprom_family_labels, with label values that end in a NUL; null stands for an empty one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_labels_str(
    family: *const nprom_family_t,
    values: *const *const c_char,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { give(family, values, count, By::Position, cell_out) }
}

/// As nprom_family_labels, with the labels' names, in any order. Names and values follow each other:
/// "code", "200", "method", "GET"; `count` is that of all these strings. It takes longer than by position.
///
/// Returns also NPROM_ERR_LABEL_COUNT where there are not two strings for each label, and
/// NPROM_ERR_LABEL_NAME where the names are not those of the family, each once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_labels_by_name(
    family: *const nprom_family_t,
    labels: *const nprom_str_t,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { give(family, labels, count, By::Name, cell_out) }
}

/// As nprom_family_labels_by_name, with strings that end in a NUL:
/// NPROM_VALUES("code", "200", "method", "GET").
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_labels_by_name_str(
    family: *const nprom_family_t,
    labels: *const *const c_char,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { give(family, labels, count, By::Name, cell_out) }
}

/// Inline, so that programs link only the way that they use.
///
/// # Safety
///
/// Pointers as the header asks for.
#[inline(always)]
unsafe fn give<T: Text>(
    family: *const nprom_family_t,
    strings: *const T,
    count: usize,
    by: By,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: null or the caller's own variable.
    let Some(out) = (unsafe { cell_out.as_mut() }) else { return NPROM_ERR_NULL };
    *out = ptr::null_mut();
    // SAFETY: null or a family.
    let Some(family) = (unsafe { family_of(family) }) else { return NPROM_ERR_NULL };
    // SAFETY: the caller's promise.
    let strings = match unsafe { strings_of(strings, count, family.label_count(), by) } {
        Ok(strings) => strings,
        Err(status) => {
            if status == NPROM_ERR_LABEL_COUNT {
                family.count_refusal();
            }
            return status;
        }
    };
    let cell = match by {
        // SAFETY: as above.
        By::Position => family.cell_of(unsafe { values_of(strings) }),
        // SAFETY: as above.
        By::Name => match family.in_order(unsafe { pairs_of(strings) }) {
            Ok(values) => family.cell_of(values),
            Err(refused) => {
                family.count_refusal();
                Err(refused)
            }
        },
    };
    match cell {
        Ok(cell) => {
            *out = cell.cast_mut().cast();
            NPROM_OK
        }
        Err(refused) => of_refused(refused),
    }
}

/// Returns how many times a new child was refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_refused(family: *const nprom_family_t) -> u64 {
    // SAFETY: null or a family.
    unsafe { family_of(family) }.map_or(0, AnyFamily::refused)
}
