//! nested.txt: groups in groups, with prefixes and constant labels.

use nanoprom::{Gauge, Group, IntCounter, Label, Metric};

mod driver {
    use nanoprom::{Family, Histogram, IntCounter, metrics};

    metrics! {
        pub(crate) static METRICS;
        /// Frames received.
        pub(crate) static FRAMES: IntCounter = "frames_total";
        /// Frames dropped, by reason.
        pub(crate) static DROPPED: Family<IntCounter, 1, 4> = "dropped_frames_total", labels = ["reason"];
        /// Length of a frame.
        pub(crate) static LENGTH: Histogram<2> = "frame_length_bytes", buckets = [64.0, 1518.0];
    }
}

mod network {
    use nanoprom::{Gauge, metrics};

    metrics! {
        pub(crate) static METRICS, prefix = "network_", labels = [stack = "tcp/ip"],
            include = [
                super::driver::METRICS { prefix = "eth0_", labels = [speed = "1000", port = "a\"b\\c"] },
            ];
        /// Sockets in use.
        pub(crate) static SOCKETS: Gauge = "sockets";
    }
}

static UPTIME: Gauge = Gauge::new();
static JOBS: IntCounter = IntCounter::new();

/// The driver once more, straight below the application.
static SERIAL: Group<'static> = {
    const ROWS: &[Metric<'static>] = &[Metric::group(&driver::METRICS)];
    Group::new(ROWS).with_prefix("serial_")
};

pub(crate) static METRICS: Group<'static> = {
    const ROWS: &[Metric<'static>] = &[
        Metric::new("uptime_seconds", "Seconds since the start.", &UPTIME),
        Metric::group(&network::METRICS),
        Metric::new("jobs_total", "Jobs done.", &JOBS),
        Metric::group(&SERIAL),
    ];
    Group::new(ROWS)
        .with_prefix("app_")
        .with_labels(&[Label::new("site", "north\nwest"), Label::new("owner", "Zoë")])
};

pub(crate) fn fill() {
    UPTIME.set(12.5);
    JOBS.inc_by(3);
    network::SOCKETS.set(2.0);
    // The driver is included twice, so it shows on the page twice.
    driver::FRAMES.inc_by(7);
    driver::DROPPED.labels(["crc"]).unwrap().inc_by(1);
    driver::DROPPED.labels(["too \"long\""]).unwrap().inc_by(2);
    driver::LENGTH.observe(60.0);
    driver::LENGTH.observe(1000.0);
}
