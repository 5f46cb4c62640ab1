//! Strings from C.

use core::ffi::c_char;

/// As in `libnanoprom`: pointer and length.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_str_t {
    /// The bytes; may be null where the length is 0.
    pub data: *const c_char,
    /// How many.
    pub len: usize,
}
