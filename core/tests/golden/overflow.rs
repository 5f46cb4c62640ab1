//! overflow.txt: families that give one child where they refuse labels.

use nanoprom::{Counter, Family, Gauge32, Histogram, Histogram32, metrics};

metrics! {
    pub(crate) static METRICS;

    /// Two paths fit, the third and the fourth are other.
    static BY_PATH: Family<Counter, 2, 3> = "requests_total",
        labels = ["path", "method"], overflow = other;
    /// Nothing was refused: it is not on the page.
    static ROOM: Family<Gauge32, 1, 3> = "room", labels = ["name"], overflow = other;
    /// Asked for by its name, and folded into.
    static BY_NAME: Family<Histogram<2>, 1, 2> = "answer_duration_seconds",
        buckets = [0.5, 1.0], labels = ["name"], overflow = other;
    /// Removed and back from zero.
    static REMOVED: Family<Histogram32<2>, 1, 2> = "cycles_seconds",
        buckets = [1, 2], ticks_per_unit = 1000, labels = ["name"], overflow = other;
}

pub(crate) fn fill() {
    for (at, path) in ["/", "/a\"b", "/c", "/d"].into_iter().enumerate() {
        BY_PATH.labels([path, "GET"]).unwrap().inc_by(at as f64 + 0.5).unwrap();
    }
    ROOM.labels(["first"]).unwrap().set(-1);
    ROOM.labels(["second"]).unwrap().set(1);
    BY_NAME.labels(["other"]).unwrap().observe(0.25);
    BY_NAME.labels(["first"]).unwrap().observe(0.75);
    BY_NAME.labels(["second"]).unwrap().observe(2.0);
    for name in ["first", "second", "third"] {
        REMOVED.labels([name]).unwrap().observe(1);
    }
    assert!(REMOVED.remove(["other"]));
    REMOVED.labels(["fourth"]).unwrap().observe(3);
}
