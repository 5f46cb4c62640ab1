//! A program whose only metric is a gauge. No limit of another kind of metric is in it, so that the
//! compiler knows all there is about the addition of floats, and may move it.
#![no_std]
#![no_main]

use core::hint::black_box;
use nanoprom::{Gauge, metrics};

metrics! {
    static METRICS;
    /// A Gauge.
    static GAUGE: Gauge = "hot_gauge";
}

board::main!(main);

#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn guarded_gauge_inc_by(amount: f64) {
    GAUGE.inc_by(amount);
}

fn main() -> ! {
    guarded_gauge_inc_by(black_box(3.0));
    black_box(&METRICS);
    board::exit(0)
}
