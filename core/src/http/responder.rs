//! The responder: one connection, from the first request byte to its end.

use super::accept;
use super::answer::{self, Answer, Framing, Part, Refusal, TEXT};
use super::auth::Auth;
use super::buffer::{Buffer, copy};
use super::choice::of_target;
use super::chunk;
use super::request::{self, Path, Ways};
use crate::page::choice::Names;
use crate::page::cursor::Cursor;
use crate::page::reader;
use crate::page::walk::Source;

/// What a [`Responder`] or a [`Push`](super::Push) waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Bytes of the peer: receive, then [`feed`](Responder::feed).
    Input,
    /// Room for bytes to the peer: [`pull`](Responder::pull), then send.
    Output,
    /// The end of the connection. Best done in two steps, so that the peer can read an answer
    /// that refuses what it is still sending: shut down the sending side, read and drop input for
    /// a moment, close.
    Close,
}

/// Where the connection stands.
#[derive(Clone, Copy)]
enum Phase {
    /// Collecting a request head.
    Head,
    /// Sending an answer: `sent` bytes of part `part` are out.
    Answer {
        answer: Answer,
        part: u8,
        sent: u16,
    },
    Closed,
}

/// Answers the requests of one connection with the page of a [`Group`](crate::Group) or a
/// [`Registry`](crate::Registry).
///
/// `HEAD` is the size of the largest request head, at least 64. A responder takes about 310 bytes
/// more (less on 32 bit), and 1 kB of stack (half on 32 bit) while it reads a head. `SCRATCH` is memory
/// for what may change while it is written (see [`Reader`](crate::Reader)): 1 kB on hosts, none on
/// cores without 64-bit atomics. It neither allocates nor waits, needs no clean-up, and may be dropped or
/// overwritten at any time.
///
/// A host drives it like this, with whatever sockets it has:
///
/// ```
/// use nanoprom::Counter;
/// use nanoprom::http::{Responder, State};
///
/// nanoprom::metrics! {
///     static METRICS;
///     /// Requests served.
///     static REQUESTS: Counter = "http_requests_total";
/// }
///
/// let mut responder = Responder::new(&METRICS);
/// let mut received = &b"GET /metrics HTTP/1.1\r\nHost: device\r\nConnection: close\r\n\r\n"[..];
/// let mut sent = Vec::new();
/// loop {
///     match responder.state() {
///         State::Input => {
///             let taken = responder.feed(received);
///             received = &received[taken..];
///         }
///         State::Output => {
///             let mut buf = [0; 100];
///             let len = responder.pull(&mut buf);
///             sent.extend_from_slice(&buf[..len]);
///         }
///         State::Close => break,
///     }
/// }
/// assert_eq!(responder.status(), 200);
/// assert!(sent.starts_with(b"HTTP/1.1 200 OK\r\n"));
/// ```
pub struct Responder<'a, const HEAD: usize = 1024, const SCRATCH: usize = { reader::SCRATCH }> {
    source: Source<'a>,
    ways: &'static Ways,
    auth: Option<&'a Auth<'a>>,
    cursor: Cursor<'a>,
    names: Names,
    /// The request head; during an answer, a chunk on its way out.
    buffer: Buffer<HEAD>,
    phase: Phase,
    latest: Option<(u16, Path)>,
    scratch: [u8; SCRATCH],
}

impl<'a> Responder<'a> {
    /// A responder for a new connection, with 1024 bytes for a request head.
    pub fn new(source: impl Into<Source<'a>>) -> Self {
        Self::with_head(source)
    }
}

impl<'a, const HEAD: usize> Responder<'a, HEAD> {
    /// A responder for a new connection, with a size of its own for the request head:
    /// `Responder::<512>::with_head(&METRICS)`.
    pub fn with_head(source: impl Into<Source<'a>>) -> Self {
        Self::unasked(source.into(), &NEGOTIATE)
    }

    /// A responder that answers with text pages only, whatever is asked for: Prometheus takes them as
    /// well. It saves the code of OpenMetrics, 3 kB on a small core, and takes no choice of families:
    /// `Responder::<1024>::text_only(&METRICS)`.
    pub fn text_only(source: impl Into<Source<'a>>) -> Self {
        Self::unasked(source.into(), &TEXT_ONLY)
    }
}

