//! What lies in the private memory of objects that write pages: the object and the scratch memory that
//! it was lent.

use crate::status::{NPROM_ERR_BUSY, NPROM_ERR_NULL, NPROM_OK};
use core::ffi::{c_char, c_void};
use core::ptr;
use core::slice;

pub(crate) struct Lent<T> {
    pub(crate) object: T,
    scratch: *mut u8,
    size: usize,
}

impl<T> Lent<T> {
    /// Without scratch memory.
    pub(crate) const fn new(object: T) -> Self {
        Self { object, scratch: ptr::null_mut(), size: 0 }
    }

    /// The object and its scratch memory.
    fn parts(&mut self) -> (&mut T, &mut [u8]) {
        if self.scratch.is_null() {
            return (&mut self.object, &mut []);
        }
        // SAFETY: lent by `lend`, whose caller keeps it for the object alone.
        (&mut self.object, unsafe { slice::from_raw_parts_mut(self.scratch, self.size) })
    }
}

/// # Safety
///
/// `lent` is null or was initialised, and is used by one caller at a time.
pub(crate) unsafe fn object<'o, T>(lent: *mut Lent<T>) -> Option<&'o mut T> {
    // SAFETY: the caller's promise.
    unsafe { lent.as_mut() }.map(|lent| &mut lent.object)
}

/// # Safety
///
/// As for `object`, which is only read here.
pub(crate) unsafe fn seen<'o, T>(lent: *const Lent<T>) -> Option<&'o T> {
    // SAFETY: the caller's promise.
    unsafe { lent.as_ref() }.map(|lent| &lent.object)
}

/// Has `read` fill the caller's buffer; gives what that returns, and 0 where there is no object or no buffer.
///
/// # Safety
///
/// As for `object`; `buf` is null or `len` bytes of the caller's.
pub(crate) unsafe fn fill<T>(
    lent: *mut Lent<T>,
    buf: *mut c_char,
    len: usize,
    read: impl FnOnce(&mut T, &mut [u8], &mut [u8]) -> usize,
) -> usize {
    // SAFETY: the caller's promise.
    let Some(lent) = (unsafe { lent.as_mut() }).filter(|_| !buf.is_null()) else { return 0 };
    let (object, scratch) = lent.parts();
    // SAFETY: the caller's promise.
    read(object, unsafe { slice::from_raw_parts_mut(buf.cast(), len) }, scratch)
}

/// Has `feed` take the caller's bytes, likewise.
///
/// # Safety
///
/// As for `object`; `data` is null or `len` bytes of the caller's.
pub(crate) unsafe fn take<T>(
    lent: *mut Lent<T>,
    data: *const c_char,
    len: usize,
    feed: impl FnOnce(&mut T, &[u8]) -> usize,
) -> usize {
    // SAFETY: the caller's promise.
    let Some(object) = (unsafe { object(lent) }).filter(|_| !data.is_null()) else { return 0 };
    // SAFETY: the caller's promise.
    feed(object, unsafe { slice::from_raw_parts(data.cast(), len) })
}

/// # Safety
///
/// `lent` is null or an object used by one caller at a time; `memory` is null or `size` bytes that nobody
/// else uses as long as the object is used.
pub(crate) unsafe fn lend<T>(
    lent: *mut Lent<T>,
    has_begun: fn(&T) -> bool,
    memory: *mut c_void,
    size: usize,
) -> i32 {
    // SAFETY: the caller's promise.
    let Some(lent) = (unsafe { lent.as_mut() }) else { return NPROM_ERR_NULL };
    // Its lines may lie in the memory it has.
    if has_begun(&lent.object) {
        return NPROM_ERR_BUSY;
    }
    if memory.is_null() && size > 0 {
        return NPROM_ERR_NULL;
    }
    if !memory.is_null() {
        // SAFETY: the caller's promise; from here on all of it was written once.
        unsafe { memory.cast::<u8>().write_bytes(0, size) };
    }
    lent.scratch = memory.cast();
    lent.size = size;
    NPROM_OK
}
