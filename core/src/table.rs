//! Tables and strings behind the pointers of rows: constants of Rust or of C.

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
