//! Creation times of counters that are set back.

mod golden;

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use golden::{checked, checked_open_metrics, read_rich};
use nanoprom::{Counter, Created, Family, Format, IntCounter, WithExemplars, metrics, set_clock};
use nanoprom_checker::disagreements;

static NOW: AtomicU32 = AtomicU32::new(1000);

metrics! {
    static METRICS;
    /// Whole.
    static BYTES: Created<IntCounter> = "bytes_total";
    /// With fractions.
    static ENERGY: Created<Counter> = "energy_joules_total";
    /// With an exemplar.
    static REQUESTS: WithExemplars<Counter, 16> = "requests_total";
    /// Children.
    static JOBS: Family<Created<Counter>, 1, 2> = "jobs_total", labels = ["job"];
    /// Children with exemplars.
    static ANSWERS: Family<WithExemplars<Counter, 16>, 1, 2> = "answers_total", labels = ["code"];
}

/// The samples of both pages, which are checked and agree.
fn samples() -> Vec<String> {
    let [text, open] = [Format::Text, Format::OpenMetrics]
        .map(|format| read_rich(&METRICS, format, &mut [0; 64], 4096));
    let page = checked_open_metrics(open.as_bytes());
    assert_eq!(disagreements(&checked(text.as_bytes()), &page), [""; 0]);
    let lines = open.lines().filter(|line| !line.starts_with('#') && !line.contains("nanoprom_"));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_reset_is_a_new_beginning() {
    let [job, other] = ["a", "b"].map(|job| JOBS.labels([job]).unwrap());
    let answer = ANSWERS.labels(["200"]).unwrap();
    // Without a clock there are no times to renew.
    BYTES.inc();
    BYTES.reset();
    assert_eq!(samples()[0], "bytes_total 0");
    set_clock(|| NOW.load(Relaxed).into());
    BYTES.inc();
    ENERGY.inc_by(2.5).unwrap();
    for counter in [&REQUESTS, answer] {
        counter.inc_with_exemplar(1.0, &[("id", "1")], None).unwrap();
    }
    job.inc();
    other.inc();
    let before = samples();
    assert!(before.iter().all(|line| !line.contains("_created") || line.ends_with(" 1000")));
    NOW.store(2000, Relaxed);
    assert_eq!(samples(), before);
    BYTES.reset();
    ENERGY.reset();
    REQUESTS.reset();
    job.reset();
    answer.reset();
    assert_eq!(
        samples(),
        [
            "bytes_total 0",
            "bytes_created 2000",
            "energy_joules_total 0",
            "energy_joules_created 2000",
            "requests_total 0",
            "requests_created 2000",
            "jobs_total{job=\"a\"} 0",
            "jobs_created{job=\"a\"} 2000",
            "jobs_total{job=\"b\"} 1",
            "jobs_created{job=\"b\"} 1000",
            "answers_total{code=\"200\"} 0",
            "answers_created{code=\"200\"} 2000",
        ]
    );
}
