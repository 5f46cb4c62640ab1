//! Counts from a timer interrupt, and pushes the page to a gateway every second, over Ethernet.
//!
//! The gateway is at 10.0.2.2, which in QEMU is the machine that runs it. Its port comes over the UART, as
//! digits and a newline; so does the end of transmission that ends the program.
#![no_std]
#![no_main]

mod client;
#[path = "../../http/src/ethernet.rs"]
mod ethernet;
mod metrics;

use board::{log, timer, uart};
use client::Client;
use ethernet::Ethernet;
use heapless::String;
use nanoprom::Label;
use nanoprom::http::Target;
use smoltcp::iface::{Config, Interface, PollResult, SocketSet, SocketStorage};
use smoltcp::socket::tcp;
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, IpAddress, IpCidr};
use static_cell::ConstStaticCell;

board::main!(main);
board::on_tick!(metrics::on_tick);

/// Locally administered. A product has its own from a pool of its maker.
const MAC: EthernetAddress = EthernetAddress([0x02, 0x00, 0x00, 0x00, 0x00, 0x02]);
const ADDRESS: IpCidr = IpCidr::new(IpAddress::v4(10, 0, 2, 15), 24);
const GATEWAY: IpAddress = IpAddress::v4(10, 0, 2, 2);
/// Received bytes that wait, and sent bytes that are not acknowledged yet. The page is written to the
/// latter by its cursor.
static BUFFERS: ConstStaticCell<([u8; 256], [u8; 512])> =
    ConstStaticCell::new(([0; 256], [0; 512]));
/// ASCII's "end of transmission".
const EOT: u8 = 4;

fn main() -> ! {
    uart::init();
    timer::start(timer::HZ / metrics::TICK_HZ);
    log("push: to which port?");
    let mut host = String::<16>::new();
    // Address, colon and five digits have room.
    _ = host.push_str("10.0.2.2:");
    let port = read_port(&mut host);
    let labels = [Label::new("instance", "cellar/2")];
    let target = Target::new(&host, "firmware").labels(&labels);

    let mut ethernet = Ethernet::new(MAC);
    let mut network = network(&mut ethernet);
    let (input, output) = BUFFERS.take();
    let mut storage = [SocketStorage::EMPTY];
    let mut sockets = SocketSet::new(&mut storage[..]);
    let handle = sockets.add(tcp::Socket::new(
        tcp::SocketBuffer::new(&mut input[..]),
        tcp::SocketBuffer::new(&mut output[..]),
    ));
    let mut client = Client::new(target, (GATEWAY, port).into());
    while uart::receive() != Some(EOT) {
        let arrived = network.poll(now(), &mut ethernet, &mut sockets);
        let moved = client.step(sockets.get_mut(handle), network.context(), now());
        if arrived == PollResult::None && !moved {
            ethernet.wait();
        }
    }
    board::exit(0)
}

/// Appends the digits that come over the UART, up to a newline; their value.
fn read_port(host: &mut String<16>) -> u16 {
    let address = host.len();
    loop {
        match uart::receive() {
            Some(byte) if byte.is_ascii_digit() => _ = host.push(byte.into()),
            Some(b'\n') => return host[address..].parse().unwrap_or(0),
            _ => {}
        }
    }
}

fn network(ethernet: &mut Ethernet) -> Interface {
    let mut config = Config::new(MAC.into());
    // Makes port and sequence numbers hard to guess. A product takes it from a source of noise.
    config.random_seed = 0x6e61_6e6f_7072_6f6d;
    let mut network = Interface::new(config, ethernet, now());
    // The list has room for one entry at least.
    network.update_ip_addrs(|addresses| _ = addresses.push(ADDRESS));
    network
}

fn now() -> Instant {
    Instant::from_millis(metrics::milliseconds() as i64)
}
