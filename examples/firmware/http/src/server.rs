//! The server: a responder for each socket, and nobody who keeps the others waiting.

use crate::metrics::{self, METRICS};
use heapless::Vec;
use nanoprom::http::{Responder, State};
use smoltcp::iface::{SocketHandle, SocketSet, SocketStorage};
use smoltcp::socket::tcp;
use smoltcp::time::{Duration, Instant};
use static_cell::{ConstStaticCell, StaticCell};

const PORT: u16 = 80;

/// Sockets. smoltcp has no backlog, so one of them is kept free for who comes next: seven clients may
/// hold a connection, and eight come at the same moment.
const SOCKETS: usize = 8;
/// Received bytes that wait, per connection.
const IN: usize = 512;
/// Sent bytes that are not acknowledged yet, per connection. The page is written here by its cursor.
const OUT: usize = 512;
/// The largest request head. Prometheus sends 300 to 600 bytes, and more with a token.
const HEAD: usize = 1024;

/// How long a connection may be silent between two requests.
const IDLE: Duration = Duration::from_secs(10);
/// How long a request may take to come, its answer to be read, and the client to end its side after us.
const PATIENCE: Duration = Duration::from_secs(5);
/// Who was faster than this has nothing to fear when sockets are scarce.
const GRACE: Duration = Duration::from_millis(500);

static BUFFERS: ConstStaticCell<[([u8; IN], [u8; OUT]); SOCKETS]> =
    ConstStaticCell::new([([0; IN], [0; OUT]); SOCKETS]);
static STORAGE: StaticCell<[SocketStorage; SOCKETS]> = StaticCell::new();
static SERVER: StaticCell<Server> = StaticCell::new();

/// All connections.
pub(crate) struct Server {
    sockets: SocketSet<'static>,
    connections: Vec<Connection, SOCKETS>,
}

impl Server {
    /// The server; there is one, so this can be called once.
    pub(crate) fn take() -> &'static mut Self {
        let storage = STORAGE.init_with(|| [SocketStorage::EMPTY; SOCKETS]);
        let server = SERVER.init_with(|| Self {
            sockets: SocketSet::new(&mut storage[..]),
            connections: Vec::new(),
        });
        for (input, output) in BUFFERS.take() {
            let input = tcp::SocketBuffer::new(&mut input[..]);
            let output = tcp::SocketBuffer::new(&mut output[..]);
            let handle = server.sockets.add(tcp::Socket::new(input, output));
            // There is room for all of them.
            _ = server.connections.push(Connection::new(handle));
        }
        server
    }

    /// What the network stack works on.
    pub(crate) fn sockets(&mut self) -> &mut SocketSet<'static> {
        &mut self.sockets
    }

    /// Does for every connection what can be done now; tells whether that was anything.
    pub(crate) fn serve(&mut self, now: Instant) -> bool {
        let mut moved = false;
        for connection in &mut self.connections {
            moved |= connection.serve(self.sockets.get_mut(connection.handle), now);
        }
        let connected = self.connections.iter();
        let connected =
            connected.filter(|connection| is_connected(self.sockets.get(connection.handle)));
        let open = connected.clone().count();
        metrics::CONNECTIONS.set(open as i32);
        // The one that waits for longest makes room for the next.
        if open == SOCKETS
            && let Some(slowest) = connected.min_by_key(|connection| connection.since)
            && now > slowest.since + GRACE
        {
            self.sockets.get_mut::<tcp::Socket>(slowest.handle).abort();
            moved = true;
        }
        moved
    }
}

/// A socket and its responder.
struct Connection {
    handle: SocketHandle,
    responder: Responder<'static, HEAD>,
    /// Some of the request has come.
    requested: bool,
    /// Begin of what the connection does now: it waits for a request, has one, or closes.
    since: Instant,
}

impl Connection {
    fn new(handle: SocketHandle) -> Self {
        let responder = Responder::text_only(&METRICS);
        Self { handle, responder, requested: false, since: Instant::ZERO }
    }

    /// Does what can be done now; tells whether that was anything.
    fn serve(&mut self, socket: &mut tcp::Socket, now: Instant) -> bool {
        if !is_connected(socket) {
            // A connection begins while it listens, so to say.
            self.since = now;
            return !socket.is_listening() && self.listen(socket);
        }
        if now > self.since + self.limit() {
            return self.time_out(socket, now);
        }
        let mut moved = false;
        while self.step(socket, now) {
            moved = true;
        }
        moved
    }

    fn listen(&mut self, socket: &mut tcp::Socket) -> bool {
        self.responder = Responder::text_only(&METRICS);
        self.requested = false;
        // Fails only while it is open.
        socket.listen(PORT).is_ok()
    }

    /// One portion in or out; `false` when there is none.
    fn step(&mut self, socket: &mut tcp::Socket, now: Instant) -> bool {
        match self.responder.state() {
            State::Input if socket.can_recv() => {
                if !self.requested {
                    self.begin(true, now);
                }
                socket.recv(|bytes| (self.responder.feed(bytes), ())).is_ok()
            }
            State::Input if socket.state() == tcp::State::CloseWait => {
                self.responder.end_input();
                true
            }
            State::Input => false,
            // The whole buffer or nothing: the cursor then writes there, and chunks are large.
            State::Output if socket.may_send() && socket.send_queue() == 0 => {
                let sent = socket.send(|room| (self.responder.pull(room), ())).is_ok();
                if self.responder.state() != State::Output {
                    metrics::count_answer(self.responder.path(), self.responder.status());
                    self.begin(false, now);
                }
                sent
            }
            State::Output => false,
            State::Close => {
                // Input that nobody takes would make the end a reset.
                while socket.can_recv() && socket.recv(|bytes| (bytes.len(), ())).is_ok() {}
                let closes =
                    matches!(socket.state(), tcp::State::Established | tcp::State::CloseWait);
                if closes {
                    socket.close();
                }
                closes
            }
        }
    }

    fn begin(&mut self, requested: bool, now: Instant) {
        self.requested = requested;
        self.since = now;
    }

    /// How long this may take.
    fn limit(&self) -> Duration {
        match self.responder.state() {
            State::Input if !self.requested => IDLE,
            _ => PATIENCE,
        }
    }

    fn time_out(&mut self, socket: &mut tcp::Socket, now: Instant) -> bool {
        if self.responder.state() == State::Input {
            // The end, or an answer that says what is wrong, for which there is time again.
            self.responder.time_out();
        } else {
            // Without a good-bye, so that nobody takes a part of a page for the whole.
            socket.abort();
        }
        self.since = now;
        true
    }
}

/// There is a client, or one about to be.
fn is_connected(socket: &tcp::Socket) -> bool {
    socket.is_open() && !socket.is_listening()
}
