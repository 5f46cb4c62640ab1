//! Sentences of Prometheus' "Writing client libraries" that no other test is about.
//! `docs/conformance.md` has the whole list.

mod golden;

use golden::{agreed, page};
use nanoprom::{
    Counter, Counter32, DEFAULT_BUCKETS, Family, Gauge, Gauge32, Group, Histogram, IntCounter,
    IntGauge, Metric, Node, Registry, Summary, exponential_bounds, linear_bounds, metrics,
};

#[test]
fn counters_and_gauges_start_at_0_and_inc_and_dec_are_1() {
    macro_rules! check {
        ($type:ty) => {{
            let cell = <$type>::new();
            assert_eq!(cell.get() as f64, 0.0);
            cell.inc();
            assert_eq!(cell.get() as f64, 1.0);
            cell
        }};
    }
    check!(Counter);
    check!(IntCounter);
    check!(Counter32);
    let (gauge, whole, small) = (check!(Gauge), check!(IntGauge), check!(Gauge32));
    gauge.dec();
    whole.dec();
    small.dec();
    assert_eq!((gauge.get(), whole.get(), small.get()), (0.0, 0, 0));
    gauge.inc_by(2.5);
    gauge.dec_by(1.0);
    whole.inc_by(5);
    whole.dec_by(8);
    small.inc_by(5);
    small.dec_by(8);
    assert_eq!((gauge.get(), whole.get(), small.get()), (1.5, -3, -3));
}

#[test]
fn metrics_without_labels_are_on_the_page_before_anything_happened() {
    metrics! {
        static METRICS;
        /// A total.
        static TOTAL: Counter = "total_seen";
        /// A level.
        static LEVEL: Gauge = "level";
        /// Observations.
        static SIZE: Summary = "size";
        /// Observations in buckets.
        static LATENCY: Histogram<1> = "latency", buckets = [1.0];
    }
    let (page, _) = agreed(&METRICS);
    let samples: Vec<_> =
        page.samples().map(|sample| format!("{} {}", sample.name, sample.text)).collect();
    assert_eq!(
        samples,
        [
            "total_seen_total 0",
            "level 0",
            "size_sum 0",
            "size_count 0",
            "latency_bucket 0",
            "latency_bucket 0",
            "latency_sum 0",
            "latency_count 0",
        ]
    );
}

#[test]
fn labels_alone_makes_a_child_of_0_that_can_be_kept() {
    metrics! {
        static METRICS;
        /// Responses.
        static RESPONSES: Family<Counter, 1, 4> = "responses_total", labels = ["code"];
    }
    let kept: &'static Counter = RESPONSES.labels(["200"]).unwrap();
    assert!(page(&METRICS).contains("responses_total{code=\"200\"} 0\n"));
    kept.inc();
    assert!(page(&METRICS).contains("responses_total{code=\"200\"} 1\n"));
}

#[test]
fn a_family_may_have_many_labels() {
    metrics! {
        static METRICS;
        /// Of everything.
        static ALL: Family<Gauge, 12, 2, 64> = "all",
            labels = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    }
    let values = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    ALL.labels(values).unwrap().set(1.0);
    let (page, _) = agreed(&METRICS);
    let sample = &page.family("all").unwrap().samples[0];
    assert_eq!(sample.labels.len(), 12);
    assert_eq!(sample.label("l"), Some("12"));
}

#[test]
fn the_default_buckets_are_those_of_other_libraries() {
    metrics! {
        static METRICS;
        /// Time to answer.
        static LATENCY: Histogram<14> = "latency_seconds", buckets = DEFAULT_BUCKETS;
    }
    LATENCY.observe(10.0);
    LATENCY.observe(10.5);
    let (page, _) = agreed(&METRICS);
    let bounds: Vec<_> = page.samples().filter_map(|sample| sample.label("le")).collect();
    assert_eq!(
        bounds.join(" "),
        "0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1.0 2.5 5.0 7.5 10.0 +Inf"
    );
    assert_eq!(page.sample("latency_seconds_bucket", &[("le", "10.0")]).unwrap().u64(), Some(1));
}

#[test]
fn the_helpers_for_buckets_do_not_count_the_last_one() {
    assert_eq!(linear_bounds::<4>(1.0, 0.5), [1.0, 1.5, 2.0, 2.5]);
    assert_eq!(exponential_bounds::<4>(1.0, 10.0), [1.0, 10.0, 100.0, 1000.0]);
}

#[test]
fn bounds_may_be_read_from_a_file() {
    let file = "0.5 1 2.5 10";
    let mut bounds = [0.0; 4];
    for (bound, text) in bounds.iter_mut().zip(file.split(' ')) {
        *bound = text.parse().unwrap();
    }
    let latency = Histogram::new(Box::leak(Box::default()), Box::leak(Box::new(bounds)));
    latency.observe(2.0);
    let rows = [Metric::new("latency_seconds", "", &latency)];
    let (page, _) = agreed(&Group::new(&rows));
    let buckets: Vec<_> = page
        .samples()
        .filter_map(|sample| Some(format!("{} {}", sample.label("le")?, sample.text)))
        .collect();
    assert_eq!(buckets, ["0.5 0", "1.0 0", "2.5 1", "10.0 1", "+Inf 1"]);
}

#[test]
fn the_librarys_version_is_an_info() {
    let (page, _) = agreed(&nanoprom::BUILD_INFO);
    let labels = [("version", env!("CARGO_PKG_VERSION")), ("layout", nanoprom::LAYOUT)];
    assert_eq!(page.sample("nanoprom_build_info", &labels).unwrap().u64(), Some(1));
}

#[test]
fn a_group_may_be_in_several_registries() {
    static HITS: Counter = Counter::new();
    static GROUP: Group<'static> = {
        const ROWS: &[Metric<'static>] = &[Metric::new("hits_total", "Hits.", &HITS)];
        Group::new(ROWS)
    };
    static NODES: [Node<'static>; 2] = [Node::new(&GROUP), Node::new(&GROUP)];
    static REGISTRIES: [Registry<'static>; 2] = [Registry::new(), Registry::new()];
    HITS.inc();
    for (registry, node) in REGISTRIES.iter().zip(&NODES) {
        registry.register(node).unwrap();
        assert!(page(registry).ends_with("\nhits_total 1\n"));
    }
}

#[test]
fn metrics_need_no_registry_to_be_tested() {
    let hits = Counter::new();
    let rows = [Metric::new("hits_total", "Hits.", &hits)];
    let group = Group::new(&rows);
    hits.inc();
    assert_eq!(
        nanoprom::sample_value(&group, "hits_total", &[]),
        Some(nanoprom::Value::Float(1.0))
    );
}
