//! Without metrics: plain variables and a line of text.
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicI32, AtomicU32, Ordering::Relaxed};

static SAMPLES: AtomicU32 = AtomicU32::new(0);
static BYTES: AtomicU32 = AtomicU32::new(0);
static LEVEL: AtomicI32 = AtomicI32::new(0);
static REQUESTS: AtomicU32 = AtomicU32::new(0);

board::main!(main);
board::on_tick!(on_tick);

fn on_tick() {
    let sample = cost::sample();
    SAMPLES.store(SAMPLES.load(Relaxed).wrapping_add(1), Relaxed);
    BYTES.store(BYTES.load(Relaxed).wrapping_add(sample.bytes), Relaxed);
    LEVEL.store(sample.level, Relaxed);
}

fn main() -> ! {
    cost::serve(|_| {
        REQUESTS.store(REQUESTS.load(Relaxed).wrapping_add(1), Relaxed);
        cost::send(b"counting\n");
    })
}
