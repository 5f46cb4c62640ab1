//! Counts from main and from a timer interrupt, and serves the page over Ethernet.
//!
//! `http://10.0.2.15/metrics`, a fixed address. Until an end of transmission comes over the UART.
#![no_std]
#![no_main]

mod ethernet;
mod metrics;
mod server;

use board::{log, timer, uart};
use ethernet::Ethernet;
use server::Server;
use smoltcp::iface::{Config, Interface, PollResult};
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, IpAddress, IpCidr, Ipv4Address};

board::main!(main);
board::on_tick!(metrics::on_tick);

/// Locally administered. A product has its own from a pool of its maker.
const MAC: EthernetAddress = EthernetAddress([0x02, 0x00, 0x00, 0x00, 0x00, 0x01]);
const ADDRESS: IpCidr = IpCidr::new(IpAddress::v4(10, 0, 2, 15), 24);
const GATEWAY: Ipv4Address = Ipv4Address::new(10, 0, 2, 2);
/// ASCII's "end of transmission".
const EOT: u8 = 4;

fn main() -> ! {
    uart::init();
    timer::start(timer::HZ / metrics::TICK_HZ);
    metrics::count();

    let mut ethernet = Ethernet::new(MAC);
    let mut network = network(&mut ethernet);
    let server = Server::take();
    log("http: serving");
    while uart::receive() != Some(EOT) {
        metrics::update_uptime();
        let arrived = network.poll(now(), &mut ethernet, server.sockets());
        let moved = server.serve(now());
        if arrived == PollResult::None && !moved {
            ethernet.wait();
        }
    }
    let fault = metrics::wrong_total();
    log(fault.unwrap_or("http: all totals are right"));
    board::exit(fault.is_some().into())
}

fn network(ethernet: &mut Ethernet) -> Interface {
    let mut config = Config::new(MAC.into());
    // Makes port and sequence numbers hard to guess. A product takes it from a source of noise.
    config.random_seed = 0x6e61_6e6f_7072_6f6d;
    let mut network = Interface::new(config, ethernet, now());
    // Both lists have room for one entry at least.
    network.update_ip_addrs(|addresses| _ = addresses.push(ADDRESS));
    _ = network.routes_mut().add_default_ipv4_route(GATEWAY);
    network
}

fn now() -> Instant {
    Instant::from_millis(metrics::milliseconds() as i64)
}
