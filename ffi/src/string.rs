//! Strings from and to C.

use crate::labels::Text;
use core::ffi::c_char;
use core::slice;
use nanoprom_core::Decimal;

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
}

/// # Safety
///
/// `text` is null or ends in a NUL.
pub(crate) unsafe fn bytes_of<'a>(text: *const c_char) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe { text.bytes() }
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

/// Bytes of memory for any whole number as text, with a NUL.
pub const NPROM_DECIMAL_SIZE: usize = 21;

/// Writes a whole number as text, for a label value: `memory` has NPROM_DECIMAL_SIZE bytes. The text also
/// ends in a NUL, for the _str functions. Returns it; an empty string where `memory` is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_decimal(memory: *mut c_char, number: i64) -> nprom_str_t {
    // SAFETY: as the header asks for.
    unsafe { write_decimal(memory, &Decimal::from(number)) }
}

/// As nprom_decimal, for numbers from 2^63 on, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_decimal_unsigned(memory: *mut c_char, number: u64) -> nprom_str_t {
    // SAFETY: as the header asks for.
    unsafe { write_decimal(memory, &Decimal::from(number)) }
}

/// # Safety
///
/// `memory` is null or writable for NPROM_DECIMAL_SIZE bytes.
unsafe fn write_decimal(memory: *mut c_char, text: &str) -> nprom_str_t {
    // SAFETY: the caller's promise.
    let Some(memory) = (unsafe { memory.cast::<[u8; NPROM_DECIMAL_SIZE]>().as_mut() }) else {
        return nprom_str_t::new("");
    };
    for (to, byte) in memory.iter_mut().zip(text.bytes().chain([0])) {
        *to = byte;
    }
    nprom_str_t { data: memory.as_ptr().cast(), len: text.len() }
}
