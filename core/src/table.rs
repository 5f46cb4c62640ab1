//! Tables and strings behind the pointers of rows: constants of Rust or of C.

use core::ffi::c_char;
use core::marker::PhantomData;
use core::slice;

/// The `len` values from `start` on. Without any, `start` may be null, as C programs like it.
///
/// # Safety
///
/// `len` values of `T` lie there, for `'a`, and nobody changes them.
#[inline]
pub(crate) const unsafe fn slice_at<'a, T>(start: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(start, len) }
}

/// A string that a table points to.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Str<'a> {
    text: *const c_char,
    len: usize,
    marker: PhantomData<&'a str>,
}

// SAFETY: a shared string.
unsafe impl Send for Str<'_> {}
// SAFETY: a shared string.
unsafe impl Sync for Str<'_> {}

impl<'a> Str<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text: text.as_ptr().cast(), len: text.len(), marker: PhantomData }
    }

    /// Whether it is one that a C table left out.
    pub(crate) const fn is_missing(&self) -> bool {
        self.text.is_null()
    }

    pub(crate) const fn bytes(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.text.cast(), self.len) }
    }
}
