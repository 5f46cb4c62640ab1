//! Families: children by label values.

use crate::status::{
    NPROM_ERR_LABEL_COUNT, NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK, of_refused,
};
use crate::string::{bytes_of, nprom_str_t, slice_of};
use crate::types::nprom_family_t;
use core::ffi::{c_char, c_void};
use core::ptr;
use nanoprom_core::abi::AnyFamily;

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
    let (out, family) = unsafe { (cell_out.as_mut(), family.cast::<AnyFamily>().as_ref()) };
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
    match family.cell_of(values) {
        Ok(cell) => {
            *out = cell.cast_mut().cast();
            NPROM_OK
        }
        Err(refused) => of_refused(refused),
    }
}

/// Takes the child with these label values off the page and sets it to 0. The same values bring it
/// back. A handle that is kept stays valid; what it adds is on the page when the child comes back.
///
/// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT, or NPROM_ERR_NOT_FOUND.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove(
    family: *const nprom_family_t,
    values: *const nprom_str_t,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, count, || slice_of(values, count).iter().map(|value| value.bytes())) }
}

/// As nprom_family_remove, with label values that end in a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_str(
    family: *const nprom_family_t,
    values: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe {
        remove(family, count, || slice_of(values, count).iter().map(|&value| bytes_of(value)))
    }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn remove<'v, V: ExactSizeIterator<Item = &'v [u8]> + Clone>(
    family: *const nprom_family_t,
    count: usize,
    values: impl FnOnce() -> V,
) -> i32 {
    // SAFETY: null or a family.
    let Some(family) = (unsafe { family.cast::<AnyFamily>().as_ref() }) else {
        return NPROM_ERR_NULL;
    };
    if count != family.label_count() {
        return NPROM_ERR_LABEL_COUNT;
    }
    let values = values();
    if values.len() != count {
        return NPROM_ERR_NULL;
    }
    if family.remove(values) { NPROM_OK } else { NPROM_ERR_NOT_FOUND }
}

/// Takes all children off the page, as nprom_family_remove does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_clear(family: *const nprom_family_t) {
    // SAFETY: null or a family.
    if let Some(family) = unsafe { family.cast::<AnyFamily>().as_ref() } {
        family.clear();
    }
}

/// Returns how many times a new child was refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_refused(family: *const nprom_family_t) -> u64 {
    // SAFETY: null or a family.
    unsafe { family.cast::<AnyFamily>().as_ref() }.map_or(0, AnyFamily::refused)
}
