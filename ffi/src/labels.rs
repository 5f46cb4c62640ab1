//! Label values and names as C gives them. A file of `libnanoprom_host`, too.

use crate::status::{NPROM_ERR_LABEL_COUNT, NPROM_ERR_NULL};
use crate::string::nprom_str_t;
use core::ffi::{CStr, c_char};
use core::slice;

/// Strings as C has them, with a length or with a NUL at the end.
pub(crate) trait Text: Copy {
    /// An empty one if it is null.
    ///
    /// # Safety
    ///
    /// It is null or a string that lives for `'t`.
    unsafe fn bytes<'t>(self) -> &'t [u8];

    /// Whether it is null, which in a pattern stands for any value.
    fn is_null(self) -> bool;
}

impl Text for nprom_str_t {
    unsafe fn bytes<'t>(self) -> &'t [u8] {
        if self.data.is_null() {
            return &[];
        }
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts(self.data.cast(), self.len) }
    }

    fn is_null(self) -> bool {
        self.data.is_null()
    }
}

impl Text for *const c_char {
    unsafe fn bytes<'t>(self) -> &'t [u8] {
        if Text::is_null(self) {
            return &[];
        }
        // SAFETY: the caller's promise.
        unsafe { CStr::from_ptr(self) }.to_bytes()
    }

    fn is_null(self) -> bool {
        <*const c_char>::is_null(self)
    }
}

/// How labels are given: their values, or in front of each its name.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum By {
    Position,
    Name,
}

/// The strings, if there are as many as that number of labels asks for.
///
/// # Safety
///
/// `strings` is null or points to `count` strings that live for `'t`.
pub(crate) unsafe fn strings_of<'t, T: Text>(
    strings: *const T,
    count: usize,
    label_count: usize,
    by: By,
) -> Result<&'t [T], i32> {
    if count != label_count * if by == By::Name { 2 } else { 1 } {
        return Err(NPROM_ERR_LABEL_COUNT);
    }
    if strings.is_null() {
        return Err(NPROM_ERR_NULL);
    }
    // SAFETY: the caller's promise.
    Ok(unsafe { slice::from_raw_parts(strings, count) })
}

/// # Safety
///
/// The strings are null or live for `'t`.
pub(crate) unsafe fn values_of<'t, T: Text>(
    strings: &'t [T],
) -> impl ExactSizeIterator<Item = &'t [u8]> + Clone + use<'t, T> {
    // SAFETY: the caller's promise.
    strings.iter().map(|text| unsafe { text.bytes() })
}

/// Names and values, which follow each other.
///
/// # Safety
///
/// As for [`values_of`].
pub(crate) unsafe fn pairs_of<'t, T: Text>(
    strings: &'t [T],
) -> impl Iterator<Item = (&'t [u8], &'t [u8])> + Clone + use<'t, T> {
    let (pairs, _) = strings.as_chunks();
    // SAFETY: the caller's promise.
    pairs.iter().map(|&[name, value]| unsafe { (name.bytes(), value.bytes()) })
}

/// The values of a pattern, `None` for any.
///
/// # Safety
///
/// As for [`values_of`].
pub(crate) unsafe fn wanted_of<'t, T: Text>(
    pattern: &'t [T],
) -> impl Iterator<Item = Option<&'t [u8]>> + Clone + use<'t, T> {
    // SAFETY: the caller's promise.
    pattern.iter().map(|text| (!text.is_null()).then(|| unsafe { text.bytes() }))
}
