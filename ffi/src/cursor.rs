//! Pages: by portions, into a buffer, through a callback.

use crate::kinds::nprom_format_text;
use crate::lent::{self, Lent, lend};
use crate::status::{NPROM_ERR_BUFFER, NPROM_ERR_BUSY, NPROM_ERR_FULL, NPROM_ERR_NULL, NPROM_OK};
use crate::string::{bytes_of, slice_of};
use crate::types::{nprom_format_t, nprom_group_t};
use core::ffi::{c_char, c_void};
use core::slice;
use nanoprom_core::abi::{FormatCell, Names, SCRATCH};
use nanoprom_core::{Cursor, Group, Source};

/// A page being read. Private memory; make it with nprom_cursor_init. It needs no clean-up, and a copy
/// of it is a second cursor at the same place, unless it was lent scratch memory.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_cursor_t {
    /// Private.
    pub memory: [u64; 30],
}

/// A cursor and what it shows.
struct Chosen {
    cursor: Cursor<'static>,
    only: Names,
}

type Page = Lent<Chosen>;

const _: () = assert!(
    size_of::<Page>() <= size_of::<nprom_cursor_t>()
        && align_of::<Page>() <= align_of::<nprom_cursor_t>()
);

/// What a page is made of, and a status; an empty page where that is not NPROM_OK. No cursor: to move one
/// is a call of `memcpy`, for a small target 1 kB.
///
/// # Safety
///
/// `group` is null or a group that lives as long as the page; `format` is null or one of the library's
/// own.
pub(crate) unsafe fn page_of(
    group: *const nprom_group_t,
    format: *const nprom_format_t,
) -> (Source<'static>, &'static FormatCell, i32) {
    static NOTHING: Group<'static> = Group::new(&[]);
    // SAFETY: the caller's promise.
    match unsafe { (group.cast::<Group<'static>>().as_ref(), format.cast::<FormatCell>().as_ref()) }
    {
        (Some(group), Some(format)) => (group.into(), format, NPROM_OK),
        _ => ((&NOTHING).into(), &nprom_format_text, NPROM_ERR_NULL),
    }
}

/// Puts a cursor at the begin of the page of `group` in NPROM_TEXT or NPROM_OPENMETRICS. Returns
/// NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
///
/// Lend it memory with nprom_cursor_scratch if the page has collectors, exemplars, or infos that are replaced;
/// docs/design.md says how much.
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
    let (source, format, status) = unsafe { page_of(group, format) };
    // SAFETY: the caller's memory, large enough and aligned as asserted above.
    unsafe {
        cursor
            .cast::<Page>()
            .write(Lent::new(Chosen { cursor: Cursor::__of(source, format), only: Names::all() }))
    };
    status
}

/// Lends a cursor `size` bytes of scratch memory, before its first read: for what may change while it is
/// written (exemplars, labels that are replaced, collectors), which is left out without it, or where it is
/// too small. Nobody else may use the memory as long as a cursor is used. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_BUSY once the page has begun, which keeps the memory it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_cursor_scratch(
    cursor: *mut nprom_cursor_t,
    memory: *mut c_void,
    size: usize,
) -> i32 {
    // SAFETY: null or an object, and memory as the header asks for.
    unsafe { lend(cursor.cast::<Page>(), |chosen| chosen.cursor.__has_begun(), memory, size) }
}

/// Leaves all families out but those that have one of these names, or samples of it: `x` and `x_total` name the
/// counter `x`; `y`, `y_bucket`, `y_count` the histogram `y`. Up to 8 names, as in the `name[]=` of a request;
/// they are not needed any more when this returns. Without names the page is empty.
///
/// Call it before the first read: nprom_cursor_only(&cursor, NPROM_VALUES("x_total")). Returns NPROM_OK,
/// NPROM_ERR_NULL, NPROM_ERR_FULL for more than 8 names, or NPROM_ERR_BUSY once the page has begun; the page
/// is as it was then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_cursor_only(
    cursor: *mut nprom_cursor_t,
    names: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: null or a cursor that was initialised and is used by one caller at a time.
    let Some(page) = (unsafe { lent::object(cursor.cast::<Page>()) }) else {
        return NPROM_ERR_NULL;
    };
    // SAFETY: null or that many strings.
    let names = unsafe { slice_of(names, count) };
    if names.len() != count || names.iter().any(|name| name.is_null()) {
        return NPROM_ERR_NULL;
    }
    if page.cursor.__has_begun() {
        return NPROM_ERR_BUSY;
    }
    let mut only = Names::none();
    for &name in names {
        // SAFETY: ends in a NUL.
        if only.add(unsafe { bytes_of(name) }.iter().copied()).is_err() {
            return NPROM_ERR_FULL;
        }
    }
    page.only = only;
    NPROM_OK
}

/// Fills `buf` with the next bytes of the page. Any `len` from 1 up will do; nothing is locked between
/// two reads. Returns how many bytes were written; 0 is the end of the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_read(
    cursor: *mut nprom_cursor_t,
    buf: *mut c_char,
    len: usize,
) -> usize {
    // SAFETY: null or a cursor that was initialised, used by one caller at a time, and the caller's buffer.
    unsafe {
        lent::fill(cursor.cast::<Page>(), buf, len, |page, buf, scratch| {
            page.cursor.__read_only(buf, scratch, &page.only)
        })
    }
}

/// Writes the whole page of `group` into `buf` and its length to `len_out`, with 1 kB of scratch memory on
/// hosts. Nothing is appended to it, no NUL either. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_BUFFER where the
/// page is longer than `size`; the length is 0 then, and what `buf` holds is no page.
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
    let (source, format, status) = unsafe { page_of(group, format) };
    if status != NPROM_OK {
        return status;
    }
    let mut cursor = Cursor::__of(source, format);
    // SAFETY: the caller's buffer of `size` bytes.
    let buf = unsafe { slice::from_raw_parts_mut(buf.cast(), size) };
    let mut scratch = [0; SCRATCH];
    let len = cursor.__read_with(buf, &mut scratch);
    if cursor.__read_with(&mut [0], &mut scratch) > 0 {
        return NPROM_ERR_BUFFER;
    }
    *len_out = len;
    NPROM_OK
}

/// Takes a portion of a page. Returns 0 to go on; anything else stops the page and is returned by
/// nprom_encode as it is, so use positive numbers to tell them from the library's own.
pub type nprom_write_fn =
    Option<unsafe extern "C" fn(context: *mut c_void, data: *const c_char, len: usize) -> i32>;

/// Writes the page of `group` through a callback, in portions of up to 128 bytes, with 1 kB of scratch
/// memory on hosts. Returns NPROM_OK, NPROM_ERR_NULL, or what the callback returned if that was not 0.
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
    let (source, format, status) = unsafe { page_of(group, format) };
    if status != NPROM_OK {
        return status;
    }
    let mut cursor = Cursor::__of(source, format);
    let (mut buf, mut scratch) = ([0; 128], [0; SCRATCH]);
    loop {
        let len = cursor.__read_with(&mut buf, &mut scratch);
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
