//! Every kind of metric, with labels and without: what `families` and `http` have in common.

use nanoprom::{
    Counter, Counter32, DEFAULT_BUCKETS, Family, Gauge, Gauge32, Histogram, Histogram32,
    IntCounter, IntGauge, IntHistogram, metrics,
};

metrics! {
    /// All of them.
    pub static METRICS;
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
    /// Messages by channel.
    static MESSAGES: Family<IntCounter, 1, 4> = "cost_messages_total", labels = ["channel"];
    /// Levels by place.
    static PLACES: Family<Gauge, 2, 4> = "cost_place_level", labels = ["floor", "room"];
    /// Times by channel.
    static BY_CHANNEL: Family<Histogram<4>, 1, 2> = "cost_channel_seconds",
        buckets = [0.001, 0.01, 0.1, 1.0], labels = ["channel"];
}

/// To be called by the interrupt.
pub fn measure() {
    let sample = super::sample();
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

/// To be called when a byte has come.
pub fn received(byte: u8) {
    let channel = if byte < b'a' { "uart" } else { "radio" };
    REQUESTS.inc();
    // Where a series is refused, the page says so.
    if let Ok(messages) = MESSAGES.labels([channel]) {
        messages.inc();
    }
    if let Ok(level) = PLACES.labels(["0", channel]) {
        level.set(f64::from(byte));
    }
    if let Ok(times) = BY_CHANNEL.labels([channel]) {
        times.observe(0.002);
    }
}
