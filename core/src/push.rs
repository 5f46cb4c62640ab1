//! Takes a page to a Pushgateway over a socket of `std`: for jobs that end before anybody scrapes them.
//!
//! ```no_run
//! use core::time::Duration;
//! use nanoprom::http::Target;
//! use nanoprom::{Gauge, Label, push};
//!
//! nanoprom::metrics! {
//!     static METRICS;
//!     /// When the last backup ended, in seconds since 1970.
//!     static DONE: Gauge = "backup_done_timestamp_seconds";
//! }
//!
//! DONE.set_to_current_time(nanoprom::clock::unix_seconds);
//! let labels = [Label::new("instance", "db-1")];
//! let target = Target::new("127.0.0.1:9091", "backup").labels(&labels);
//! push::put(&METRICS, target, Duration::from_secs(10))?;
//! # Ok::<(), push::Error>(())
//! ```
//!
//! The calls wait, for `limit` in all at most (looking up a name is up to the system), and take one
//! connection each. Whoever wants TLS drives a [`Push`] over a stream of their own.

#![forbid(unsafe_code)]

use crate::http::{BadTarget, Push, PushError, State, Target};
use crate::page::reader::AMPLE;
use crate::page::walk::Source;
use core::fmt;
use core::time::Duration;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::string::String;
use std::time::Instant;
use std::vec;

/// Replaces all that the group of the target has by the page.
///
/// # Errors
///
/// See [`Error`].
pub fn put<'a>(
    source: impl Into<Source<'a>>,
    target: Target<'a>,
    limit: Duration,
) -> Result<(), Error> {
    send(Push::put(source, target)?, target, limit)
}

/// Replaces those metrics of the group that are on the page too, and adds the others.
///
/// # Errors
///
/// See [`Error`].
pub fn post<'a>(
    source: impl Into<Source<'a>>,
    target: Target<'a>,
    limit: Duration,
) -> Result<(), Error> {
    send(Push::post(source, target)?, target, limit)
}

/// Removes the group of the target.
///
/// # Errors
///
/// See [`Error`].
pub fn delete(target: Target<'_>, limit: Duration) -> Result<(), Error> {
    send(Push::delete(target)?, target, limit)
}

/// Why a push failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Nothing can be pushed to this target.
    Target(BadTarget),
    /// The gateway could not be reached, or the connection failed or took too long
    /// ([`ErrorKind::TimedOut`]).
    Io(io::Error),
    /// The gateway did not accept the page; the text is the begin of what it says about that.
    Push(PushError, String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
            Self::Push(error, message) if message.is_empty() => error.fmt(f),
            Self::Push(error, message) => write!(f, "{error}: {message}"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(match self {
            Self::Target(error) => error,
            Self::Io(error) => error,
            Self::Push(error, _) => error,
        })
    }
}

impl From<BadTarget> for Error {
    fn from(error: BadTarget) -> Self {
        Self::Target(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The end of a push, whatever the peer does.
#[derive(Clone, Copy)]
struct Deadline(Option<Instant>);

impl Deadline {
    /// What is left; `None` for ever.
    fn left(self) -> io::Result<Option<Duration>> {
        let Some(end) = self.0 else { return Ok(None) };
        match end.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => Ok(Some(left)),
            _ => Err(io::Error::new(ErrorKind::TimedOut, "the push took too long")),
        }
    }

    /// Makes a time-out of a socket, which some systems report in other words, readable.
    fn explain(self, error: io::Error) -> io::Error {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => self.left().err().unwrap_or(error),
            _ => error,
        }
    }
}

fn send(mut push: Push<'_>, target: Target<'_>, limit: Duration) -> Result<(), Error> {
    let deadline = Deadline(Instant::now().checked_add(limit));
    let mut stream = connect(target.host(), deadline)?;
    let (mut buf, mut scratch) = ([0; 4096], vec![0; AMPLE]);
    while push.state() == State::Output {
        let len = push.__pull_with(&mut buf, &mut scratch);
        if let Err(error) = write(&mut stream, buf.get(..len).unwrap_or_default(), deadline) {
            // Who refuses a page need not read all of it.
            hear(&mut push, &mut stream, &mut buf);
            return match push.outcome() {
                Some(Err(PushError::Refused(_))) => result(&push),
                _ => Err(error.into()),
            };
        }
    }
    receive(&mut push, &mut stream, &mut buf, deadline)?;
    result(&push)
}

fn result(push: &Push<'_>) -> Result<(), Error> {
    match push.outcome() {
        Some(Ok(())) => Ok(()),
        Some(Err(error)) => {
            let message = String::from_utf8_lossy(push.message());
            Err(Error::Push(error, message.trim().into()))
        }
        None => Err(Error::Push(PushError::Ended, String::new())),
    }
}

/// The first of the host's addresses that answers.
fn connect(host: &str, deadline: Deadline) -> io::Result<TcpStream> {
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let addresses = if has_port {
        host.to_socket_addrs()?
    } else {
        // The brackets of an IPv6 address are only for what may have a port.
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        (bare.unwrap_or(host), 80).to_socket_addrs()?
    };
    let mut failed = io::Error::new(ErrorKind::NotFound, "the gateway's name has no address");
    for address in addresses {
        let connected = match deadline.left()? {
            Some(left) => TcpStream::connect_timeout(&address, left),
            None => TcpStream::connect(address),
        };
        match connected {
            Ok(stream) => return Ok(stream),
            Err(error) => failed = deadline.explain(error),
        }
    }
    Err(failed)
}

fn write(stream: &mut TcpStream, mut bytes: &[u8], deadline: Deadline) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(deadline.left()?)?;
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(len) => bytes = bytes.get(len..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(deadline.explain(error)),
        }
    }
    Ok(())
}

/// Takes what there is of an answer, without waiting for more.
fn hear(push: &mut Push<'_>, stream: &mut TcpStream, buf: &mut [u8]) {
    if stream.set_nonblocking(true).is_err() {
        return;
    }
    while let Ok(len @ 1..) = stream.read(buf) {
        push.feed(buf.get(..len).unwrap_or_default());
    }
}

/// Reads the answer as far as it is of interest.
fn receive(
    push: &mut Push<'_>,
    stream: &mut TcpStream,
    buf: &mut [u8],
    deadline: Deadline,
) -> io::Result<()> {
    while push.state() != State::Close {
        match read(stream, buf, deadline) {
            Ok(0) => push.end_input(),
            Ok(len) => _ = push.feed(buf.get(..len).unwrap_or_default()),
            // A status is worth more than the rest of the message behind it.
            Err(_) if push.outcome().is_some() => break,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn read(stream: &mut TcpStream, buf: &mut [u8], deadline: Deadline) -> io::Result<usize> {
    loop {
        stream.set_read_timeout(deadline.left()?)?;
        match stream.read(buf) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result.map_err(|error| deadline.explain(error)),
        }
    }
}
