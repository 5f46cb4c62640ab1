//! What is replaced as a whole: exemplars, infos, times of children that come and go.

use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use nanoprom::{Counter, Created, Family, Histogram, InfoCell, WithExemplars, metrics};
use nanoprom_checker::{Page, Sample};

metrics! {
    pub(crate) static METRICS;
    /// The newest trace.
    static TRACED: WithExemplars<Counter, 96> = "traced_total";
    /// A trace for each bucket.
    static TRACED_LATENCY: WithExemplars<Histogram<2>, 96> = "traced_seconds", buckets = [0.25, 1.0];
    /// A trace for each child.
    static TRACED_CHILDREN: Family<WithExemplars<Counter, 96>, 1, 8> = "traced_children_total",
        labels = ["child"];
    /// Children with traces that come and go.
    static GONE: Family<WithExemplars<Histogram<2>, 96>, 1, 8> = "removed_traced_seconds",
        buckets = [0.25, 1.0], labels = ["child"];
    /// Children with times that come and go.
    static GONE_JOBS: Family<Created<Counter>, 1, 8> = "removed_jobs_total", labels = ["child"];
    /// Replaced all the time.
    static NETWORK: InfoCell<96> = "removed_network_info";
}

/// The time at which the first metrics came to life.
const START: f64 = 1e9;
static TIME: AtomicU64 = AtomicU64::new(0);

pub(crate) fn clock() -> f64 {
    START + TIME.fetch_add(1, Relaxed) as f64 / 1e6
}

/// Says one number in each label, in texts of several lengths.
fn labels(id: &str, repeated: &str, put: impl FnOnce(&[(&str, &str)])) {
    put(&[("id", id), ("quoted", &format!("\"{id}\"\n")), ("repeated", repeated)]);
}

pub(crate) fn update(thread: u64, round: u64) {
    let number = (thread + 1) * 100_000 + round % 100_000;
    let id = number.to_string();
    labels(&id, &id.repeat(1 + number as usize % 5), |labels| {
        let time = Some(number as f64);
        TRACED.inc_with_exemplar(number as f64, labels, time).unwrap();
        let observed = [0.125, 0.5, 2.0][round as usize % 3];
        TRACED_LATENCY.observe_with_exemplar(observed, labels, time).unwrap();
        let child = ["a", "\"b\"", ""][round as usize % 3];
        TRACED_CHILDREN.labels([child]).unwrap().inc_with_exemplar(1.0, labels, time).unwrap();
        GONE.labels([child]).unwrap().observe_with_exemplar(observed, labels, time).unwrap();
        GONE_JOBS.labels([child]).unwrap().inc();
        // Another thread may just be setting it.
        let _ = NETWORK.set(labels);
        match round % 13 {
            2 => drop(GONE.remove([child])),
            5 => drop(GONE_JOBS.remove([child])),
            7 => GONE.clear(),
            9 => NETWORK.set(&[]).unwrap_or(()),
            11 => GONE_JOBS.clear(),
            _ => {}
        }
    });
}

/// Fails where the labels are not those of one update; gives its number.
fn number_of(labels: &[(String, String)]) -> f64 {
    let [(_, id), (_, quoted), (_, repeated)] = labels else { panic!("other labels: {labels:?}") };
    let number: usize = id.parse().unwrap();
    assert_eq!(*quoted, format!("\"{id}\"\n"));
    assert_eq!(*repeated, id.repeat(1 + number % 5));
    number as f64
}

fn is_whole(sample: &Sample) -> bool {
    let Some(exemplar) = &sample.exemplar else { return false };
    let number = number_of(&exemplar.labels);
    assert_eq!(exemplar.timestamp, Some(number), "{sample}");
    if sample.name == "traced_total" {
        assert_eq!(exemplar.value, number, "{sample}");
    }
    true
}

/// How many exemplars are on the page, each whole; infos and times are looked at, too.
pub(crate) fn whole(page: &Page) -> usize {
    for info in page.samples().filter(|sample| sample.name == "removed_network_info") {
        number_of(&info.labels);
    }
    let times = page.samples().filter(|sample| sample.name.ends_with("_created"));
    let now = START + TIME.load(Relaxed) as f64 / 1e6;
    for time in times {
        assert!((START..=now).contains(&time.value), "{time} is {}", time.text);
    }
    page.samples().filter(|sample| is_whole(sample)).count()
}
