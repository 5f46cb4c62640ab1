//! The firmware whose metrics are weighed: an interrupt measures, main shows a page when a byte comes.
//!
//! Its programs differ in nothing but their metrics; `none` has none and keeps plain variables instead.
//! What a program is larger than `none` is what its metrics cost.
#![no_std]

pub mod everything;

use board::{timer, uart};
use core::sync::atomic::{AtomicU32, Ordering};
use nanoprom::{Cursor, Format, Group};

/// What the interrupt measures; made up, but not known to the compiler.
pub struct Sample {
    pub level: i32,
    pub bytes: u32,
    pub micros: u32,
    pub seconds: f64,
}

const SAMPLES: [Sample; 4] = [
    Sample { level: 3, bytes: 70, micros: 700, seconds: 0.0007 },
    Sample { level: -2, bytes: 1_200, micros: 12_000, seconds: 0.012 },
    Sample { level: 0, bytes: 20, micros: 250, seconds: 0.00025 },
    Sample { level: 7, bytes: 9_000, micros: 90_000, seconds: 0.09 },
];

/// The next sample.
pub fn sample() -> &'static Sample {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let taken = TAKEN.load(Ordering::Relaxed);
    TAKEN.store(taken.wrapping_add(1), Ordering::Relaxed);
    match taken % 4 {
        0 => &SAMPLES[0],
        1 => &SAMPLES[1],
        2 => &SAMPLES[2],
        _ => &SAMPLES[3],
    }
}

/// Bounds for a histogram of integers.
pub const TICKS: [u32; 14] =
    [5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

/// Starts the interrupt and hands over what is received, until that is the end of transmission.
pub fn serve(mut take: impl FnMut(u8)) -> ! {
    const END_OF_TRANSMISSION: u8 = 4;
    uart::init();
    timer::start(timer::HZ / 1000);
    loop {
        match uart::receive() {
            Some(END_OF_TRANSMISSION) => board::exit(0),
            Some(byte) => take(byte),
            None => {}
        }
    }
}

/// Sends bytes over the UART.
pub fn send(bytes: &[u8]) {
    bytes.iter().copied().for_each(uart::send);
}

/// Sends the page of a group over the UART.
pub fn send_page(metrics: &Group<'_>) {
    let mut cursor = Cursor::new(metrics, Format::Text);
    let mut buf = [0; 16];
    loop {
        match cursor.read(&mut buf) {
            0 => return,
            len => send(buf.get(..len).unwrap_or_default()),
        }
    }
}

/// A program with one metric of each kind, a family of `series`, and `more`. To be compared with another.
#[macro_export]
macro_rules! one_of_each {
    (series = $series:literal; $($more:tt)*) => {
        nanoprom::metrics! {
            static METRICS;
            /// Number 0.
            static INT_COUNTER: nanoprom::IntCounter = "cost_int_counter_total";
            /// Number 0.
            static COUNTER: nanoprom::Counter = "cost_counter_total";
            /// Number 0.
            static HISTOGRAM: nanoprom::Histogram<14> = "cost_histogram",
                buckets = nanoprom::DEFAULT_BUCKETS;
            /// Number 0.
            static HISTOGRAM32: nanoprom::Histogram32<14> = "cost_histogram32", buckets = cost::TICKS;
            /// Number 0.
            static FAMILY: nanoprom::Family<nanoprom::IntCounter, 1, $series> = "cost_family_total",
                labels = ["channel"];
            $($more)*
        }
        board::main!(main);
        board::on_tick!(on_tick);
        fn on_tick() {}
        fn main() -> ! {
            cost::serve(|_| cost::send_page(&METRICS))
        }
    };
}
