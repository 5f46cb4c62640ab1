//! Pushes to a gateway: one connection each.

use crate::http::{NPROM_HTTP_CLOSE, NPROM_HTTP_INPUT, NPROM_HTTP_OUTPUT};
use crate::lent::{self, Lent, lend};
use crate::status::{
    NPROM_ERR_ANSWER, NPROM_ERR_ENDED, NPROM_ERR_NULL, NPROM_ERR_PENDING, NPROM_ERR_REFUSED,
    NPROM_ERR_TARGET, NPROM_OK,
};
use crate::string::{bytes_of, nprom_str_t, slice_of};
use crate::types::{nprom_group_t, nprom_label_t};
use core::ffi::{c_char, c_void};
use nanoprom_core::http::{BadTarget, Push, PushError, State, Target};
use nanoprom_core::{Group, Label};

/// The peer of a push, and the group of series that it is about. All of it has to live as long as the
/// push. The strings end in NUL; values may be any text, which is escaped.
#[repr(C)]
pub struct nprom_target_t {
    /// A name or an address, with `:port` unless that is 80; becomes the Host header.
    pub host: *const c_char,
    /// What stands in front of /metrics, such as "/gateway"; null or "" where nothing does.
    pub path: *const c_char,
    /// The job.
    pub job: *const c_char,
    /// The other labels of the group, such as `instance`; none is called `job`, and none is there twice.
    pub labels: *const nprom_label_t,
    /// How many labels.
    pub label_count: usize,
}

/// One request that takes the page to a Pushgateway, and its answer, without the socket: request bytes
/// out, answer bytes in. Private memory; make it with nprom_push_put, nprom_push_post or
/// nprom_push_delete. It needs no clean-up and may be used again.
#[repr(C)]
pub struct nprom_push_t {
    /// Private.
    pub memory: [u64; 80],
}

type Pushing = Push<'static, 0>;
type Memory = Lent<Pushing>;

const _: () = assert!(
    size_of::<Memory>() <= size_of::<nprom_push_t>()
        && align_of::<Memory>() <= align_of::<nprom_push_t>()
);

/// # Safety
///
/// `push` is null or was initialised, and is used by one caller at a time.
unsafe fn pushing<'p>(push: *mut nprom_push_t) -> Option<&'p mut Pushing> {
    // SAFETY: the caller's promise.
    unsafe { lent::object(push.cast::<Memory>()) }
}

/// # Safety
///
/// As for `pushing`, which only reads here.
unsafe fn seen<'p>(push: *const nprom_push_t) -> Option<&'p Pushing> {
    // SAFETY: the caller's promise.
    unsafe { lent::seen(push.cast::<Memory>()) }
}

/// Begins a push that replaces all that the target's group has by the page of `group`, in the text
/// format. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TARGET where the target is wrong; after an error
/// the push is over.
///
/// Lend it memory with nprom_push_scratch if the page has collectors or infos that are replaced; docs/design.md
/// says how much.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_put(
    push: *mut nprom_push_t,
    target: *const nprom_target_t,
    group: *const nprom_group_t,
) -> i32 {
    // SAFETY: null or the caller's memory, a target and a group that outlive the push.
    unsafe { init(push, target, group, Push::put) }
}

/// The same, and replaces only those metrics that are on the page too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_post(
    push: *mut nprom_push_t,
    target: *const nprom_target_t,
    group: *const nprom_group_t,
) -> i32 {
    // SAFETY: null or the caller's memory, a target and a group that outlive the push.
    unsafe { init(push, target, group, Push::post) }
}

/// Begins a push that removes the target's group. Returns as nprom_push_put.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_delete(
    push: *mut nprom_push_t,
    target: *const nprom_target_t,
) -> i32 {
    let nothing = (&raw const NOTHING).cast();
    // SAFETY: null or the caller's memory, and a target that outlives the push.
    unsafe { init(push, target, nothing, |_, target| Push::delete(target)) }
}

static NOTHING: Group<'static> = Group::new(&[]);

