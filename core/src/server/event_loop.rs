//! The thread of a server: who may come in, whose turn it is, and whose time is over.

use super::connection::Connection;
use super::{Limits, Served};
use core::panic::AssertUnwindSafe;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token, Waker};
use std::boxed::Box;
use std::io::{self, ErrorKind};
use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Instant;
use std::vec::Vec;

/// How long answers in progress may take when the server stops.
const GRACE: Duration = Duration::from_millis(500);
/// How long to wait where the system is out of file descriptors: some will be closed.
const SHORTAGE: Duration = Duration::from_millis(50);

// Other tokens are places in the table of connections.
const LISTENER: Token = Token(usize::MAX - 1);
const WAKER: Token = Token(usize::MAX - 2);

pub(super) struct EventLoop {
    poll: Poll,
    /// None when the server stops.
    listener: Option<TcpListener>,
    /// Whether somebody may be waiting to come in. Readiness is told once, so it is kept.
    knocked: bool,
    connections: Vec<Option<Box<Connection>>>,
    served: Served,
    limits: Limits,
    stopping: Arc<AtomicBool>,
}

impl EventLoop {
    pub(super) fn new(
        listener: std::net::TcpListener,
        served: Served,
        limits: Limits,
        stopping: Arc<AtomicBool>,
    ) -> io::Result<(Self, Waker)> {
        let poll = Poll::new()?;
        let mut listener = TcpListener::from_std(listener);
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let waker = Waker::new(poll.registry(), WAKER)?;
        let (listener, connections) = (Some(listener), Vec::new());
        Ok((Self { poll, listener, knocked: false, connections, served, limits, stopping }, waker))
    }

    /// Serves until it is told to stop.
    pub(super) fn run(mut self) {
        let mut events = Events::with_capacity(64);
        let mut end = None;
        loop {
            let now = Instant::now();
            if self.poll.poll(&mut events, self.patience(now, end)).is_err_and(|error| {
                // A signal is none of our business; nothing else can go wrong with this call.
                error.kind() != ErrorKind::Interrupted
            }) {
                return;
            }
            for event in &events {
                match event.token() {
                    LISTENER => self.knocked = true,
                    WAKER => {}
                    Token(place) => {
                        if let Some(Some(connection)) = self.connections.get_mut(place) {
                            connection.ready = true;
                        }
                    }
                }
            }
            let now = Instant::now();
            let stopping = self.stopping.load(Ordering::Acquire);
            if stopping {
                // Nobody comes in any more.
                self.listener = None;
            }
            self.let_in(now);
            self.serve(now);
            if stopping {
                let end = *end.get_or_insert(now + GRACE);
                self.finish(now >= end);
                if self.connections.iter().all(Option::is_none) {
                    return;
                }
            }
        }
    }

    /// How long there is nothing to do but wait; for ever is `None`.
    fn patience(&self, now: Instant, end: Option<Instant>) -> Option<Duration> {
        let open = || self.connections.iter().flatten();
        if open().any(|connection| connection.ready) {
            return Some(Duration::ZERO);
        }
        let shortage = (self.knocked && self.listener.is_some()).then(|| now + SHORTAGE);
        let next = open().map(|c| c.deadline(&self.limits)).chain(end).chain(shortage).min()?;
        Some(next.saturating_duration_since(now))
    }

    /// Closes the connections that are not being answered, at the end of the grace all.
    fn finish(&mut self, all: bool) {
        for place in &mut self.connections {
            if place.as_ref().is_some_and(|connection| all || !connection.is_answering())
                && let Some(connection) = place.take()
            {
                connection.close();
            }
        }
    }

    fn let_in(&mut self, now: Instant) {
        let Some(listener) = &self.listener else { return };
        if !self.knocked {
            return;
        }
        // No more than there are places, so that those who are in have their turn.
        let places = self.limits.connections.max(1);
        for _ in 0..places {
            let mut stream = match listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => {
                        self.knocked = false;
                        return;
                    }
                    // A client that gave up while it waited.
                    ErrorKind::ConnectionAborted | ErrorKind::Interrupted => continue,
                    _ => return,
                },
            };
            let place = free_place(&mut self.connections, places);
            let interest = Interest::READABLE | Interest::WRITABLE;
            // Without that, nobody would tell when it is ready: it is closed.
            if self.poll.registry().register(&mut stream, Token(place), interest).is_ok()
                && let Some(free) = self.connections.get_mut(place)
            {
                *free = Some(Box::new(Connection::new(stream, self.served, now)));
            }
        }
    }

    /// Gives those connections their turn that are ready, or whose time is over.
    fn serve(&mut self, now: Instant) {
        for place in &mut self.connections {
            let Some(connection) = place else { continue };
            if !connection.ready && now < connection.deadline(&self.limits) {
                continue;
            }
            // A function that a metric asks may panic: that ends the connection, not the server.
            let turn = catch_unwind(AssertUnwindSafe(|| connection.turn(now, &self.limits)));
            if turn.unwrap_or(true)
                && let Some(connection) = place.take()
            {
                connection.close();
            }
        }
    }
}

/// A free place of at most so many. If there is none, that of the client that has kept us waiting longest: for
/// its request, or, where all are being answered, for taking the answer.
fn free_place(connections: &mut Vec<Option<Box<Connection>>>, most: usize) -> usize {
    if connections.len() < most && connections.iter().all(Option::is_some) {
        connections.push(None);
    }
    let worth = |connection: &Connection| (connection.is_answering(), connection.since());
    let places = connections.iter().enumerate();
    let (place, _) =
        places.min_by_key(|(_, open)| open.as_deref().map(worth)).expect("there is a place");
    if let Some(connection) = connections.get_mut(place).and_then(Option::take) {
        connection.close();
    }
    place
}
