//! Families: children by label values.

use crate::status::{NPROM_ERR_LABEL_COUNT, NPROM_ERR_NULL, NPROM_OK, of_refused};
use crate::string::{bytes_of, nprom_str_t, slice_of};
use crate::types::nprom_family_t;
use core::ffi::{c_char, c_void};
use core::ptr;
use nanoprom_core::Refused;
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
    unsafe {
        let values = || slice_of(values, count).iter().map(|value| value.bytes());
        labels(family, count, values, cell_out)
    }
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
    unsafe {
        let values = || slice_of(values, count).iter().map(|&value| bytes_of(value));
        labels(family, count, values, cell_out)
    }
}

/// `values` makes the values, once their number is known to be right.
///
/// # Safety
///
/// Pointers as the header asks for.
unsafe fn labels<'v, V: ExactSizeIterator<Item = &'v [u8]> + Clone>(
    family: *const nprom_family_t,
    count: usize,
    values: impl FnOnce() -> V,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: null or the caller's own variable, and null or a family.
    let (out, family) = unsafe { (cell_out.as_mut(), family_of(family)) };
    let Some(out) = out else {
        return NPROM_ERR_NULL;
    };
    *out = ptr::null_mut();
    let Some(family) = family else {
        return NPROM_ERR_NULL;
    };
    if count != family.label_count() {
        family.count_refusal();
        return NPROM_ERR_LABEL_COUNT;
    }
    let values = values();
    if values.len() != count {
        return NPROM_ERR_NULL;
    }
    give(family.cell_of(values), out)
}

fn give(cell: Result<*const (), Refused>, out: &mut *mut c_void) -> i32 {
    match cell {
        Ok(cell) => {
            *out = cell.cast_mut().cast();
            NPROM_OK
        }
        Err(refused) => of_refused(refused),
    }
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
    unsafe {
        let strings = || slice_of(labels, count).iter().map(|text| text.bytes());
        labels_by_name(family, count, strings, cell_out)
    }
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
    unsafe {
        let strings = || slice_of(labels, count).iter().map(|&text| bytes_of(text));
        labels_by_name(family, count, strings, cell_out)
    }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn labels_by_name<'v, S: ExactSizeIterator<Item = &'v [u8]> + Clone>(
    family: *const nprom_family_t,
    count: usize,
    strings: impl FnOnce() -> S,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: null or the caller's own variable, and null or a family.
    let (out, family) = unsafe { (cell_out.as_mut(), family_of(family)) };
    let Some(out) = out else {
        return NPROM_ERR_NULL;
    };
    *out = ptr::null_mut();
    let Some(family) = family else {
        return NPROM_ERR_NULL;
    };
    if count != 2 * family.label_count() {
        family.count_refusal();
        return NPROM_ERR_LABEL_COUNT;
    }
    let strings = strings();
    if strings.len() != count {
        return NPROM_ERR_NULL;
    }
    match family.in_order(pairs_of(strings)) {
        Ok(values) => give(family.cell_of(values), out),
        Err(refused) => {
            family.count_refusal();
            of_refused(refused)
        }
    }
}

/// Names and values of strings that follow each other.
pub(crate) fn pairs_of<'v>(
    strings: impl Iterator<Item = &'v [u8]> + Clone,
) -> impl Iterator<Item = (&'v [u8], &'v [u8])> + Clone {
    strings.clone().step_by(2).zip(strings.skip(1).step_by(2))
}

/// Returns how many times a new child was refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_refused(family: *const nprom_family_t) -> u64 {
    // SAFETY: null or a family.
    unsafe { family_of(family) }.map_or(0, AnyFamily::refused)
}
