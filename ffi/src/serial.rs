//! Pages over a serial line, as frames that nanoprom-bridge understands.

use crate::cursor::page_of;
use crate::lent::{self, Lent, lend};
use crate::status::NPROM_ERR_NULL;
use crate::types::{nprom_format_t, nprom_group_t};
use core::ffi::{c_char, c_void};
use nanoprom_core::Cursor;
use nanoprom_core::serial::{Frames, Requests};

/// A page being sent as frames of up to 64 bytes of payload. Private memory; make it with
/// nprom_frames_init. It needs no clean-up and may be used again for the next page.
#[repr(C)]
pub struct nprom_frames_t {
    /// Private.
    pub memory: [u64; 36],
}

type Page = Lent<Frames<'static>>;

const _: () = assert!(
    size_of::<Page>() <= size_of::<nprom_frames_t>()
        && align_of::<Page>() <= align_of::<nprom_frames_t>()
);

/// Begins the page of `group` as page number `page`: the one that was requested, or any below 0x80.
/// Returns NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_frames_init(
    frames: *mut nprom_frames_t,
    group: *const nprom_group_t,
    format: *const nprom_format_t,
    page: u8,
) -> i32 {
    if frames.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the group outlives the frames, as the header asks for.
    let (source, format, status) = unsafe { page_of(group, format) };
    let cursor = Cursor::__of(source, format);
    // SAFETY: the caller's memory, large enough and aligned as asserted above.
    unsafe { frames.cast::<Page>().write(Lent::new(Frames::__of(cursor, page))) };
    status
}

/// Lends a page `size` bytes of scratch memory, before its first byte is sent: for what may change while it is
/// written (exemplars, labels that are replaced, collectors), which is left out without it, or where it is
/// too small. Nobody else may use the memory as long as a page is used. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_BUSY once the page has begun, which keeps the memory it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_frames_scratch(
    frames: *mut nprom_frames_t,
    memory: *mut c_void,
    size: usize,
) -> i32 {
    // SAFETY: null or an object, and memory as the header asks for.
    unsafe { lend(frames.cast::<Page>(), Frames::__has_begun, memory, size) }
}

/// Fills `buf` with the next bytes to send. Any `len` from 1 up will do. Returns how many bytes were
/// written; 0 is the end of the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_frames_read(
    frames: *mut nprom_frames_t,
    buf: *mut c_char,
    len: usize,
) -> usize {
    // SAFETY: null or frames that were initialised, used by one caller at a time, and the caller's buffer.
    unsafe { lent::fill(frames.cast::<Page>(), buf, len, Frames::__read_with) }
}

/// Returns 1 where other text, such as a log line, may be sent now, and 0 inside a frame.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_frames_between(frames: *const nprom_frames_t) -> i32 {
    // SAFETY: null or frames that were initialised.
    unsafe { lent::seen(frames.cast::<Page>()) }.is_none_or(Frames::between_frames).into()
}

/// Finds requests for pages among received bytes. Zero is the state before the first byte.
#[repr(C)]
pub struct nprom_requests_t {
    /// Private.
    pub last: u8,
}

const _: () = assert!(size_of::<Requests>() == size_of::<nprom_requests_t>());

/// Takes the next byte received. Returns the number of the page that it completes the request for
/// (0x80 to 0xFF, to be handed to nprom_frames_init), or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_requests_feed(requests: *mut nprom_requests_t, byte: u8) -> i32 {
    // SAFETY: null or the caller's own byte, of any value.
    unsafe { requests.cast::<Requests>().as_mut() }
        .and_then(|requests| requests.feed(byte))
        .map_or(-1, i32::from)
}
