//! HTTP/1.x over TCP: a thread for each connection, as many as there are places, and nobody waits for
//! a client that is slow.

use crate::request::{MAX_HEAD, Request};
use crate::response::Response;
use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// Connections at a time: twice as many as devices, as Prometheus keeps one open for each target.
const MAX_CONNECTIONS: usize = 512;
/// How long clients may take.
#[derive(Debug, Clone, Copy)]
struct Times {
    /// Without a request.
    idle: Duration,
    /// From the first byte of a request head to its last.
    head: Duration,
    /// To take an answer.
    send: Duration,
}

/// Prometheus comes back within two minutes, or opens another connection.
const TIMES: Times = Times {
    idle: Duration::from_secs(130),
    head: Duration::from_secs(10),
    send: Duration::from_secs(30),
};
/// How long to go on reading after a refusal, so that the client can read it.
const LINGER: Duration = Duration::from_millis(300);

/// A socket that listens, and its connections.
pub struct Server {
    listener: TcpListener,
    connections: Arc<Connections>,
    times: Times,
}

impl Server {
    /// Begins to listen. Port 0 means any free one.
    ///
    /// # Errors
    ///
    /// Where the address cannot be had.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        Ok(Self { listener, connections: Arc::default(), times: TIMES })
    }

    /// The address that it really has.
    ///
    /// # Errors
    ///
    /// The socket's.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests in threads of their own; returns after [`Stop::stop`], with the next connection.
    pub fn run(self, answer: impl Fn(&Request) -> Response + Send + Sync + 'static) {
        let answer = Arc::new(answer);
        for stream in self.listener.incoming() {
            if self.connections.stopping.load(Ordering::Relaxed) {
                return;
            }
            let Ok(stream) = stream else {
                // Out of file descriptors: some will be closed.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            let Some(place) = self.connections.enter(&stream) else { continue };
            let answer = Arc::clone(&answer);
            // Without a thread the connection is closed, and its place free again.
            let _ = thread::Builder::new().spawn(move || {
                // A connection that fails has nobody to tell it.
                let _ = serve(stream, &place, self.times, &*answer);
            });
        }
    }

    /// Something to end [`run`](Self::run) with.
    pub fn stopper(&self) -> Stop {
        Stop(Arc::clone(&self.connections))
    }
}

/// Ends a server from another thread.
pub struct Stop(Arc<Connections>);

