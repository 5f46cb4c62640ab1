//! Counts from main and from a timer interrupt, and shows the page over a serial line.
//!
//! It pushes a page, then answers requests, a byte in and a byte out at a time, until a host sends
//! an end of transmission.
#![no_std]
#![no_main]

use board::{log, uart};
use nanoprom::serial::Requests;
use serial::Page;

board::main!(main);
board::on_tick!(serial::on_tick);

/// Pages sent of our own accord have numbers below 0x80.
const PUSHED: u8 = 0;
/// ASCII's "end of transmission".
const EOT: u8 = 4;

fn main() -> ! {
    uart::init();
    log("serial: counting");
    serial::count();
    serve();
    let fault = serial::wrong_total();
    log(fault.unwrap_or("serial: all totals are right"));
    board::exit(fault.is_some().into())
}

fn serve() {
    let mut page = Some(Page::new(PUSHED));
    let mut requests = Requests::new();
    // While a page is on its way the last request waits.
    let mut requested = None;
    let mut ended = false;
    while page.is_some() || requested.is_some() || !ended {
        if let Some(byte) = uart::receive() {
            requested = requests.feed(byte).or(requested);
            ended |= byte == EOT;
        }
        if page.is_none() {
            page = requested.take().map(Page::new);
        }
        match page.as_mut().and_then(Page::next) {
            Some(byte) => uart::send(byte),
            None => page = None,
        }
    }
}
