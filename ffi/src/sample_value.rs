//! One value by its name and labels, for tests.

use crate::status::{NPROM_ERR_LABEL_COUNT, NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK};
use crate::string::{bytes_of, slice_of};
use crate::types::nprom_group_t;
use core::ffi::c_char;
use nanoprom_core::abi::find_value;
use nanoprom_core::{Group, Source};

/// Stores the value of the sample with this name and exactly these labels, in any order: for tests, which
/// read what a scrape would show. Name and labels are those of the page, with prefixes, suffix, constant
/// labels and the `le` of a bucket.
///
/// Names and values of the labels follow each other: NPROM_VALUES("code", "200", "method", "GET"); without
/// labels the last two arguments are null and 0. Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT
/// where a name has no value, or NPROM_ERR_NOT_FOUND where there is no such sample.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_get_sample_value(
    group: *const nprom_group_t,
    name: *const c_char,
    labels: *const *const c_char,
    label_strings: usize,
    value_out: *mut f64,
) -> i32 {
    // SAFETY: null or a group, and the caller's own variable.
    let (group, out) = unsafe { (group.cast::<Group<'static>>().as_ref(), value_out.as_mut()) };
    let (Some(group), Some(out)) = (group, out) else {
        return NPROM_ERR_NULL;
    };
    if name.is_null() || (labels.is_null() && label_strings > 0) {
        return NPROM_ERR_NULL;
    }
    // SAFETY: an array of that many strings.
    let (pairs, rest) = unsafe { slice_of(labels, label_strings) }.as_chunks();
    if !rest.is_empty() {
        return NPROM_ERR_LABEL_COUNT;
    }
    // SAFETY: null or strings that end in a NUL.
    let pairs = pairs.iter().map(|&[name, value]| unsafe { (bytes_of(name), bytes_of(value)) });
    // SAFETY: not null, and ends in a NUL.
    match find_value(Source::from(group), unsafe { bytes_of(name) }, pairs) {
        Some(value) => {
            *out = value.as_f64();
            NPROM_OK
        }
        None => NPROM_ERR_NOT_FOUND,
    }
}
