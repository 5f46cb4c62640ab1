//! Pages: by portions, into a buffer, through a callback.

use crate::status::{NPROM_ERR_BUFFER, NPROM_ERR_NULL, NPROM_OK};
use crate::types::{nprom_format_t, nprom_group_t};
use core::ffi::{c_char, c_void};
use core::slice;
use nanoprom_core::abi::{FormatCell, TEXT};
use nanoprom_core::{Cursor, Group};

/// A page being read. Private memory; make it with nprom_cursor_init. It needs no clean-up, and a copy
/// of it is a second cursor at the same place.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_cursor_t {
    /// Private.
    pub memory: [u64; 20],
}

const _: () = assert!(
    size_of::<Cursor<'static>>() <= size_of::<nprom_cursor_t>()
        && align_of::<Cursor<'static>>() <= align_of::<nprom_cursor_t>()
);

/// # Safety
///
/// `group` is null or a group that lives as long as the cursor; `format` is null or one of the
/// library's own.
pub(crate) unsafe fn cursor_of(
    group: *const nprom_group_t,
    format: *const nprom_format_t,
) -> Result<Cursor<'static>, i32> {
    // SAFETY: the caller's promise.
    let group = unsafe { group.cast::<Group<'static>>().as_ref() }.ok_or(NPROM_ERR_NULL)?;
    // SAFETY: the caller's promise.
    let format = unsafe { format.cast::<FormatCell>().as_ref() }.ok_or(NPROM_ERR_NULL)?;
    Ok(Cursor::__of(group.into(), format))
}

/// A cursor at its end: reading it all the same gives nothing.
pub(crate) fn nothing() -> Cursor<'static> {
    static NOTHING: Group<'static> = Group::new(&[]);
    Cursor::__of((&NOTHING).into(), &TEXT)
}

/// Puts a cursor at the begin of the page of `group` in NPROM_TEXT or NPROM_OPENMETRICS. Returns
/// NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_cursor_init(
    cursor: *mut nprom_cursor_t,
    group: *const nprom_group_t,
    format: *const nprom_format_t,
) -> i32 {
    if cursor.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the group outlives the cursor, as the header asks for.
    let (page, status) = match unsafe { cursor_of(group, format) } {
        Ok(page) => (page, NPROM_OK),
        Err(status) => (nothing(), status),
    };
    // SAFETY: the caller's memory, large enough and aligned as asserted above.
    unsafe { cursor.cast::<Cursor<'static>>().write(page) };
    status
}

/// Fills `buf` with the next bytes of the page. Any `len` from 1 up will do; nothing is locked between
/// two reads. Returns how many bytes were written; 0 is the end of the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_read(
    cursor: *mut nprom_cursor_t,
    buf: *mut c_char,
    len: usize,
) -> usize {
    if buf.is_null() {
        return 0;
    }
    // SAFETY: null or a cursor that was initialised and is used by one caller at a time.
    match unsafe { cursor.cast::<Cursor<'static>>().as_mut() } {
        // SAFETY: the caller's buffer of `len` bytes.
        Some(cursor) => cursor.read(unsafe { slice::from_raw_parts_mut(buf.cast(), len) }),
        None => 0,
    }
}

/// Writes the whole page of `group` into `buf` and its length to `len_out`. Nothing is appended to it:
/// no NUL. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_BUFFER where the page is longer than `size`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_encode_buffer(
    group: *const nprom_group_t,
    format: *const nprom_format_t,
    buf: *mut c_char,
    size: usize,
    len_out: *mut usize,
) -> i32 {
    // SAFETY: null or the caller's own variable.
    let Some(len_out) = (unsafe { len_out.as_mut() }) else {
        return NPROM_ERR_NULL;
    };
    *len_out = 0;
    if buf.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the group is used during this call only.
    let mut cursor = match unsafe { cursor_of(group, format) } {
        Ok(cursor) => cursor,
        Err(status) => return status,
    };
    // SAFETY: the caller's buffer of `size` bytes.
    let len = cursor.read(unsafe { slice::from_raw_parts_mut(buf.cast(), size) });
    if cursor.read(&mut [0]) > 0 {
        return NPROM_ERR_BUFFER;
    }
    *len_out = len;
    NPROM_OK
}

/// Takes a portion of a page. Returns 0 to go on; anything else stops the page and is returned by
/// nprom_encode as it is, so use positive numbers to tell them from the library's own.
pub type nprom_write_fn =
    Option<unsafe extern "C" fn(context: *mut c_void, data: *const c_char, len: usize) -> i32>;

/// Writes the page of `group` through a callback, in portions of up to 128 bytes. Returns NPROM_OK,
/// NPROM_ERR_NULL, or what the callback returned if that was not 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_encode(
    group: *const nprom_group_t,
    format: *const nprom_format_t,
    write: nprom_write_fn,
    context: *mut c_void,
) -> i32 {
    let Some(write) = write else {
        return NPROM_ERR_NULL;
    };
    // SAFETY: the group is used during this call only.
    let mut cursor = match unsafe { cursor_of(group, format) } {
        Ok(cursor) => cursor,
        Err(status) => return status,
    };
    let mut buf = [0; 128];
    loop {
        let len = cursor.read(&mut buf);
        if len == 0 {
            return NPROM_OK;
        }
        // SAFETY: the callback reads `len` bytes.
        let status = unsafe { write(context, buf.as_ptr().cast(), len) };
        if status != NPROM_OK {
            return status;
        }
    }
}