/// What [`Responder::with_head`] looks for.
static NEGOTIATE: Ways = Ways { format: accept::negotiate, names: of_target };
/// What [`Responder::text_only`] looks for.
static TEXT_ONLY: Ways = Ways { format: accept::text, names: |_| Ok(Names::all()) };

impl<'a, const HEAD: usize, const SCRATCH: usize> Responder<'a, HEAD, SCRATCH> {
    /// The same responder with another amount of scratch memory, for a new connection whatever came before:
    /// `Responder::new(&METRICS).with_scratch::<4096>()`.
    #[must_use]
    pub fn with_scratch<const BYTES: usize>(self) -> Responder<'a, HEAD, BYTES> {
        Responder { auth: self.auth, ..Responder::unasked(self.source, self.ways) }
    }

    fn unasked(source: Source<'a>, ways: &'static Ways) -> Self {
        const { assert!(HEAD >= 64, "a request head needs at least 64 bytes") };
        Self {
            source,
            ways,
            auth: None,
            cursor: Cursor::__of(source, TEXT.format),
            names: Names::all(),
            buffer: Buffer::new(),
            phase: Phase::Head,
            latest: None,
            scratch: [0; SCRATCH],
        }
    }

    /// The same responder, for those only who show what `auth` asks for: all others get 401, whatever
    /// path they ask for.
    #[must_use]
    pub fn with_auth(mut self, auth: &'a Auth<'a>) -> Self {
        self.__require(auth);
        self
    }

    /// Whether a page is on its way out, so that its scratch memory must stay the same.
    #[doc(hidden)]
    pub fn __has_begun(&self) -> bool {
        matches!(self.phase, Phase::Answer { .. }) && self.cursor.__has_begun()
    }

    #[doc(hidden)]
    pub fn __require(&mut self, auth: &'a Auth<'a>) {
        self.auth = Some(auth);
    }

    /// What to do next.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Head => State::Input,
            Phase::Answer { .. } => State::Output,
            Phase::Closed => State::Close,
        }
    }

    /// Takes request bytes; returns how many.
    ///
    /// In [`State::Input`] at least one byte is taken, unless there is none. Bytes after a
    /// complete head are left for the next request: offer them again when the answer is out, as
    /// nothing is taken meanwhile. Once it is settled that the connection will close, everything
    /// is taken and dropped.
    pub fn feed(&mut self, bytes: &[u8]) -> usize {
        match self.phase {
            Phase::Head => self.collect(bytes),
            Phase::Answer { answer, .. } if !answer.close => 0,
            _ => bytes.len(),
        }
    }

    /// Writes response bytes to the front of `buf`; returns how many.
    ///
    /// 0 means that there is nothing to send now (or that `buf` is empty): [`state`](Self::state)
    /// tells whether to receive or to close. Any size of `buf` will do; from 256 bytes on the page
    /// is written there directly.
    pub fn pull(&mut self, buf: &mut [u8]) -> usize {
        self.pull_lent(buf, None)
    }

    /// The same with scratch memory of the caller's, the same at each pull of an answer.
    #[doc(hidden)]
    pub fn __pull_with(&mut self, buf: &mut [u8], scratch: &mut [u8]) -> usize {
        self.pull_lent(buf, Some(scratch))
    }

    #[inline(always)]
    fn pull_lent(&mut self, buf: &mut [u8], lent: Option<&mut [u8]>) -> usize {
        let scratch = lent.unwrap_or(&mut self.scratch);
        let mut filled = 0;
        while let Phase::Answer { answer, part, sent } = &mut self.phase {
            let room = buf.get_mut(filled..).unwrap_or_default();
            let written = match answer.part(*part) {
                Part::Text(text) => {
                    let rest = text.get(usize::from(*sent)..).unwrap_or_default();
                    let written = copy(rest, room);
                    // Texts are shorter than 64 kB by far.
                    *sent = sent.saturating_add(written as u16);
                    if written == rest.len() {
                        (*part, *sent) = (*part + 1, 0);
                        filled += written;
                        continue;
                    }
                    written
                }
                Part::Page(_) if room.is_empty() => 0,
                Part::Page(framing) => {
                    let only = self.names.choice();
                    let written = match framing {
                        Framing::Close => reader::read(&mut self.cursor, room, scratch, only),
                        // The head buffer is free during an answer.
                        Framing::Chunked => {
                            chunk::read(&mut self.cursor, &mut self.buffer, room, scratch, only)
                        }
                    };
                    if written == 0 {
                        *part += 1;
                        continue;
                    }
                    written
                }
                Part::End => {
                    self.finish();
                    break;
                }
            };
            if written == 0 {
                break;
            }
            filled += written;
        }
        filled
    }

    /// Tells that the peer will send no more, after all its bytes were taken.
    ///
    /// The answer in progress is finished, half a request is refused, then the connection closes.
    pub fn end_input(&mut self) {
        match &mut self.phase {
            Phase::Head => self.give_up(&answer::BAD_REQUEST),
            Phase::Answer { answer, .. } => answer.close = true,
            Phase::Closed => {}
        }
    }

    /// Tells that the peer kept the host waiting for too long.
    ///
    /// An idle connection closes, half a request is refused with 408. An answer that the peer
    /// does not read is broken off, so that it cannot be taken for a complete one.
    pub fn time_out(&mut self) {
        match self.phase {
            Phase::Head => self.give_up(&answer::REQUEST_TIMEOUT),
            Phase::Answer { .. } | Phase::Closed => self.phase = Phase::Closed,
        }
    }

    /// The status code of the latest answer, complete or in progress; 0 before the first.
    pub fn status(&self) -> u16 {
        self.latest.map_or(0, |(status, _)| status)
    }

    /// The path that the latest answer was for: `"/metrics"`, `"/"`, or `""` for all others.
    ///
    /// Safe as a label value: there are three of them, whatever peers ask for.
    pub fn path(&self) -> &'static str {
        match self.latest {
            Some((_, Path::Metrics)) => "/metrics",
            Some((_, Path::Root)) => "/",
            Some((_, Path::Other)) | None => "",
        }
    }

    /// Adds to the head, up to its end.
    fn collect(&mut self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        let mut lines = false;
        for &byte in bytes {
            taken += 1;
            // RFC 9112, section 2.2: empty lines before a request are ignored.
            if byte == b'\n' && matches!(self.buffer.as_slice(), b"" | b"\r") {
                self.buffer.clear();
                continue;
            }
            self.buffer.push(byte);
            lines |= byte == b'\n';
            if self.buffer.is_full() || (byte == b'\n' && ends(self.buffer.as_slice())) {
                self.judge(true);
                return taken;
            }
        }
        // Nonsense is refused early. A head of many small portions is not read anew for each of
        // them, only for those that end a line.
        if lines || !self.buffer.as_slice().contains(&b'\n') {
            self.judge(false);
        }
        taken
    }

    /// Starts the answer if the head settles it. Nothing is added to a head that `is_whole`.
    fn judge(&mut self, is_whole: bool) {
        let head = self.buffer.as_slice();
        if let Some((answer, path, names)) = request::read(head, self.source, self.ways, self.auth)
        {
            self.answer(answer, path, names);
        } else if is_whole {
            self.refuse(request::too_large(head));
        }
    }

    /// Ends the wait for the rest of a head.
    fn give_up(&mut self, refusal: &'static Refusal) {
        if self.buffer.is_empty() {
            self.phase = Phase::Closed;
        } else {
            self.refuse(refusal);
        }
    }

    fn refuse(&mut self, refusal: &'static Refusal) {
        self.answer(Answer::refuse(refusal, self.buffer.as_slice()), Path::Other, Names::all());
    }

    fn answer(&mut self, answer: Answer, path: Path, names: Names) {
        self.latest = Some((answer.status(), path));
        self.names = names;
        self.buffer.clear();
        self.cursor = Cursor::__of(self.source, answer.page.format);
        self.phase = Phase::Answer { answer, part: 0, sent: 0 };
    }

    fn finish(&mut self) {
        let Phase::Answer { answer, .. } = self.phase else {
            return;
        };
        self.buffer.clear();
        self.phase = if answer.close { Phase::Closed } else { Phase::Head };
    }
}

/// Whether a head is complete: its last line is empty.
fn ends(head: &[u8]) -> bool {
    head.ends_with(b"\n\r\n") || head.ends_with(b"\n\n")
}
