//! A small HTTP server for the page, for programs with `std`: one thread, any number of scrapers.
//!
//! ```
//! use nanoprom::server::Server;
//!
//! nanoprom::metrics! {
//!     static METRICS;
//!     /// Requests served.
//!     static REQUESTS: Counter = "http_requests_total";
//! }
//! use nanoprom::Counter;
//!
//! // Port 0: any free one.
//! let server = Server::bind("127.0.0.1:0")?.serve(&METRICS)?;
//! println!("http://{}/metrics", server.local_addr());
//! // … what the program is there for …
//! server.stop();
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! What it answers is said at [`http`](crate::http). There is no encryption, so bind it to 127.0.0.1 or to a
//! network that you trust; [`Server::with_auth`] asks for a token or a password. Metrics are
//! only read: nothing that a client does can hold up an update.
//!
//! A client that is slow, silent or stuck waits alone: all connections are served by one thread that
//! never waits for any of them, some kilobytes at a time. Each takes about 11 kB, and 64 kB more
//! while it is being answered; their number, their time and that memory are [`Limits`]. Functions that
//! metrics ask ([`GaugeFn`](crate::GaugeFn)) run in that thread, so one that takes long makes all scrapers
//! wait. If one panics, its connection is broken off.

#![forbid(unsafe_code)]

mod connection;
mod event_loop;

use crate::http::Auth;
use crate::page::reader::AMPLE;
use crate::page::walk::Source;
use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use event_loop::EventLoop;
use mio::Waker;
use std::io;
use std::net::{TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// How many clients there may be, and how long they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time, at least 1. For one more, the one that has waited longest for its client
    /// is closed.
    pub connections: usize,
    /// How long a connection may lie idle between requests, and before the first.
    pub idle: Duration,
    /// How long a client may take from the first byte of a request head to its last.
    pub head: Duration,
    /// How long a client may take to receive an answer.
    pub send: Duration,
    /// Memory in bytes that each answer in progress takes for what may change while it is written, collectors
    /// above all; see [`Reader`](crate::Reader). More than 64 kB is of no use.
    pub scratch: usize,
}

impl Default for Limits {
    /// 64 connections; 130 s idle, because Prometheus comes back within two minutes; 10 s for a head
    /// and 30 s for an answer; 64 kB.
    fn default() -> Self {
        Self {
            connections: 64,
            idle: Duration::from_secs(130),
            head: Duration::from_secs(10),
            send: Duration::from_secs(30),
            scratch: AMPLE,
        }
    }
}

/// A server that listens, and answers nobody yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    limits: Limits,
    auth: Option<&'static Auth<'static>>,
}

impl Server {
    /// Listens at an address, such as `"127.0.0.1:9100"`. With port 0 the system chooses one, which
    /// [`local_addr`](Self::local_addr) tells.
    ///
    /// # Errors
    ///
    /// The system's, where the address cannot be had.
    pub fn bind(address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, limits: Limits::default(), auth: None })
    }

    /// The same server with limits of its own:
    /// `with_limits(Limits { connections: 8, ..Limits::default() })`.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same server for those only who show a token or a password; all others get 401.
    #[must_use]
    pub fn with_auth(mut self, auth: &'static Auth<'static>) -> Self {
        self.auth = Some(auth);
        self
    }

    /// The address that it really has.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Starts to answer with the page of a [`Group`](crate::Group) or a [`Registry`](crate::Registry),
    /// in a thread of its own.
    ///
    /// # Errors
    ///
    /// The system's, where it has no thread or no file descriptors left.
    pub fn serve(self, source: impl Into<Source<'static>>) -> io::Result<Serving> {
        let stopping = Arc::new(AtomicBool::new(false));
        let page = Served { source: source.into(), auth: self.auth };
        let (event_loop, waker) =
            EventLoop::new(self.listener, page, self.limits, Arc::clone(&stopping))?;
        let thread =
            thread::Builder::new().name("nanoprom".into()).spawn(move || event_loop.run())?;
        Ok(Serving { address: self.address, stopping, waker, thread: Some(thread) })
    }
}

/// What clients get, and who does.
#[derive(Clone, Copy)]
struct Served {
    source: Source<'static>,
    auth: Option<&'static Auth<'static>>,
}

/// A server at work. Dropping it stops it.
#[derive(Debug)]
#[must_use = "the server stops when this is dropped"]
pub struct Serving {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    waker: Waker,
    thread: Option<JoinHandle<()>>,
}

impl Serving {
    /// The address that it really has.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests, finishes the answers in progress where their clients take them within
    /// half a second, closes everything and returns.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        // Should that fail, the thread stops at the next event; waiting for it could be for ever.
        if self.waker.wake().is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}
