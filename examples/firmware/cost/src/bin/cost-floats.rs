//! Every kind of metric that has no labels.
#![no_std]
#![no_main]

use nanoprom::{
    Counter, Counter32, DEFAULT_BUCKETS, Gauge, Gauge32, Histogram, Histogram32, IntCounter,
    IntGauge, IntHistogram, metrics,
};

metrics! {
    static METRICS;
    /// Samples taken.
    static SAMPLES: IntCounter = "cost_samples_total";
    /// Time that samples took, in seconds.
    static SECONDS: Counter = "cost_sample_seconds_total";
    /// The last level.
    static LEVEL: Gauge32 = "cost_level";
    /// All levels together.
    static LEVELS: IntGauge = "cost_levels";
    /// The last time.
    static LAST: Gauge = "cost_last_seconds";
    /// Times by their length.
    static TIMES: Histogram<14> = "cost_seconds", buckets = DEFAULT_BUCKETS;
    /// Samples by their size.
    static SIZES: Histogram32<4> = "cost_sample_size_bytes", buckets = [64, 512, 4_096, 65_536];
    /// Samples by their time, measured in microseconds.
    static TICKS: IntHistogram<4> = "cost_ticks_seconds",
        buckets = [1_000, 10_000, 100_000, 1_000_000], ticks_per_unit = 1_000_000;
    /// Pages asked for.
    static REQUESTS: Counter32 = "cost_requests_total";
}

board::main!(main);
board::on_tick!(on_tick);

fn on_tick() {
    let sample = cost::sample();
    SAMPLES.inc();
    // Never rejected: no sample is negative.
    let _ = SECONDS.inc_by(sample.seconds);
    LEVEL.set(sample.level);
    LEVELS.inc_by(sample.level.into());
    LAST.set(sample.seconds);
    TIMES.observe(sample.seconds);
    SIZES.observe(sample.bytes);
    TICKS.observe(sample.micros);
}

fn main() -> ! {
    cost::serve(|_| {
        REQUESTS.inc();
        cost::send_page(&METRICS);
    })
}
