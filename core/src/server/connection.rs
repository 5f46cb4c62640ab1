//! One connection: moves bytes between its socket and its responder, and never waits.

use super::{Limits, Served};
use crate::http::{Responder, State};
use crate::page::reader::AMPLE;
use crate::page::walk::Hold;
use core::ops::Range;
use core::time::Duration;
use mio::net::TcpStream;
use socket2::SockRef;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::time::Instant;
use std::vec;
use std::vec::Vec;

/// Bytes received and bytes sent at a time.
const INPUT: usize = 1024;
const OUTPUT: usize = 8 * 1024;
/// How often either is done before others have their turn.
const STEPS: usize = 16;
/// How long to go on reading after the last answer, so that the client can read it: closing with unread
/// bytes would reset the connection.
const LINGER: Duration = Duration::from_millis(300);

/// What the client is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    /// Send the first byte of a request.
    Request,
    /// Send the rest of its head.
    Head,
    /// Take the answer.
    Answer,
    /// Close its side.
    End,
}

/// What a page needs until its last byte is written.
struct Page {
    scratch: Vec<u8>,
    /// The groups of the page stay where they are.
    _hold: Hold<'static>,
}

pub(super) struct Connection {
    stream: TcpStream,
    served: Served,
    responder: Responder<'static, 1024, 0>,
    /// While there is an answer to be written.
    page: Option<Page>,
    /// What was received; `unread` of it was not taken yet.
    input: [u8; INPUT],
    unread: Range<usize>,
    /// What is to be sent; `unsent` of it is not out yet.
    output: [u8; OUTPUT],
    unsent: Range<usize>,
    awaited: Awaited,
    since: Instant,
    /// Whether it may have something to do. Readiness is told once, so it is kept until nothing more
    /// can be done.
    pub(super) ready: bool,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, served: Served, now: Instant) -> Self {
        // Without it an answer of several parts may take longer, nothing else.
        let _ = stream.set_nodelay(true);
        let responder = Responder::new(served.source).with_scratch();
        Self {
            stream,
            served,
            responder: match served.auth {
                Some(auth) => responder.with_auth(auth),
                None => responder,
            },
            page: None,
            input: [0; INPUT],
            unread: 0..0,
            output: [0; OUTPUT],
            unsent: 0..0,
            awaited: Awaited::Request,
            since: now,
            ready: true,
        }
    }

    /// Since when the client is awaited to do what it is to do now.
    pub(super) fn since(&self) -> Instant {
        self.since
    }

    pub(super) fn is_answering(&self) -> bool {
        self.awaited == Awaited::Answer
    }

    /// When the client's time is over.
    pub(super) fn deadline(&self, limits: &Limits) -> Instant {
        let most = match self.awaited {
            Awaited::Request => limits.idle,
            Awaited::Head => limits.head,
            Awaited::Answer => limits.send,
            Awaited::End => LINGER,
        };
        // Longer than any program runs is as good as for ever.
        self.since.checked_add(most).unwrap_or(self.since + Duration::from_secs(u32::MAX.into()))
    }

    /// Does what can be done without waiting, and no more than is fair to others; returns whether the
    /// connection has ended.
    pub(super) fn turn(&mut self, now: Instant, limits: &Limits) -> bool {
        if now >= self.deadline(limits) {
            match self.awaited {
                Awaited::Request | Awaited::Head => self.responder.time_out(),
                Awaited::Answer | Awaited::End => return true,
            }
        }
        for _ in 0..STEPS {
            match self.step(now, limits) {
                Ok(false) => {}
                Ok(true) => return true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ready = false;
                    return error.kind() != ErrorKind::WouldBlock;
                }
            }
        }
        self.ready = true;
        false
    }

    /// Sends once or receives once; returns whether the connection has ended.
    fn step(&mut self, now: Instant, limits: &Limits) -> io::Result<bool> {
        if !self.unsent.is_empty() {
            self.unsent.start += self.stream.write(&self.output[self.unsent.clone()])?;
            return Ok(false);
        }
        match self.responder.state() {
            State::Output => {
                self.awaits(Awaited::Answer, now);
                if self.page.is_none() {
                    // In another turn, where a group is just leaving.
                    let Some(hold) = self.served.source.hold() else { return Ok(false) };
                    let scratch = vec![0; limits.scratch.min(AMPLE)];
                    self.page = Some(Page { scratch, _hold: hold });
                }
                if let Some(page) = &mut self.page {
                    let len = self.responder.__pull_with(&mut self.output, &mut page.scratch);
                    self.unsent = 0..len;
                }
                if self.responder.state() != State::Output {
                    self.page = None;
                }
            }
            State::Input => {
                if self.is_answering() {
                    self.awaits(Awaited::Request, now);
                }
                if self.unread.is_empty() {
                    self.unread = 0..self.stream.read(&mut self.input)?;
                    if self.unread.is_empty() {
                        self.responder.end_input();
                        return Ok(false);
                    }
                }
                if self.awaited == Awaited::Request {
                    self.awaits(Awaited::Head, now);
                }
                self.unread.start += self.responder.feed(&self.input[self.unread.clone()]);
            }
            State::Close => {
                if self.awaited != Awaited::End {
                    self.awaits(Awaited::End, now);
                    self.stream.shutdown(Shutdown::Write)?;
                }
                return Ok(self.stream.read(&mut self.input)? == 0);
            }
        }
        Ok(false)
    }

    fn awaits(&mut self, awaited: Awaited, now: Instant) {
        if self.awaited != awaited {
            (self.awaited, self.since) = (awaited, now);
        }
    }

    /// Closes. In the middle of an answer that is a reset, so that nobody takes a part for the whole: a
    /// page of HTTP/1.0 has no other end than that of its connection.
    pub(super) fn close(self) {
        if self.is_answering() {
            let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
    }
}
