//! fixed.txt: series whose labels are constants, and families whose labels are enums.

use nanoprom::{
    Counter, EnumFamily, Gauge, GaugeFn, Histogram, Histogram32, HistogramCells, Info, IntCounter,
    Label, Series, StateSet, Summary, Untyped, label_values, metrics, states,
};

/// What a driver counts, in its own struct.
struct Port {
    received: IntCounter,
    sent: IntCounter,
    seconds: Counter,
    level: Gauge,
    sizes: Summary,
    register: Untyped,
    link: StateSet<Link>,
}

states! {
    enum Link { Down = "down", Up = "up" }
}

label_values! {
    enum Method { Get = "GET", Put = "PUT" }
}

label_values! {
    enum Outcome { Done = "done", Failed = "failed \"badly\"" }
}

static PORTS: [Port; 2] = [const {
    Port {
        received: IntCounter::new(),
        sent: IntCounter::new(),
        seconds: Counter::new(),
        level: Gauge::new(),
        sizes: Summary::new(),
        register: Untyped::new(),
        link: StateSet::new(),
    }
}; 2];

static FIRST_TIMES: HistogramCells<2> = HistogramCells::new();
static SECOND_TIMES: HistogramCells<2> = HistogramCells::new();
static FIRST: Histogram<2> = Histogram::new(&FIRST_TIMES, &[0.5, 1.0]);
static SECOND: Histogram<2> = Histogram::new(&SECOND_TIMES, &[0.5, 1.0]);
static SENSOR: Info = Info::new(const { &[Label::new("maker", "a"), Label::new("serial", "17")] });
static SPARE: Info = Info::new(&[]);

fn free() -> f64 {
    1.5
}
static FREE: GaugeFn = GaugeFn::new(free);

mod inner {
    super::metrics! {
        pub(super) static METRICS;
        /// Its own label is called by the whole name.
        static LINK: Series<StateSet<Link>, 1> = "link", labels = ["port"],
            series = [["0"] => &PORTS[0].link, ["1"] => &PORTS[1].link];
        /// Facts behind the labels, or none.
        static SENSORS: Series<Info, 1> = "sensor", labels = ["place"],
            series = [["in"] => &SENSOR, ["out"] => &SPARE];
        /// Two enums.
        pub(super) static REQUESTS: EnumFamily<IntCounter, (Method, Outcome), 4> =
            "requests_total", labels = ["method", "outcome"];
    }
    use super::{
        EnumFamily, Info, IntCounter, Link, Method, Outcome, PORTS, SENSOR, SPARE, Series, StateSet,
    };
}

metrics! {
    pub(crate) static METRICS,
        include = [inner::METRICS { prefix = "device_", labels = [site = "north"] }];

    /// Cells in the structs of a driver.
    static FRAMES: Series<IntCounter, 2> = "frames_total", labels = ["port", "direction"],
        series = [
            ["0", "in"] => &PORTS[0].received,
            ["0", "out"] => &PORTS[0].sent,
            ["1", "in"] => &PORTS[1].received,
            ["1", "out"] => &PORTS[1].sent,
        ];
    /// Declared without the suffix.
    static SECONDS: Series<Counter, 1> = "busy_seconds", labels = ["port"],
        series = [["0"] => &PORTS[0].seconds];
    /// Values that need escaping.
    static LEVELS: Series<Gauge, 1> = "levels", unit = "volts", labels = ["name"],
        series = [["a \"b\"\\c\nd"] => &PORTS[0].level, ["grün"] => &PORTS[1].level];
    /// The bounds of all are the same.
    static TIMES: Series<Histogram<2>, 1> = "answer_seconds", labels = ["port"],
        series = [["0"] => &FIRST, ["1"] => &SECOND];
    /// Count and sum.
    static SIZES: Series<Summary, 1> = "answer_bytes", labels = ["port"],
        series = [["0"] => &PORTS[0].sizes, ["1"] => &PORTS[1].sizes];
    /// Nobody knows what this is.
    static REGISTERS: Series<Untyped, 1> = "register", labels = ["port"],
        series = [["1"] => &PORTS[1].register];
    /// Asked at each page.
    static HEAPS: Series<GaugeFn, 1> = "heap_free_bytes", labels = ["heap"],
        series = [["dma"] => &FREE];
    /// One enum, ticks of a millisecond.
    static WAITS: EnumFamily<Histogram32<1>, (Method,), 2> = "wait_seconds",
        buckets = [500], ticks_per_unit = 1000, labels = ["method"];
}

pub(crate) fn fill() {
    PORTS[0].received.inc_by(3);
    PORTS[1].sent.inc();
    PORTS[0].seconds.inc_by(0.25).unwrap();
    PORTS[0].level.set(-1.5);
    PORTS[1].level.set(12.0);
    FIRST.observe(0.75);
    FIRST.observe(2.0);
    SECOND.observe(0.5);
    PORTS[1].sizes.observe(1500.0);
    PORTS[1].register.set(7.0);
    PORTS[1].link.set(Link::Up);
    WAITS.labels(Method::Put).observe(250);
    inner::REQUESTS.labels(Method::Get, Outcome::Done).inc_by(10);
    inner::REQUESTS.labels(Method::Put, Outcome::Failed).inc();
}