/// # Safety
///
/// `push` is null or memory for a push, the others null or what outlives it.
unsafe fn init(
    push: *mut nprom_push_t,
    target: *const nprom_target_t,
    group: *const nprom_group_t,
    new: fn(&'static Group<'static>, Target<'static>) -> Result<Push<'static>, BadTarget>,
) -> i32 {
    if push.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the caller's promise.
    let (target, group) = unsafe { (target.as_ref(), group.cast::<Group<'static>>().as_ref()) };
    let (status, made) = match (target, group) {
        (Some(target), Some(group)) => {
            // SAFETY: strings that end in NUL, and labels, whose layout is the core's.
            let target = unsafe {
                Target::__new(bytes_of(target.host), bytes_of(target.job))
                    .__path(bytes_of(target.path))
                    .labels(slice_of(target.labels.cast::<Label<'static>>(), target.label_count))
            };
            (NPROM_ERR_TARGET, new(group, target).ok())
        }
        _ => (NPROM_ERR_NULL, None),
    };
    let is_made = made.is_some();
    // SAFETY: the caller's memory, large enough and aligned as asserted above.
    unsafe {
        let made = made.unwrap_or_else(Push::__over).with_scratch();
        push.cast::<Memory>().write(Lent::new(made));
    }
    if is_made { NPROM_OK } else { status }
}

/// Lends a push `size` bytes of scratch memory, before its first byte is sent: for what may change while it is
/// written (exemplars, labels that are replaced, collectors), which is left out without it, or where it is
/// too small. Nobody else may use the memory as long as a push is used. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_BUSY once its page has begun, which keeps the memory it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_scratch(
    push: *mut nprom_push_t,
    memory: *mut c_void,
    size: usize,
) -> i32 {
    // SAFETY: null or an object, and memory as the header asks for.
    unsafe { lend(push.cast::<Memory>(), Push::__has_begun, memory, size) }
}

/// Returns what to do next: NPROM_HTTP_OUTPUT for nprom_push_pull and sending, NPROM_HTTP_INPUT for
/// receiving and nprom_push_feed, or NPROM_HTTP_CLOSE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_state(push: *const nprom_push_t) -> u32 {
    // SAFETY: a push that is only read.
    match unsafe { seen(push) }.map(Push::state) {
        Some(State::Input) => NPROM_HTTP_INPUT,
        Some(State::Output) => NPROM_HTTP_OUTPUT,
        _ => NPROM_HTTP_CLOSE,
    }
}

/// Writes request bytes into `buf`, of any size from 1 up. Returns how many; 0 means that there is
/// nothing to send any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_pull(
    push: *mut nprom_push_t,
    buf: *mut c_char,
    len: usize,
) -> usize {
    // SAFETY: a push, and the caller's buffer of `len` bytes.
    unsafe { lent::fill(push.cast::<Memory>(), buf, len, Push::__pull_with) }
}

/// Takes bytes of the answer, all of them. An answer that comes before the request is out ends the
/// sending. Returns how many: `len`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_feed(
    push: *mut nprom_push_t,
    data: *const c_char,
    len: usize,
) -> usize {
    // SAFETY: a push, and `len` bytes of the caller's.
    unsafe { lent::take(push.cast::<Memory>(), data, len, Push::feed) }
}

/// Tells that the connection has ended, or that the peer kept the host waiting for too long.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_end_input(push: *mut nprom_push_t) {
    // SAFETY: a push.
    if let Some(push) = unsafe { pushing(push) } {
        push.end_input();
    }
}

/// Tells how the push went. Returns NPROM_OK once the peer has accepted it, NPROM_ERR_PENDING before there
/// is an answer, NPROM_ERR_REFUSED where its status is not one of success, NPROM_ERR_ANSWER where it is
/// not an HTTP answer to the whole request, NPROM_ERR_ENDED where the connection ended without any, or
/// NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_outcome(push: *const nprom_push_t) -> i32 {
    // SAFETY: a push that is only read.
    match unsafe { seen(push) }.map(Push::outcome) {
        Some(None) => NPROM_ERR_PENDING,
        Some(Some(Ok(()))) => NPROM_OK,
        Some(Some(Err(PushError::Refused(_)))) => NPROM_ERR_REFUSED,
        Some(Some(Err(PushError::Malformed))) => NPROM_ERR_ANSWER,
        Some(Some(Err(_))) => NPROM_ERR_ENDED,
        None => NPROM_ERR_NULL,
    }
}

/// Returns the status code of a refusal, such as 400; 0 where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_status(push: *const nprom_push_t) -> u32 {
    // SAFETY: a push that is only read.
    match unsafe { seen(push) }.map(Push::outcome) {
        Some(Some(Err(PushError::Refused(status)))) => status.into(),
        _ => 0,
    }
}

/// Returns what the peer says about its refusal, the first 256 bytes as they came; empty where there is
/// nothing. The text is the push's own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_push_message(push: *const nprom_push_t) -> nprom_str_t {
    // SAFETY: a push that is only read.
    let message = unsafe { seen(push) }.map_or(&[][..], Push::message);
    nprom_str_t { data: message.as_ptr().cast(), len: message.len() }
}
