//! The HTTP responder: one connection each.

use crate::auth::{auth_of, nprom_auth_t};
use crate::lent::{self, Lent, lend};
use crate::status::{NPROM_ERR_NULL, NPROM_OK};
use crate::types::nprom_group_t;
use core::ffi::{c_char, c_void};
use nanoprom_core::Group;
use nanoprom_core::http::{Responder, State};

/// The connection waits for request bytes: receive, then nprom_http_feed.
pub const NPROM_HTTP_INPUT: u32 = 0;
/// There are response bytes: nprom_http_pull, then send.
pub const NPROM_HTTP_OUTPUT: u32 = 1;
/// The connection is to be closed.
pub const NPROM_HTTP_CLOSE: u32 = 2;

/// The server's side of one HTTP connection, without the socket: request bytes in, response bytes out.
/// Private memory; make it with nprom_http_init. It needs no clean-up and may be used again for the
/// next connection. Request heads up to 1024 bytes.
#[repr(C)]
pub struct nprom_http_t {
    /// Private.
    pub memory: [u64; 176],
}

type Connection = Responder<'static, 1024, 0>;
type Memory = Lent<Connection>;

const _: () = assert!(
    size_of::<Memory>() <= size_of::<nprom_http_t>()
        && align_of::<Memory>() <= align_of::<nprom_http_t>()
);

/// # Safety
///
/// `http` is null or was initialised, and is used by one caller at a time.
unsafe fn connection<'c>(http: *mut nprom_http_t) -> Option<&'c mut Connection> {
    // SAFETY: the caller's promise.
    unsafe { lent::object(http.cast::<Memory>()) }
}

/// # Safety
///
/// As for `connection`, which only reads here.
unsafe fn seen<'c>(http: *const nprom_http_t) -> Option<&'c Connection> {
    // SAFETY: the caller's promise.
    unsafe { lent::seen(http.cast::<Memory>()) }
}

/// Prepares for a new connection that will be answered with the page of `group` on /metrics and /, in
/// the format that the peer prefers. Returns NPROM_OK or NPROM_ERR_NULL; after an error the connection
/// is to be closed.
///
/// Lend it memory with nprom_http_scratch if the page has collectors, exemplars, or infos that are replaced;
/// docs/design.md says how much. Where nodes of a registry are unlinked, the caller keeps them from that with
/// nprom_scrape_begin from the first byte that is fed of a request to the end of its answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_init(
    http: *mut nprom_http_t,
    group: *const nprom_group_t,
) -> i32 {
    // SAFETY: null or the caller's memory, and null or a group that outlives the connection.
    unsafe { init(http, group, |group| Responder::new(group).with_scratch()) }
}

/// The same with text pages only, whatever the peer prefers: the code of OpenMetrics is not linked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_init_text(
    http: *mut nprom_http_t,
    group: *const nprom_group_t,
) -> i32 {
    // SAFETY: null or the caller's memory, and null or a group that outlives the connection.
    unsafe { init(http, group, |group| Responder::<1024>::text_only(group).with_scratch()) }
}

/// # Safety
///
/// `http` is null or memory for a connection, `group` null or a group that outlives it.
unsafe fn init(
    http: *mut nprom_http_t,
    group: *const nprom_group_t,
    new: fn(&'static Group<'static>) -> Connection,
) -> i32 {
    if http.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the caller's promise.
    let group = unsafe { group.cast::<Group<'static>>().as_ref() };
    let mut connection = new(group.unwrap_or(&NOTHING));
    if group.is_none() {
        connection.time_out();
    }
    // SAFETY: the caller's memory, large enough and aligned as asserted above.
    unsafe { http.cast::<Memory>().write(Lent::new(connection)) };
    if group.is_some() { NPROM_OK } else { NPROM_ERR_NULL }
}

static NOTHING: Group<'static> = Group::new(&[]);

/// Lends a connection `size` bytes of scratch memory, before its first request: for what may change while
/// it is written (exemplars, labels that are replaced, collectors), which is left out without it, or where
/// it is too small. Nobody else may use the memory as long as a connection is used. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_BUSY while a page is on its way out, which keeps the memory it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_scratch(
    http: *mut nprom_http_t,
    memory: *mut c_void,
    size: usize,
) -> i32 {
    // SAFETY: null or an object, and memory as the header asks for.
    unsafe { lend(http.cast::<Memory>(), Responder::__has_begun, memory, size) }
}

/// Answers only who shows what `auth` asks for, all others with 401; to be called before the first byte.
/// Returns NPROM_OK, or NPROM_ERR_NULL where `auth` is null or was never made; the connection is to be
/// closed then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_require(
    http: *mut nprom_http_t,
    auth: *const nprom_auth_t,
) -> i32 {
    // SAFETY: a connection, and null or what it is to ask for.
    let (http, auth) = unsafe { (connection(http), auth_of(auth)) };
    match (http, auth) {
        (Some(http), Some(auth)) => http.__require(auth),
        (http, _) => {
            // Better nobody than everybody.
            if let Some(http) = http {
                http.time_out();
            }
            return NPROM_ERR_NULL;
        }
    }
    NPROM_OK
}

/// Returns what to do next: NPROM_HTTP_INPUT, NPROM_HTTP_OUTPUT or NPROM_HTTP_CLOSE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_state(http: *const nprom_http_t) -> u32 {
    // SAFETY: a connection that is only read.
    match unsafe { seen(http) }.map(Responder::state) {
        Some(State::Input) => NPROM_HTTP_INPUT,
        Some(State::Output) => NPROM_HTTP_OUTPUT,
        _ => NPROM_HTTP_CLOSE,
    }
}

/// Takes request bytes. Returns how many were taken: offer the rest again when the answer is out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_feed(
    http: *mut nprom_http_t,
    data: *const c_char,
    len: usize,
) -> usize {
    // SAFETY: a connection, and `len` bytes of the caller's.
    unsafe { lent::take(http.cast::<Memory>(), data, len, Responder::feed) }
}

/// Writes response bytes into `buf`, of any size from 1 up. Returns how many; 0 means that there is
/// nothing to send now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_pull(
    http: *mut nprom_http_t,
    buf: *mut c_char,
    len: usize,
) -> usize {
    // SAFETY: a connection, and the caller's buffer of `len` bytes.
    unsafe { lent::fill(http.cast::<Memory>(), buf, len, Responder::__pull_with) }
}

/// Tells that the peer will send no more, after all its bytes were taken.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_end_input(http: *mut nprom_http_t) {
    // SAFETY: a connection.
    if let Some(http) = unsafe { connection(http) } {
        http.end_input();
    }
}

/// Tells that the peer kept the host waiting for too long. An idle connection closes, half a request
/// is refused, an answer that the peer does not read is broken off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_time_out(http: *mut nprom_http_t) {
    // SAFETY: a connection.
    if let Some(http) = unsafe { connection(http) } {
        http.time_out();
    }
}

/// Returns the status code of the latest answer, such as 200; 0 before the first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_status(http: *const nprom_http_t) -> u32 {
    // SAFETY: a connection that is only read.
    unsafe { seen(http) }.map_or(0, |http| u32::from(http.status()))
}

/// Returns the path of the latest answer: "/metrics", "/", or "" for all others, so that it can be a
/// label value whatever peers ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_http_path(http: *const nprom_http_t) -> *const c_char {
    // SAFETY: a connection that is only read.
    match unsafe { seen(http) }.map(Responder::path) {
        Some("/metrics") => c"/metrics".as_ptr(),
        Some("/") => c"/".as_ptr(),
        _ => c"".as_ptr(),
    }
}
