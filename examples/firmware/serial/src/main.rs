//! Counts from main and from a timer interrupt, and shows the page over a serial line.
#![no_std]
#![no_main]

use board::{log, timer, uart};
use nanoprom::serial::{Frames, Requests};
use nanoprom::{Format, IntCounter, metrics};

metrics! {
    static METRICS;
    /// Timer interrupts handled.
    static TICKS: IntCounter = "firmware_ticks_total";
}

board::main!(main);
board::on_tick!(on_tick);

fn on_tick() {
    TICKS.inc();
    if TICKS.get() == 100 {
        timer::stop();
    }
}

fn main() -> ! {
    uart::init();
    log("serial: counting");
    timer::start(timer::HZ / 1000);
    while TICKS.get() < 100 {}
    send_page(0);
    let mut requests = Requests::new();
    loop {
        let Some(byte) = uart::receive() else { continue };
        if byte == 4 {
            board::exit(0);
        }
        if let Some(page) = requests.feed(byte) {
            send_page(page);
        }
    }
}

fn send_page(page: u8) {
    let mut frames = Frames::<64>::new(&METRICS, Format::Text, page);
    while let Some(byte) = frames.next_byte() {
        uart::send(byte);
    }
}
