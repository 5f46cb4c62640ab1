//! Strings from and to C.

use core::ffi::{CStr, c_char};
use core::slice;

/// A string: pointer and length. It need not end in a NUL, and may hold NULs.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_str_t {
    /// The bytes, UTF-8; may be null where the length is 0.
    pub data: *const c_char,
    /// How many bytes.
    pub len: usize,
}

impl nprom_str_t {
    pub(crate) fn new(text: &str) -> Self {
        Self { data: text.as_ptr().cast(), len: text.len() }
    }

    /// # Safety
    ///
    /// `data` is readable for `len` bytes.
    pub(crate) unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.data.is_null() {
            return &[];
        }
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts(self.data.cast(), self.len) }
    }
}

/// # Safety
///
/// `text` is null or ends in a NUL.
pub(crate) unsafe fn bytes_of<'a>(text: *const c_char) -> &'a [u8] {
    if text.is_null() {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(text) }.to_bytes()
}

/// # Safety
///
/// `data` is null or points to `count` values.
pub(crate) unsafe fn slice_of<'a, T>(data: *const T, count: usize) -> &'a [T] {
    if data.is_null() {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(data, count) }
}
