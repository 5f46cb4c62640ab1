//! Integers only: no float is added, and none is printed.
#![no_std]
#![no_main]

use nanoprom::{Counter32, Gauge32, IntCounter, IntGauge, metrics};

metrics! {
    static METRICS;
    /// Samples taken.
    static SAMPLES: IntCounter = "cost_samples_total";
    /// Bytes in them.
    static BYTES: IntCounter = "cost_sample_bytes_total";
    /// The last level.
    static LEVEL: Gauge32 = "cost_level";
    /// All levels together.
    static LEVELS: IntGauge = "cost_levels";
    /// Pages asked for.
    static REQUESTS: Counter32 = "cost_requests_total";
}

board::main!(main);
board::on_tick!(on_tick);

fn on_tick() {
    let sample = cost::sample();
    SAMPLES.inc();
    BYTES.inc_by(sample.bytes.into());
    LEVEL.set(sample.level);
    LEVELS.inc_by(sample.level.into());
}

fn main() -> ! {
    cost::serve(|_| {
        REQUESTS.inc();
        cost::send_page(&METRICS);
    })
}
