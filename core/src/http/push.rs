//! The push: one request that takes the page to a gateway, and its answer.

use super::buffer::Buffer;
use super::chunk;
use super::interim::Interim;
use super::reply::{News, Reply};
use super::responder::State;
use super::target::{BadTarget, Target};
use crate::out::{Out, Sink};
use crate::page::cursor::{Cursor, Format};
use crate::page::reader;
use crate::page::walk::Source;
use crate::tables::group::Group;
use core::fmt;

/// Holds a chunk on its way out, later a line of the answer, then the message of a failure.
const ROOM: usize = 256;

/// What is being sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Page,
    LastChunk,
    Nothing,
}

/// Takes the page of a [`Group`](crate::Group) or a [`Registry`](crate::Registry) to a Pushgateway, or to
/// whatever speaks its protocol: request bytes out, answer bytes in.
///
/// It is the [`Responder`](super::Responder)'s twin: it knows nothing of sockets, neither allocates nor
/// waits, needs no clean-up, and may be dropped at any time. One push is one connection. It takes about
/// 600 bytes, less on 32 bit, and `SCRATCH` bytes for what may change while it is written (see
/// [`Reader`](crate::Reader)): 1 kB on hosts, none on cores without 64-bit atomics. The page is in the
/// text format, which is what gateways read, and is written
/// while it is sent: no more than a buffer of it exists at any time.
///
/// ```
/// use nanoprom::Gauge;
/// use nanoprom::http::{Push, State, Target};
///
/// nanoprom::metrics! {
///     static METRICS;
///     /// When the last backup ended, in seconds since 1970.
///     static DONE: Gauge = "backup_done_timestamp_seconds";
/// }
///
/// let mut push = Push::put(&METRICS, Target::new("gateway:9091", "backup"))?;
/// let mut sent = Vec::new();
/// while push.state() == State::Output {
///     let mut buf = [0; 100];
///     let len = push.pull(&mut buf);
///     sent.extend_from_slice(&buf[..len]);
/// }
/// assert!(sent.starts_with(b"PUT /metrics/job/backup HTTP/1.1\r\nHost: gateway:9091\r\n"));
/// push.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
/// assert_eq!(push.state(), State::Close);
/// assert_eq!(push.outcome(), Some(Ok(())));
/// # Ok::<(), nanoprom::http::BadTarget>(())
/// ```
pub struct Push<'a, const SCRATCH: usize = { reader::SCRATCH }> {
    method: &'static [u8],
    target: Target<'a>,
    cursor: Cursor<'a>,
    part: Part,
    /// Bytes of the part that are out; the page's cursor knows that itself.
    sent: usize,
    /// The answer began before the request was out.
    is_early: bool,
    buffer: Buffer<ROOM>,
    interim: Interim,
    reply: Reply,
    outcome: Option<Result<(), PushError>>,
    scratch: [u8; SCRATCH],
}

impl<'a> Push<'a> {
    /// Replaces all that the group of the target has by the page.
    ///
    /// # Errors
    ///
    /// What is wrong with the target.
    pub fn put(source: impl Into<Source<'a>>, target: Target<'a>) -> Result<Self, BadTarget> {
        Self::new(b"PUT ", source.into(), target)
    }

    /// Replaces those metrics of the group that are on the page too, and adds the others.
    ///
    /// # Errors
    ///
    /// What is wrong with the target.
    pub fn post(source: impl Into<Source<'a>>, target: Target<'a>) -> Result<Self, BadTarget> {
        Self::new(b"POST ", source.into(), target)
    }

    /// Removes the group. A gateway forgets nothing by itself.
    ///
    /// # Errors
    ///
    /// What is wrong with the target.
    pub fn delete(target: Target<'a>) -> Result<Self, BadTarget> {
        Self::new(DELETE, (&NOTHING).into(), target)
    }

    /// A push that is over: what callers from C are left with after a bad target.
    #[doc(hidden)]
    pub fn __over() -> Self {
        let mut push = Self::unchecked(DELETE, (&NOTHING).into(), Target::__new(&[], &[]));
        push.end_input();
        push
    }

    fn new(
        method: &'static [u8],
        source: Source<'a>,
        target: Target<'a>,
    ) -> Result<Self, BadTarget> {
        target.check()?;
        Ok(Self::unchecked(method, source, target))
    }
}

