//! ticks.txt: histograms of whole numbers, in ticks of every length.

use nanoprom::{Family, Histogram32, IntHistogram, metrics};

/// What a core at 12.5 MHz counts in a second.
const CYCLES: u32 = 12_500_000;

metrics! {
    pub(crate) static METRICS;

    /// Microseconds, shown in seconds.
    static ANSWERS: Histogram32<4> = "answer_duration_seconds",
        buckets = [1_000, 5_000, 10_000, 100_000], ticks_per_unit = 1_000_000;
    /// Bytes are what they are.
    static FRAMES: IntHistogram<3> = "frame_size_bytes", buckets = [64, 512, 1500];
    /// Cycles at 12.5 MHz, shown in seconds.
    static HANDLERS: IntHistogram<3> = "interrupt_duration_seconds",
        buckets = [12, CYCLES / 10_000, CYCLES / 1_000], ticks_per_unit = CYCLES;
    /// Thirds: bounds of every notation, rounded down.
    static THIRDS: Histogram32<7> = "thirds_of_every_notation",
        buckets = [0, 1, 2, 3, 300_000, 3_000_000, u32::MAX], ticks_per_unit = 3;
    /// The largest tick, and the longest unit.
    static LARGEST: IntHistogram<2> = "largest_ratio",
        buckets = [1, u32::MAX - 1], ticks_per_unit = u32::MAX;
    /// A sum that no word of 32 bits holds.
    static SUMS: IntHistogram<1> = "large_sum_bytes", buckets = [1_000_000];
    /// No observations.
    static UNSEEN: Histogram32<2> = "unseen_seconds", buckets = [500, 1_000], ticks_per_unit = 1_000;
    /// Small histograms that share their bounds.
    static BY_METHOD: Family<Histogram32<2>, 1, 4> = "method_duration_seconds",
        buckets = [500, 1_000], ticks_per_unit = 1_000, labels = ["method"];
    /// Large histograms that share their bounds.
    static BY_PORT: Family<IntHistogram<1>, 2, 2> = "port_size_bytes",
        buckets = [1500], labels = ["device", "port"];
}

pub(crate) fn fill() {
    for ticks in [0, 999, 1_000, 1_001, 5_000, 100_000, 100_001] {
        ANSWERS.observe(ticks);
    }
    for bytes in [64, 65, 1500, 9000] {
        FRAMES.observe(bytes);
    }
    for cycles in [11, 12, 13, 12_500] {
        HANDLERS.observe(cycles);
    }
    for thirds in [0, 1, 2, 3, 4, 3_000_001] {
        THIRDS.observe(thirds);
    }
    LARGEST.observe(1);
    for _ in 0..3 {
        SUMS.observe(u32::MAX);
    }
    for (method, ticks) in [("GET", 250), ("GET", 750), ("PUT", 1_001), ("HEAD", 1)] {
        BY_METHOD.labels([method]).unwrap().observe(ticks);
    }
    assert!(BY_METHOD.remove(["PUT"]));
    assert!(BY_METHOD.remove(["HEAD"]));
    BY_METHOD.labels(["PUT"]).unwrap().observe(1_000);
    BY_PORT.labels(["eth0", "1"]).unwrap().observe(1501);
}
