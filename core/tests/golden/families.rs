//! families.txt: children of every shape, labels of every length, and refusals.

use nanoprom::{
    Counter, Counter32, Family, Gauge, Histogram, IntCounter, IntGauge, Refused, metrics,
};

metrics! {
    pub(crate) static METRICS;

    /// One label: empty, escaped, and beyond ASCII.
    static BY_PATH: Family<Counter, 1, 8> = "requests_by_path_total", labels = ["path"];
    /// Two labels: equal when joined, and yet apart.
    static BY_PARTS: Family<IntCounter, 2, 8> = "requests_by_parts_total",
        labels = ["first", "second"];
    /// Three labels: a gauge.
    static BY_PLACE: Family<Gauge, 3, 4> = "room_temperature_celsius",
        labels = ["building", "floor", "room"];
    /// Four labels: values of 200 bytes.
    static LONG: Family<IntGauge, 4, 2, 800> = "long_values",
        labels = ["north", "east", "south", "west"];
    /// Histograms that share their bounds.
    static LATENCY: Family<Histogram<2>, 1, 4> = "answer_duration_seconds",
        buckets = [0.5, 1.0], labels = ["method"];
    /// Removed children are gone, and return from zero.
    static REMOVED: Family<Counter, 1, 4> = "removed_total", labels = ["name"];
    /// Two children fit, two more were refused.
    static FULL: Family<Counter32, 1, 2> = "full_total", labels = ["name"];
    /// Nobody has asked for a child: metadata only.
    static UNUSED: Family<Gauge, 1, 2> = "unused", labels = ["name"];
}

pub(crate) fn fill() {
    for (at, path) in ["/", "", "a\"b\\c\nd", "/grüße/€/😀", "}", " , "].into_iter().enumerate()
    {
        BY_PATH.labels([path]).unwrap().inc_by(at as f64 + 0.5).unwrap();
    }
    BY_PARTS.labels(["ab", "c"]).unwrap().inc_by(1);
    BY_PARTS.labels(["a", "bc"]).unwrap().inc_by(2);
    BY_PARTS.labels(["", "abc"]).unwrap().inc_by(3);
    BY_PARTS.labels(["abc", ""]).unwrap().inc_by(4);
    BY_PARTS.labels(["", ""]).unwrap().inc_by(5);
    BY_PLACE.labels(["main", "0", "lab"]).unwrap().set(21.5);
    BY_PLACE.labels(["main", "-1", "cellar"]).unwrap().set(-3.0);
    let long = ["n", "e", "s", "w"].map(|letter| letter.repeat(200));
    LONG.labels(long.each_ref().map(String::as_str)).unwrap().set(-1);
    LATENCY.labels(["GET"]).unwrap().observe(0.25);
    LATENCY.labels(["GET"]).unwrap().observe(0.75);
    LATENCY.labels(["PUT"]).unwrap().observe(2.0);
    LATENCY.labels(["HEAD"]).unwrap();
    for name in ["stays", "goes", "returns"] {
        REMOVED.labels([name]).unwrap().inc();
    }
    assert!(REMOVED.remove(["goes"]));
    assert!(REMOVED.remove(["returns"]));
    REMOVED.labels(["returns"]).unwrap().inc_by(0.5).unwrap();
    FULL.labels(["first"]).unwrap().inc();
    FULL.labels(["second"]).unwrap().inc();
    assert_eq!(FULL.labels(["third"]).err(), Some(Refused::Full));
    assert_eq!(FULL.labels(["fourth"]).err(), Some(Refused::Full));
}