impl<'a, const SCRATCH: usize> Push<'a, SCRATCH> {
    /// The same push with another amount of scratch memory, before it begins:
    /// `Push::put(&METRICS, target)?.with_scratch::<4096>()`. One that has begun takes along what it has there:
    /// do not make it smaller then.
    #[must_use]
    pub fn with_scratch<const BYTES: usize>(self) -> Push<'a, BYTES> {
        let Self {
            method,
            target,
            cursor,
            part,
            sent,
            is_early,
            buffer,
            interim,
            reply,
            outcome,
            scratch,
        } = self;
        Push {
            method,
            target,
            cursor,
            part,
            sent,
            is_early,
            buffer,
            interim,
            reply,
            outcome,
            scratch: reader::resized(&scratch),
        }
    }

    /// Whether something of the page was read, so that its scratch memory must stay the same.
    #[doc(hidden)]
    pub fn __has_begun(&self) -> bool {
        self.cursor.__has_begun()
    }

    fn unchecked(method: &'static [u8], source: Source<'a>, target: Target<'a>) -> Self {
        Self {
            method,
            target,
            cursor: Cursor::new(source, Format::Text),
            part: Part::Head,
            sent: 0,
            is_early: false,
            buffer: Buffer::new(),
            interim: Interim::new(),
            reply: Reply::new(),
            outcome: None,
            scratch: [0; SCRATCH],
        }
    }

    /// What to do next.
    pub fn state(&self) -> State {
        if self.part != Part::Nothing {
            State::Output
        } else if self.reply.is_awaited() {
            State::Input
        } else {
            State::Close
        }
    }

    /// Writes request bytes to the front of `buf`; returns how many.
    ///
    /// 0 means that there is nothing to send any more (or that `buf` is empty). Any size of `buf` will
    /// do; from 256 bytes on the page is written there directly.
    pub fn pull(&mut self, buf: &mut [u8]) -> usize {
        self.pull_lent(buf, None)
    }

    /// The same with scratch memory of the caller's, the same at each pull.
    #[doc(hidden)]
    pub fn __pull_with(&mut self, buf: &mut [u8], scratch: &mut [u8]) -> usize {
        self.pull_lent(buf, Some(scratch))
    }

    #[inline(always)]
    fn pull_lent(&mut self, buf: &mut [u8], mut lent: Option<&mut [u8]>) -> usize {
        let mut filled = 0;
        loop {
            let room = buf.get_mut(filled..).unwrap_or_default();
            let written = match self.part {
                Part::Nothing => return filled,
                Part::Page if room.is_empty() => return filled,
                Part::Page => {
                    let scratch = lent.as_deref_mut().unwrap_or(&mut self.scratch);
                    let written =
                        chunk::read(&mut self.cursor, &mut self.buffer, room, scratch, None);
                    if written == 0 {
                        self.part = Part::LastChunk;
                    }
                    written
                }
                Part::Head | Part::LastChunk => {
                    let (written, is_done) = self.put_text(room);
                    if !is_done {
                        return filled + written;
                    }
                    written
                }
            };
            filled += written;
        }
    }

    /// Writes what is left of the head or of the last chunk; tells how much, and whether that was all.
    fn put_text(&mut self, room: &mut [u8]) -> (usize, bool) {
        let mut out = Out::new(room, self.sent);
        if self.part == Part::Head {
            self.put_head(&mut out);
        } else {
            out.put(chunk::LAST);
        }
        let is_done = !out.is_full();
        self.sent = if is_done { 0 } else { out.progress() };
        let written = out.len();
        if is_done {
            self.part = if self.part == Part::Head && self.method != DELETE {
                Part::Page
            } else {
                Part::Nothing
            };
        }
        (written, is_done)
    }

    fn put_head(&self, out: &mut Out<'_>) {
        out.put(self.method);
        self.target.put_path(out);
        out.put(b" HTTP/1.1\r\nHost: ");
        self.target.put_host(out);
        if self.method != DELETE {
            out.put(b"\r\nContent-Type: ");
            out.put(Format::Text.content_type().as_bytes());
            out.put(b"\r\nTransfer-Encoding: chunked");
        }
        out.put(b"\r\nConnection: close\r\n\r\n");
    }

    /// Takes bytes of the answer, all of them; returns how many, as
    /// [`Responder::feed`](super::Responder::feed) does.
    ///
    /// An answer that comes before the request is out ends the sending: it is a refusal. Interim ones (1xx) are passed
    /// over.
    pub fn feed(&mut self, bytes: &[u8]) -> usize {
        for byte in bytes {
            let mut interim = self.interim;
            for &byte in interim.pass(byte) {
                self.take(byte);
            }
            self.interim = interim;
        }
        bytes.len()
    }

    /// A byte of the answer itself.
    fn take(&mut self, byte: u8) {
        if self.part != Part::Nothing {
            self.is_early = true;
            self.part = Part::Nothing;
            self.buffer.clear();
        }
        match self.reply.take(byte, &mut self.buffer) {
            News::None => {}
            News::Malformed => self.outcome = Some(Err(PushError::Malformed)),
            News::Status(status) => self.outcome = Some(judge(status, self.is_early)),
        }
    }

    /// Tells that the connection has ended, or that the peer kept the host waiting for too long.
    pub fn end_input(&mut self) {
        self.part = Part::Nothing;
        self.reply.end(&mut self.buffer);
        self.outcome.get_or_insert(Err(PushError::Ended));
    }

    /// How it went; `None` until that is known.
    ///
    /// After a refusal the state may still be [`State::Input`], as the peer's message is on its way:
    /// whoever does not care for it may close now.
    pub fn outcome(&self) -> Option<Result<(), PushError>> {
        self.outcome
    }

    /// What the peer says about its refusal: the first 256 bytes, as they came.
    pub fn message(&self) -> &[u8] {
        match self.outcome {
            Some(Err(PushError::Refused(_))) if self.reply.is_body() => self.buffer.as_slice(),
            _ => &[],
        }
    }
}

static NOTHING: Group<'static> = Group::new(&[]);
const DELETE: &[u8] = b"DELETE ";

/// Nobody who accepts a page does so before it has come.
fn judge(status: u16, is_early: bool) -> Result<(), PushError> {
    match status {
        200..=299 if is_early => Err(PushError::Malformed),
        200..=299 => Ok(()),
        _ => Err(PushError::Refused(status)),
    }
}

/// Why a push failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushError {
    /// The peer answered with a status that is not one of success; [`Push::message`] tells more.
    Refused(u16),
    /// What came is not an HTTP answer to the whole request.
    Malformed,
    /// The connection ended, or the time, before there was an answer.
    Ended,
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(status) => write!(f, "the gateway answered with status {status}"),
            Self::Malformed => f.write_str("what came is not an HTTP answer to the whole request"),
            Self::Ended => f.write_str("the connection ended without an answer"),
        }
    }
}

impl core::error::Error for PushError {}
