//! The peer `prometheus-client`, the official client library. It writes OpenMetrics only.

use crate::alloc;
use crate::case::{Case, Heap, OPS, Work, of};
use crate::encode_pages as page;
use crate::operands::{AMOUNTS, BOUNDS, LABELS, durations, series};
use core::hint::black_box;
use core::sync::atomic::AtomicU64;
use prometheus_client::encoding::{EncodeLabelSet, text::encode as write};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};
use std::sync::LazyLock;

type FloatCounter = Counter<f64, AtomicU64>;
type FloatGauge = Gauge<f64, AtomicU64>;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: String,
    code: String,
    path: String,
}

impl<S: AsRef<str>> From<&[S; 3]> for Labels {
    fn from([method, code, path]: &[S; 3]) -> Self {
        let [method, code, path] = [method, code, path].map(|value| value.as_ref().to_owned());
        Self { method, code, path }
    }
}

static COUNTER: LazyLock<Counter> = LazyLock::new(Counter::default);
static AMOUNT: LazyLock<FloatCounter> = LazyLock::new(FloatCounter::default);
static GAUGE: LazyLock<FloatGauge> = LazyLock::new(FloatGauge::default);
static HISTOGRAM: LazyLock<Histogram> = LazyLock::new(histogram);
static FAMILY: LazyLock<Family<Labels, Counter>> = LazyLock::new(Family::default);
static PAGE: LazyLock<Registry> = LazyLock::new(page);

pub(crate) fn cases() -> Vec<Case> {
    of(
        "prometheus-client",
        [
            ("inc.1t", Work::Passes(inc)),
            ("inc.2t", Work::Passes(inc)),
            ("add_f64.1t", Work::Passes(add)),
            ("gauge_set.1t", Work::Passes(set)),
            ("observe.1t", Work::Passes(observe)),
            ("observe.2t", Work::Passes(observe)),
            ("labels3.1t", Work::Passes(labels)),
            ("child.1t", Work::Passes(child)),
            ("encode", Work::Passes(encode)),
            ("alloc.scrape", Work::Heap(scrape)),
            ("mem.int_counter", Work::Heap(|| metrics(Counter::<u64>::default))),
            ("mem.counter", Work::Heap(|| metrics(FloatCounter::default))),
            ("mem.histogram14", Work::Heap(|| metrics(histogram))),
            ("mem.series", Work::Heap(all_series)),
        ],
    )
}

fn histogram() -> Histogram {
    Histogram::new(BOUNDS)
}

#[inline(never)]
fn inc(passes: usize) {
    let counter = &*COUNTER;
    for _ in 0..passes * OPS {
        counter.inc();
    }
}

#[inline(never)]
fn add(passes: usize) {
    let counter = &*AMOUNT;
    for _ in 0..passes {
        for amount in AMOUNTS.iter() {
            counter.inc_by(*amount);
        }
    }
}

#[inline(never)]
fn set(passes: usize) {
    let gauge = &*GAUGE;
    for _ in 0..passes {
        for amount in AMOUNTS.iter() {
            gauge.set(*amount);
        }
        black_box(gauge);
    }
}

#[inline(never)]
fn observe(passes: usize) {
    let histogram = &*HISTOGRAM;
    for pass in 0..passes {
        for duration in durations(pass) {
            histogram.observe(*duration);
        }
    }
}

#[inline(never)]
fn labels(passes: usize) {
    let family = &*FAMILY;
    for _ in 0..passes * 32 {
        for values in LABELS.iter() {
            family.get_or_create(&Labels::from(values)).inc();
        }
    }
}

#[inline(never)]
fn child(passes: usize) {
    let child = FAMILY.get_or_create_owned(&Labels::from(&series(0)));
    for _ in 0..passes * OPS {
        child.inc();
    }
}

fn page() -> Registry {
    let mut registry = Registry::default();
    let mut values = page::values();
    let mut value = || values.next().unwrap_or(0.0);
    for index in 0..page::FAMILIES {
        let family = Family::<Labels, FloatCounter>::default();
        for series in 0..page::SERIES {
            family.get_or_create(&Labels::from(&page::labels(series))).inc_by(value());
        }
        registry.register(format!("bench_counter_{index}"), page::HELP, family);
    }
    for index in 0..page::FAMILIES {
        let family = Family::<Labels, FloatGauge>::default();
        for series in 0..page::SERIES {
            family.get_or_create(&Labels::from(&page::labels(series))).set(value());
        }
        registry.register(format!("bench_gauge_{index}"), page::HELP, family);
    }
    for index in 0..page::HISTOGRAMS {
        let histogram = histogram();
        page::observations().for_each(|value| histogram.observe(value));
        registry.register(format!("bench_histogram_{index}_seconds"), page::HELP, histogram);
    }
    for index in 0..page::GAUGES {
        let gauge = FloatGauge::default();
        gauge.set(value());
        registry.register(format!("bench_level_{index}"), page::HELP, gauge);
    }
    let mut text = String::new();
    write(&mut text, &registry).expect("a string takes everything");
    page::check(&text);
    registry
}

#[inline(never)]
fn encode(passes: usize) {
    let registry = &*PAGE;
    let mut buffer = String::with_capacity(1 << 18);
    for _ in 0..passes {
        buffer.clear();
        write(&mut buffer, registry).expect("a string takes everything");
        black_box(&buffer);
    }
}

fn scrape() -> Heap {
    let registry = &*PAGE;
    let mut buffer = String::with_capacity(1 << 18);
    alloc::during(|| write(&mut buffer, registry).expect("a string takes everything"))
}

fn metrics<M: Metric + Clone>(new: fn() -> M) -> Heap {
    const COUNT: usize = 1000;
    let names: Vec<_> = (0..COUNT).map(|index| format!("bench_{index:04}")).collect();
    alloc::kept(COUNT, || {
        let mut registry = Registry::default();
        let metrics: Vec<_> = (0..COUNT).map(|_| new()).collect();
        for (name, metric) in names.iter().zip(&metrics) {
            registry.register(name, page::HELP, metric.clone());
        }
        (registry, metrics)
    })
}

fn all_series() -> Heap {
    alloc::kept(page::SERIES, || {
        let family = Family::<Labels, Counter>::default();
        for series in 0..page::SERIES {
            family.get_or_create(&Labels::from(&page::labels(series))).inc();
        }
        family
    })
}