impl Stop {
    /// Takes no more requests, and waits for the answers in progress, but no longer than `grace`.
    pub fn stop(&self, grace: Duration) {
        self.0.stopping.store(true, Ordering::Relaxed);
        let deadline = Instant::now() + grace;
        while self.0.busy() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// What a connection is doing.
#[derive(Debug, Clone, Copy)]
enum Doing {
    /// Waiting for the client to send a request, since then.
    Receiving(Instant),
    Answering,
    /// Waiting for the client to take an answer, since then.
    Sending(Instant),
}

/// The connections there are.
#[derive(Debug, Default)]
struct Connections {
    table: Mutex<Table>,
    stopping: AtomicBool,
}

#[derive(Debug, Default)]
struct Table {
    entered: u64,
    open: HashMap<u64, (TcpStream, Doing)>,
}

/// The place of a connection, free again when dropped.
struct Place {
    connections: Arc<Connections>,
    number: u64,
}

impl Connections {
    /// Takes a place. If there is none, the connection that has waited longest for its client is closed;
    /// `None` if each is being answered.
    fn enter(self: &Arc<Self>, stream: &TcpStream) -> Option<Place> {
        let stream = stream.try_clone().ok()?;
        let mut table = self.lock();
        if table.open.len() >= MAX_CONNECTIONS {
            let waiting = table.open.iter().filter_map(|(number, (_, doing))| match doing {
                Doing::Receiving(since) | Doing::Sending(since) => Some((*since, *number)),
                Doing::Answering => None,
            });
            let (_, longest) = waiting.min()?;
            if let Some((stream, _)) = table.open.remove(&longest) {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
        table.entered += 1;
        let number = table.entered;
        table.open.insert(number, (stream, Doing::Receiving(Instant::now())));
        Some(Place { connections: Arc::clone(self), number })
    }

    fn busy(&self) -> bool {
        let table = self.lock();
        table.open.values().any(|(_, doing)| !matches!(doing, Doing::Receiving(_)))
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    fn is(&self, doing: Doing) {
        if let Some(entry) = self.connections.lock().open.get_mut(&self.number) {
            entry.1 = doing;
        }
    }

    fn stopping(&self) -> bool {
        self.connections.stopping.load(Ordering::Relaxed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.lock().open.remove(&self.number);
    }
}

/// Answers the requests of one connection, one after another.
fn serve(
    mut stream: TcpStream,
    place: &Place,
    times: Times,
    answer: &dyn Fn(&Request) -> Response,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    loop {
        let (response, head_only, close) = match receive(&mut stream, &mut received, times)? {
            None => return Ok(()),
            Some(Err(refusal)) => (refusal, received.starts_with(b"HEAD "), true),
            Some(Ok(request)) if !place.stopping() => {
                place.is(Doing::Answering);
                (answer(&request), request.head_only, request.close)
            }
            Some(Ok(_)) => return Ok(()),
        };
        place.is(Doing::Sending(Instant::now()));
        send(&mut stream, &response.bytes(head_only, close), times)?;
        place.is(Doing::Receiving(Instant::now()));
        if close {
            return linger(&mut stream);
        }
    }
}

/// The next request, or the refusal of one that cannot be; `None` at the end of the connection.
fn receive(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
    times: Times,
) -> io::Result<Option<Result<Request, Response>>> {
    let mut deadline = Instant::now() + if received.is_empty() { times.idle } else { times.head };
    let mut buf = [0; 1024];
    loop {
        match Request::read(received) {
            Some(Ok((request, len))) => {
                received.drain(..len);
                return Ok(Some(Ok(request)));
            }
            Some(Err(refusal)) => return Ok(Some(Err(refusal))),
            None => {}
        }
        let room = buf.len().min(MAX_HEAD - received.len());
        match read_until(stream, &mut buf[..room], deadline) {
            Ok(0) => return Ok(None),
            Ok(len) => {
                if received.is_empty() {
                    deadline = Instant::now() + times.head;
                }
                received.extend_from_slice(&buf[..len]);
            }
            Err(error) if is_timeout(&error) && received.is_empty() => return Ok(None),
            Err(error) if is_timeout(&error) => {
                return Ok(Some(Err(Response::refusal(408, "request timeout"))));
            }
            Err(error) => return Err(error),
        }
    }
}

fn send(stream: &mut TcpStream, mut bytes: &[u8], times: Times) -> io::Result<()> {
    let deadline = Instant::now() + times.send;
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(left(deadline)?))?;
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(len) => bytes = &bytes[len..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Closes so that the client can read the answer: closing with unread bytes would reset the connection.
fn linger(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let deadline = Instant::now() + LINGER;
    while read_until(stream, &mut [0; 4096], deadline)? > 0 {}
    Ok(())
}

fn read_until(stream: &mut TcpStream, buf: &mut [u8], deadline: Instant) -> io::Result<usize> {
    loop {
        stream.set_read_timeout(Some(left(deadline)?))?;
        match stream.read(buf) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// The time left; an error when there is none, as sockets take zero for "for ever".
fn left(deadline: Instant) -> io::Result<Duration> {
    match deadline.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(ErrorKind::TimedOut.into()),
        left => Ok(left),
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a client that sends this hears until the connection ends.
    fn hear(sends: &[u8], body: usize) -> Vec<u8> {
        let short = Duration::from_millis(100);
        let mut server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        server.times = Times { idle: short, head: short, send: short };
        let mut client = TcpStream::connect(server.address().unwrap()).unwrap();
        thread::spawn(move || server.run(move |_| Response::metrics(vec![b'x'; body])));
        client.write_all(sends).unwrap();
        if body > 0 {
            thread::sleep(short * 5);
        }
        let mut heard = Vec::new();
        // A connection that was broken off may end in a reset.
        let _ = client.read_to_end(&mut heard);
        heard
    }

    #[test]
    fn an_idle_client_is_sent_away_in_silence() {
        assert_eq!(hear(b"", 0), b"");
    }

    #[test]
    fn half_a_request_is_refused_after_a_while() {
        assert!(hear(b"GET /metrics HT", 0).starts_with(b"HTTP/1.1 408 "));
    }

    #[test]
    fn an_answer_that_nobody_takes_is_broken_off() {
        const BODY: usize = 100 << 20;
        let heard = hear(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", BODY);
        assert!(heard.starts_with(b"HTTP/1.1 200 ") && heard.len() < BODY, "{}", heard.len());
    }
}
