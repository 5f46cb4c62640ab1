//! Families: children taken off the page.

use crate::family::family_of;
use crate::labels::{By, Text, pairs_of, strings_of, values_of, wanted_of};
use crate::status::{NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK, of_refused};
use crate::string::nprom_str_t;
use crate::types::nprom_family_t;
use core::ffi::c_char;

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
    unsafe { remove(family, values, count, By::Position) }
}

/// As nprom_family_remove, with label values that end in a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_str(
    family: *const nprom_family_t,
    values: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, values, count, By::Position) }
}

/// As nprom_family_remove, with the labels' names, in any order: names and values follow each other, and
/// `count` is that of all these strings.
///
/// Returns also NPROM_ERR_LABEL_NAME where the names are not those of the family, each once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_by_name(
    family: *const nprom_family_t,
    labels: *const nprom_str_t,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, labels, count, By::Name) }
}

/// As nprom_family_remove_by_name, with strings that end in a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_by_name_str(
    family: *const nprom_family_t,
    labels: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, labels, count, By::Name) }
}

/// Inline, so that programs link only the way that they use.
///
/// # Safety
///
/// Pointers as the header asks for.
#[inline(always)]
unsafe fn remove<T: Text>(
    family: *const nprom_family_t,
    strings: *const T,
    count: usize,
    by: By,
) -> i32 {
    // SAFETY: null or a family.
    let Some(family) = (unsafe { family_of(family) }) else { return NPROM_ERR_NULL };
    // SAFETY: the caller's promise.
    let strings = match unsafe { strings_of(strings, count, family.label_count(), by) } {
        Ok(strings) => strings,
        Err(status) => return status,
    };
    let removed = match by {
        // SAFETY: as above.
        By::Position => family.remove(unsafe { values_of(strings) }),
        // SAFETY: as above.
        By::Name => match family.in_order(unsafe { pairs_of(strings) }) {
            Ok(values) => family.remove(values),
            Err(refused) => return of_refused(refused),
        },
    };
    if removed { NPROM_OK } else { NPROM_ERR_NOT_FOUND }
}

/// Removes all children whose label values are those of the pattern, as nprom_family_remove does. A
/// string whose `data` is null stands for any value. `removed_out` receives how many there were. One that
/// is added meanwhile may stay.
///
/// Returns NPROM_OK, also where there were none, NPROM_ERR_NULL, or NPROM_ERR_LABEL_COUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_matching(
    family: *const nprom_family_t,
    pattern: *const nprom_str_t,
    count: usize,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove_matching(family, pattern, count, removed_out) }
}

/// As nprom_family_remove_matching, with strings that end in a NUL, or null for any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_matching_str(
    family: *const nprom_family_t,
    pattern: *const *const c_char,
    count: usize,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove_matching(family, pattern, count, removed_out) }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn remove_matching<T: Text>(
    family: *const nprom_family_t,
    pattern: *const T,
    count: usize,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: null or the caller's own variable, and null or a family.
    let (out, family) = unsafe { (removed_out.as_mut(), family_of(family)) };
    let Some(out) = out else { return NPROM_ERR_NULL };
    *out = 0;
    let Some(family) = family else { return NPROM_ERR_NULL };
    // SAFETY: the caller's promise.
    match unsafe { strings_of(pattern, count, family.label_count(), By::Position) } {
        Ok(pattern) => {
            // SAFETY: as above.
            *out = family.remove_matching(unsafe { wanted_of(pattern) });
            NPROM_OK
        }
        Err(status) => status,
    }
}

/// Takes all children off the page, as nprom_family_remove does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_clear(family: *const nprom_family_t) {
    // SAFETY: null or a family.
    if let Some(family) = unsafe { family_of(family) } {
        family.clear();
    }
}

/// Lets other labels use the memory of removed children, and moves the text of all others together. Returns
/// how many children may be added again. It takes time: the number of series times its logarithm.
///
/// From the begin to the end of this call no cursor that was read in part is inside the family, and nobody,
/// in no thread and no interrupt handler, makes another call on it. After it nobody uses a handle to a
/// child that was removed before; handles to all other children stay valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_reclaim(family: *const nprom_family_t) -> u32 {
    // SAFETY: null or a family, and what the header asks for.
    unsafe { family_of(family).map_or(0, |family| family.reclaim()) }
}
