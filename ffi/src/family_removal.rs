//! Families: children taken off the page.

use crate::family::{family_of, pairs_of};
use crate::status::{
    NPROM_ERR_LABEL_COUNT, NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK, of_refused,
};
use crate::string::{bytes_of, nprom_str_t, slice_of};
use crate::types::nprom_family_t;
use core::ffi::c_char;
use nanoprom_core::abi::AnyFamily;

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
    unsafe {
        let values = || slice_of(values, count).iter().map(|value| value.bytes());
        with_strings(family, count, 1, values, |family, values| found(family.remove(values)))
    }
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
        let values = || slice_of(values, count).iter().map(|&value| bytes_of(value));
        with_strings(family, count, 1, values, |family, values| found(family.remove(values)))
    }
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
    unsafe {
        let strings = || slice_of(labels, count).iter().map(|text| text.bytes());
        with_strings(family, count, 2, strings, remove_by_name)
    }
}

/// As nprom_family_remove_by_name, with strings that end in a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_remove_by_name_str(
    family: *const nprom_family_t,
    labels: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe {
        let strings = || slice_of(labels, count).iter().map(|&text| bytes_of(text));
        with_strings(family, count, 2, strings, remove_by_name)
    }
}

fn remove_by_name<'v>(family: &AnyFamily, strings: impl Iterator<Item = &'v [u8]> + Clone) -> i32 {
    match family.in_order(pairs_of(strings)) {
        Ok(values) => found(family.remove(values)),
        Err(refused) => of_refused(refused),
    }
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
    unsafe {
        let wanted =
            || slice_of(pattern, count).iter().map(|v| (!v.data.is_null()).then(|| v.bytes()));
        remove_matching(family, count, wanted, removed_out)
    }
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
    unsafe {
        let wanted =
            || slice_of(pattern, count).iter().map(|&v| (!v.is_null()).then(|| bytes_of(v)));
        remove_matching(family, count, wanted, removed_out)
    }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn remove_matching<'v, P: ExactSizeIterator<Item = Option<&'v [u8]>> + Clone>(
    family: *const nprom_family_t,
    count: usize,
    pattern: impl FnOnce() -> P,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: null or the caller's own variable.
    let Some(out) = (unsafe { removed_out.as_mut() }) else {
        return NPROM_ERR_NULL;
    };
    *out = 0;
    // SAFETY: as the caller promises.
    unsafe {
        with_strings(family, count, 1, pattern, |family, pattern| {
            *out = family.remove_matching(pattern);
            NPROM_OK
        })
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

fn found(removed: bool) -> i32 {
    if removed { NPROM_OK } else { NPROM_ERR_NOT_FOUND }
}

/// Does `work` with the strings that `strings` makes once their number, so many for each label, is known
/// to be right.
///
/// # Safety
///
/// Pointers as the header asks for.
unsafe fn with_strings<S: ExactSizeIterator>(
    family: *const nprom_family_t,
    count: usize,
    for_each_label: usize,
    strings: impl FnOnce() -> S,
    work: impl FnOnce(&AnyFamily, S) -> i32,
) -> i32 {
    // SAFETY: null or a family.
    let Some(family) = (unsafe { family_of(family) }) else {
        return NPROM_ERR_NULL;
    };
    if count != for_each_label * family.label_count() {
        return NPROM_ERR_LABEL_COUNT;
    }
    let strings = strings();
    if strings.len() != count {
        return NPROM_ERR_NULL;
    }
    work(family, strings)
}
