//! What is counted.

use core::hint::black_box;
use nanoprom::serial::Frames;
use nanoprom::{
    Counter, Counter32, Cursor, DEFAULT_BUCKETS, Family, Format, Gauge, Gauge32, Group, Histogram,
    Histogram32, IntCounter, IntGauge, IntHistogram, Write, encode, metrics,
};

metrics! {
    pub(crate) static MIXED, prefix = "mixed_";
    /// Whole events.
    static INT_COUNTER: IntCounter = "events_total";
    /// Events and fractions.
    static COUNTER: Counter = "energy_joules_total";
    /// Few events.
    static COUNTER32: Counter32 = "resets_total";
    /// A float that goes up and down.
    static GAUGE: Gauge = "temperature_celsius";
    /// A whole number that goes up and down.
    static INT_GAUGE: IntGauge = "offset_bytes";
    /// A word that goes up and down.
    static GAUGE32: Gauge32 = "queue_length";
    /// A float's distribution.
    static HISTOGRAM: Histogram<14> = "request_duration_seconds", buckets = DEFAULT_BUCKETS;
    /// A whole number's distribution, in microseconds.
    static INT_HISTOGRAM: IntHistogram<14> = "response_duration_seconds", buckets = MICROSECONDS,
        ticks_per_unit = 1_000_000;
    /// The same with short buckets.
    static HISTOGRAM32: Histogram32<14> = "interrupt_duration_seconds", buckets = MICROSECONDS,
        ticks_per_unit = 1_000_000;
    /// Children with one label.
    static ONE_LABEL: Family<IntCounter, 1, 8> = "messages_total", labels = ["port"];
    /// Children with three labels.
    static THREE_LABELS: Family<IntCounter, 3, 4> = "requests_total",
        labels = ["method", "route", "code"];
}

metrics! {
    pub(crate) static INTEGERS, prefix = "integers_";
    /// One of three.
    static SENT: IntCounter = "sent_total";
    /// One of three.
    static RECEIVED: IntCounter = "received_total";
    /// One of three.
    static LOST: IntCounter = "lost_total";
}

metrics! {
    pub(crate) static FLOATS, prefix = "floats_";
    /// One of three.
    static VOLTAGE: Gauge = "voltage_volts";
    /// One of three.
    static CURRENT: Gauge = "current_amperes";
    /// One of three.
    static POWER: Gauge = "power_watts";
}

const MICROSECONDS: [u32; 14] = [
    5_000, 10_000, 25_000, 50_000, 75_000, 100_000, 250_000, 500_000, 750_000, 1_000_000,
    2_500_000, 5_000_000, 7_500_000, 10_000_000,
];

/// What operations find.
pub(crate) struct State {
    child: &'static IntCounter,
    /// How many times the operation was made before.
    pub(crate) run: u32,
}

impl State {
    /// Gives the metrics their values, too.
    pub(crate) fn new() -> Self {
        SENT.inc_by(7);
        RECEIVED.inc_by(123_456);
        LOST.inc_by(98_765_432_109);
        VOLTAGE.set(3.3);
        CURRENT.set(-0.012_345_678);
        POWER.set(1.0e-7 / 3.0);
        _ = THREE_LABELS.labels(REQUEST);
        let Ok(child) = ONE_LABEL.labels(["uart0"]) else { board::exit(2) };
        Self { child, run: 0 }
    }

    /// One of these for each run.
    fn pick<T: Copy>(&self, choices: &[T; 5]) -> T {
        black_box(choices[self.run as usize % 5])
    }
}

pub(crate) type Work = fn(&mut State);

/// An operation and how many times it is made, where each time is another.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) runs: u32,
    pub(crate) work: Work,
}

const fn once(name: &'static str, work: Work) -> Operation {
    Operation { name, runs: 1, work }
}

const fn five_times(name: &'static str, work: Work) -> Operation {
    Operation { name, runs: 5, work }
}

const REQUEST: [&str; 3] = ["GET", "/metrics", "200"];

/// The first is what all others are compared with. Those that encode name the page in brackets.
pub(crate) const OPERATIONS: &[Operation] = &[
    once("nothing", |_| ()),
    once("IntCounter::inc", |_| INT_COUNTER.inc()),
    once("IntCounter::inc_by(1500)", |_| INT_COUNTER.inc_by(black_box(1500))),
    once("Counter::inc", |_| COUNTER.inc()),
    once("Counter::inc_by(2.0)", |_| _ = COUNTER.inc_by(black_box(2.0))),
    once("Counter::inc_by(0.5)", |_| _ = COUNTER.inc_by(black_box(0.5))),
    once("Counter32::inc", |_| COUNTER32.inc()),
    once("Gauge::set", |_| GAUGE.set(black_box(21.5))),
    once("Gauge::inc_by(0.1)", |_| GAUGE.inc_by(black_box(0.1))),
    once("IntGauge::set", |_| INT_GAUGE.set(black_box(-3))),
    once("IntGauge::inc_by(7)", |_| INT_GAUGE.inc_by(black_box(7))),
    once("Gauge32::set", |_| GAUGE32.set(black_box(5))),
    once("Gauge32::inc", |_| GAUGE32.inc()),
    five_times("Histogram<14>::observe", |state| {
        HISTOGRAM.observe(state.pick(&[0.003, 0.03, 0.3, 3.0, 30.0]));
    }),
    five_times("IntHistogram<14>::observe", |state| {
        INT_HISTOGRAM.observe(state.pick(&[3_000, 30_000, 300_000, 3_000_000, 30_000_000]));
    }),
    five_times("Histogram32<14>::observe", |state| {
        HISTOGRAM32.observe(state.pick(&[3_000, 30_000, 300_000, 3_000_000, 30_000_000]));
    }),
    once("IntCounter::inc of a child", |state| state.child.inc()),
    once("Family::labels, 1 label", |_| _ = black_box(ONE_LABEL.labels(black_box(["uart0"])))),
    once("Family::labels, 3 labels", |_| _ = black_box(THREE_LABELS.labels(black_box(REQUEST)))),
    five_times("Family::labels, new", |state| {
        let port = *["spi0", "spi1", "can0", "i2c0", "usb0", "eth0"]
            .get(state.run as usize)
            .unwrap_or(&"more");
        _ = black_box(ONE_LABEL.labels([port]));
    }),
    once("Cursor::read by 64 bytes (integers)", |_| read::<64>(&INTEGERS)),
    once("Cursor::read by 64 bytes (floats)", |_| read::<64>(&FLOATS)),
    once("Cursor::read by 16 bytes (mixed)", |_| read::<16>(&MIXED)),
    once("Cursor::read by 64 bytes (mixed)", |_| read::<64>(&MIXED)),
    once("Cursor::read by 512 bytes (mixed)", |_| read::<512>(&MIXED)),
    once("encode (mixed)", |_| _ = encode(&MIXED, Format::Text, &mut Nowhere)),
    once("Frames::<64>::next_byte (mixed)", |_| {
        let mut frames = Frames::<64>::new(&MIXED, Format::Text, 0);
        while black_box(frames.next_byte()).is_some() {}
    }),
];

fn read<const SIZE: usize>(group: &Group) {
    let mut cursor = Cursor::new(group, Format::Text);
    let mut buf = [0; SIZE];
    while cursor.read(black_box(&mut buf)) > 0 {}
}

/// Takes a page without a cost of its own.
struct Nowhere;

impl Write for Nowhere {
    type Error = core::convert::Infallible;

    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        black_box(text);
        Ok(())
    }
}
