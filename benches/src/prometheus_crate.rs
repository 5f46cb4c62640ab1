//! The peer `prometheus` (rust-prometheus), without its protobuf encoder.

use crate::alloc;
use crate::case::{Case, Heap, OPS, Work, of};
use crate::encode_pages as page;
use crate::operands::{AMOUNTS, BOUNDS, LABELS, durations, series};
use core::hint::black_box;
use prometheus::core::Collector;
use prometheus::{
    Counter, CounterVec, Encoder, Gauge, GaugeVec, Histogram, HistogramOpts, IntCounter,
    IntCounterVec, Opts, Registry, TextEncoder,
};
use std::sync::LazyLock;

static COUNTER: LazyLock<IntCounter> = LazyLock::new(|| int_counter("bench_total"));
static AMOUNT: LazyLock<Counter> = LazyLock::new(|| counter("bench_amount_total"));
static GAUGE: LazyLock<Gauge> = LazyLock::new(|| gauge("bench_level"));
static HISTOGRAM: LazyLock<Histogram> = LazyLock::new(|| histogram("bench_seconds"));
static FAMILY: LazyLock<IntCounterVec> = LazyLock::new(|| family("bench_family_total"));
static PAGE: LazyLock<Registry> = LazyLock::new(page);

pub(crate) fn cases() -> Vec<Case> {
    of(
        "prometheus",
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
            ("mem.int_counter", Work::Heap(|| metrics(int_counter))),
            ("mem.counter", Work::Heap(|| metrics(counter))),
            ("mem.histogram14", Work::Heap(|| metrics(histogram))),
            ("mem.series", Work::Heap(all_series)),
        ],
    )
}

fn int_counter(name: &str) -> IntCounter {
    IntCounter::new(name, page::HELP).expect("a legal name")
}

fn counter(name: &str) -> Counter {
    Counter::new(name, page::HELP).expect("a legal name")
}

fn gauge(name: &str) -> Gauge {
    Gauge::new(name, page::HELP).expect("a legal name")
}

fn histogram(name: &str) -> Histogram {
    let options = HistogramOpts::new(name, page::HELP).buckets(BOUNDS.to_vec());
    Histogram::with_opts(options).expect("legal buckets")
}

fn family(name: &str) -> IntCounterVec {
    IntCounterVec::new(Opts::new(name, page::HELP), &page::LABEL_NAMES).expect("legal names")
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
            family.with_label_values(values).inc();
        }
    }
}

#[inline(never)]
fn child(passes: usize) {
    let child = FAMILY.with_label_values(&series(0));
    for _ in 0..passes * OPS {
        child.inc();
    }
}

fn page() -> Registry {
    let registry = Registry::new();
    let register = |metric: Box<dyn Collector>| registry.register(metric).expect("a new name");
    let mut values = page::values();
    let mut value = || values.next().unwrap_or(0.0);
    for index in 0..page::FAMILIES {
        let name = format!("bench_counter_{index}_total");
        let family = CounterVec::new(Opts::new(name, page::HELP), &page::LABEL_NAMES);
        let family = family.expect("legal names");
        for series in 0..page::SERIES {
            family.with_label_values(&page::labels(series)).inc_by(value());
        }
        register(Box::new(family));
    }
    for index in 0..page::FAMILIES {
        let name = format!("bench_gauge_{index}");
        let family = GaugeVec::new(Opts::new(name, page::HELP), &page::LABEL_NAMES);
        let family = family.expect("legal names");
        for series in 0..page::SERIES {
            family.with_label_values(&page::labels(series)).set(value());
        }
        register(Box::new(family));
    }
    for index in 0..page::HISTOGRAMS {
        let histogram = histogram(&format!("bench_histogram_{index}_seconds"));
        page::observations().for_each(|value| histogram.observe(value));
        register(Box::new(histogram));
    }
    for index in 0..page::GAUGES {
        let gauge = gauge(&format!("bench_level_{index}"));
        gauge.set(value());
        register(Box::new(gauge));
    }
    let mut text = Vec::new();
    write(&registry, &mut text);
    page::check(core::str::from_utf8(&text).expect("a page is text"));
    registry
}

fn write(registry: &Registry, buffer: &mut Vec<u8>) {
    buffer.clear();
    TextEncoder::new().encode(&registry.gather(), buffer).expect("a vector takes everything");
}

#[inline(never)]
fn encode(passes: usize) {
    let registry = &*PAGE;
    let mut buffer = Vec::with_capacity(1 << 18);
    for _ in 0..passes {
        write(registry, &mut buffer);
        black_box(&buffer);
    }
}

fn scrape() -> Heap {
    let registry = &*PAGE;
    let mut buffer = Vec::with_capacity(1 << 18);
    write(registry, &mut buffer);
    alloc::during(|| write(registry, &mut buffer))
}

fn metrics<M: Collector + Clone + 'static>(new: fn(&str) -> M) -> Heap {
    const COUNT: usize = 1000;
    let names: Vec<_> = (0..COUNT).map(|index| format!("bench_{index:04}_total")).collect();
    alloc::kept(COUNT, || {
        let registry = Registry::new();
        let metrics: Vec<_> = names.iter().map(|name| new(name)).collect();
        for metric in &metrics {
            registry.register(Box::new(metric.clone())).expect("a new name");
        }
        (registry, metrics)
    })
}

fn all_series() -> Heap {
    alloc::kept(page::SERIES, || {
        let family = family("bench_total");
        for series in 0..page::SERIES {
            family.with_label_values(&page::labels(series)).inc();
        }
        family
    })
}
