//! names.txt: names shown as they are declared, units, and resets.

use nanoprom::{Counter, Counter32, Exact, Family, Gauge, Histogram, Info, IntCounter, metrics};

metrics! {
    pub(crate) static METRICS, prefix = "shop_http_", labels = [site = "north"];

    /// Known to dashboards.
    static LOST: Exact<Counter> = "frames_lost";
    /// Of whole events.
    static SEEN: Exact<IntCounter> = "frames_seen";
    /// Its last word is a unit.
    static SENT: Exact<Counter32> = "sent_bytes";
    /// Children of an exact counter.
    static BY_PORT: Family<Exact<IntCounter>, 1, 4> = "port_frames", labels = ["port"];
    /// Without the suffix.
    static BOARD: Exact<Info> = "board", labels = [revision = "b"];
    /// The unit is put behind the name.
    static BATTERY: Gauge = "battery", unit = "millivolts";
    /// And in front of the suffix.
    static HEAT: Counter = "heat_total", unit = "calories";
    /// It is there already.
    static WORK: IntCounter = "work_watthours_total", unit = "watthours";
    /// Buckets in a unit.
    static WAY: Histogram<2> = "way", unit = "furlongs", buckets = [1.0, 2.5];
    /// Began again.
    static AGAIN: Counter = "again";
    /// Began again.
    static AGAIN_INT: IntCounter = "again_int";
    /// Began again.
    static AGAIN_32: Counter32 = "again_32";
}

pub(crate) fn fill() {
    LOST.inc_by(2.5).unwrap();
    SEEN.inc_by(7);
    SENT.inc();
    BY_PORT.labels(["a"]).unwrap().inc_by(3);
    BATTERY.set(3700.0);
    HEAT.inc();
    WORK.inc();
    WAY.observe(2.0);
    AGAIN.inc_by(0.5).unwrap();
    AGAIN.inc();
    AGAIN_INT.inc();
    AGAIN_32.inc();
    AGAIN.reset();
    AGAIN_INT.reset();
    AGAIN_32.reset();
    AGAIN_32.inc();
}
