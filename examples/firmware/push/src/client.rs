//! The client: one push after the other, each on a connection of its own.

use crate::metrics::{self, METRICS};
use nanoprom::http::{Push, State, Target};
use smoltcp::iface::Context;
use smoltcp::socket::tcp;
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::IpEndpoint;

/// From the begin of a push to that of the next.
const INTERVAL: Duration = Duration::from_secs(1);
/// How long a push may take, from the connection to the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Ports for one's own end of connections (RFC 6335).
const PORTS: core::ops::Range<u16> = 49152..65535;

/// A push to the same gateway every second.
pub(crate) struct Client<'a> {
    target: Target<'a>,
    gateway: IpEndpoint,
    port: u16,
    /// The push in progress.
    push: Option<Push<'a>>,
    /// Begin of the latest push.
    since: Instant,
}

impl<'a> Client<'a> {
    pub(crate) fn new(target: Target<'a>, gateway: IpEndpoint) -> Self {
        Self { target, gateway, port: PORTS.start, push: None, since: Instant::ZERO }
    }

    /// Does what can be done now; tells whether that was anything.
    pub(crate) fn step(
        &mut self,
        socket: &mut tcp::Socket,
        context: &mut Context,
        now: Instant,
    ) -> bool {
        let Some(push) = &mut self.push else {
            return now >= self.since + INTERVAL && self.begin(socket, context, now);
        };
        match push.state() {
            // While the page goes out, too: who refuses it need not read it to its end.
            State::Input | State::Output if socket.can_recv() => {
                socket.recv(|bytes| (push.feed(bytes), ())).is_ok()
            }
            // The whole buffer or nothing: the cursor then writes there, and chunks are large.
            State::Output if socket.may_send() && socket.send_queue() == 0 => {
                socket.send(|room| (push.pull(room), ())).is_ok()
            }
            State::Close => {
                self.finish(socket, now);
                true
            }
            _ => {
                let is_over = match socket.state() {
                    tcp::State::Closed | tcp::State::CloseWait => true,
                    _ => now > self.since + PATIENCE,
                };
                if is_over {
                    push.end_input();
                }
                is_over
            }
        }
    }

    /// Begins a push, whatever became of the connection of the last one.
    fn begin(&mut self, socket: &mut tcp::Socket, context: &mut Context, now: Instant) -> bool {
        if socket.is_open() {
            socket.abort();
            return true;
        }
        self.since = now;
        self.port = if self.port + 1 < PORTS.end { self.port + 1 } else { PORTS.start };
        if socket.connect(context, self.gateway, self.port).is_ok() {
            metrics::update_uptime();
            // The target is a constant but for the port, and so is right.
            self.push = Push::put(&METRICS, self.target).ok();
        }
        true
    }

    fn finish(&mut self, socket: &mut tcp::Socket, now: Instant) {
        let is_accepted = self.push.take().and_then(|push| push.outcome()) == Some(Ok(()));
        let outcome = if is_accepted { "accepted" } else { "failed" };
        metrics::count_push(outcome, (now - self.since).total_millis());
        socket.close();
    }
}
