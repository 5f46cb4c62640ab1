//! exemplars.txt and exemplars.om: exemplars and creation times.

use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use nanoprom::{
    Counter, Created, Family, Histogram, IntCounter, Summary, WithExemplars, metrics, set_clock,
};

/// In milliseconds.
static NOW: AtomicU64 = AtomicU64::new(1_520_872_607_123);

fn clock() -> f64 {
    NOW.load(Relaxed) as f64 / 1e3
}

mod inner {
    super::metrics! {
        pub(super) static METRICS;

        /// Children of a counter with exemplars.
        pub(super) static ANSWERS: Family<WithExemplars<Counter, 32>, 2, 4> = "answers_total",
            labels = ["method", "code"];
        /// Children of a histogram with exemplars.
        pub(super) static TIMES: Family<WithExemplars<Histogram<2>, 40>, 1, 4> = "answer_seconds",
            buckets = [0.1, 1.0], labels = ["method"];
    }
    use super::{Counter, Family, Histogram, WithExemplars};
}

metrics! {
    pub(crate) static METRICS,
        include = [inner::METRICS { prefix = "http_", labels = [site = "north"] }];

    /// One exemplar, the newest.
    static REQUESTS: WithExemplars<Counter, 64> = "requests_total";
    /// No exemplar yet.
    static UNSEEN: WithExemplars<Counter, 8> = "unseen";
    /// An exemplar in each bucket.
    static LATENCY: WithExemplars<Histogram<3>, 72> = "latency_seconds", buckets = [0.1, 1.0, 10.0];
    /// Bounds and sums below zero.
    static COLD: WithExemplars<Histogram<2>, 16> = "cold_celsius", buckets = [-5.0, 5.0];
    /// Only a creation time.
    static SENT: Created<IntCounter> = "sent_bytes_total";
    /// A summary with a creation time.
    static SIZES: Created<Summary> = "answer_bytes";
    /// A histogram with a creation time.
    static WAITS: Created<Histogram<1>> = "wait_seconds", buckets = [0.5];
    /// Children that come and go.
    static JOBS: Family<Created<Counter>, 1, 4> = "jobs_total", labels = ["job"];
    /// No children.
    static NOBODY: Family<Created<Summary>, 1, 4> = "nobody", labels = ["job"];
    /// Children of a histogram with a creation time.
    static STEPS: Family<Created<Histogram<1>>, 1, 4> = "step_seconds", buckets = [2.5], labels = ["job"];
}

pub(crate) fn fill() {
    // This child is older than the clock.
    JOBS.labels(["backup"]).unwrap().inc();
    set_clock(clock);

    REQUESTS.inc_by(15.0).unwrap();
    REQUESTS.inc_with_exemplar(1.0, &[("trace_id", "first")], None).unwrap();
    REQUESTS
        .inc_with_exemplar(1.5, &[("trace_id", "abc"), ("span", "a \"b\"\\\nü")], None)
        .unwrap();
    let times = [Some(1_520_879_607.789), None, Some(-1.5), Some(0.0)];
    for (value, time) in [0.054, 1.0, 9.8, 67.0].into_iter().zip(times) {
        LATENCY.observe(value);
        LATENCY.observe_with_exemplar(value, &[("trace_id", "KOO5S4vxi0o")], time).unwrap();
    }
    LATENCY.observe_with_exemplar(f64::INFINITY, &[], None).unwrap();
    COLD.observe_with_exemplar(-7.25, &[("a", "b")], None).unwrap();
    SENT.inc_by(1500);
    SIZES.observe(0.5);
    WAITS.observe(0.75);

    NOW.store(1_520_872_700_000, Relaxed);
    let answers = |code| inner::ANSWERS.labels(["GET", code]).unwrap();
    answers("200").inc_with_exemplar(3.0, &[("trace_id", "forgotten")], None).unwrap();
    answers("404").inc_with_exemplar(1.0, &[("trace_id", "0123")], Some(1e9)).unwrap();
    inner::TIMES.labels(["GET"]).unwrap().observe_with_exemplar(0.5, &[("id", "1")], None).unwrap();
    inner::TIMES.labels(["PUT"]).unwrap().observe_with_exemplar(2.0, &[("id", "2")], None).unwrap();
    JOBS.labels(["rotate"]).unwrap().inc();
    STEPS.labels(["backup"]).unwrap().observe(1.0);

    NOW.store(1_520_872_800_500, Relaxed);
    inner::ANSWERS.remove(["GET", "200"]);
    answers("200").inc();
    inner::TIMES.remove(["GET"]);
    inner::TIMES.labels(["GET"]).unwrap();
    JOBS.remove(["backup"]);
    JOBS.labels(["backup"]).unwrap().inc_by(0.25).unwrap();
}
