//! Our own crate.

use crate::alloc;
use crate::case::{Case, Heap, OPS, OURS, Work, of};
use crate::encode_pages as page;
use crate::operands::{AMOUNTS, LABELS, durations, series};
use core::hint::black_box;
use nanoprom::{
    Counter, Cursor, DEFAULT_BUCKETS, Family, FamilyCells, Format, Gauge, Histogram,
    HistogramCells, IntCounter, metrics,
};
use std::sync::Once;

metrics! {
    static HOT;
    /// What the benchmark counts.
    static COUNTER: Counter = "bench_total";
    /// What the benchmark counts.
    static AMOUNT: Counter = "bench_amount_total";
    /// What the benchmark counts.
    static GAUGE: Gauge = "bench_level";
    /// What the benchmark counts.
    static HISTOGRAM: Histogram<14> = "bench_seconds", buckets = DEFAULT_BUCKETS;
    /// What the benchmark counts.
    static FAMILY: Family<Counter, 3, 24> = "bench_family_total", labels = ["method", "code", "path"];
}

metrics! {
    static PAGE;
    /// What the benchmark counts.
    static COUNTER_0: Family<Counter, 3, 120> = "bench_counter_0_total", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static COUNTER_1: Family<Counter, 3, 120> = "bench_counter_1_total", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static COUNTER_2: Family<Counter, 3, 120> = "bench_counter_2_total", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static COUNTER_3: Family<Counter, 3, 120> = "bench_counter_3_total", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static GAUGE_0: Family<Gauge, 3, 120> = "bench_gauge_0", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static GAUGE_1: Family<Gauge, 3, 120> = "bench_gauge_1", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static GAUGE_2: Family<Gauge, 3, 120> = "bench_gauge_2", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static GAUGE_3: Family<Gauge, 3, 120> = "bench_gauge_3", labels = ["method", "code", "path"];
    /// What the benchmark counts.
    static HISTOGRAM_0: Histogram<14> = "bench_histogram_0_seconds", buckets = DEFAULT_BUCKETS;
    /// What the benchmark counts.
    static HISTOGRAM_1: Histogram<14> = "bench_histogram_1_seconds", buckets = DEFAULT_BUCKETS;
    /// What the benchmark counts.
    static LEVEL_0: Gauge = "bench_level_0";
    /// What the benchmark counts.
    static LEVEL_1: Gauge = "bench_level_1";
    /// What the benchmark counts.
    static LEVEL_2: Gauge = "bench_level_2";
    /// What the benchmark counts.
    static LEVEL_3: Gauge = "bench_level_3";
    /// What the benchmark counts.
    static LEVEL_4: Gauge = "bench_level_4";
    /// What the benchmark counts.
    static LEVEL_5: Gauge = "bench_level_5";
}

/// Bytes of label text of the page's series, on average, rounded up. Peers keep their label values on
/// the heap, exactly as long as they are.
const LABEL_TEXT: usize = 17;

pub(crate) fn cases() -> Vec<Case> {
    let series = size_of::<FamilyCells<Counter, 3, { page::SERIES }, LABEL_TEXT>>();
    of(
        OURS,
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
            ("encode_64", Work::Passes(encode_64)),
            ("alloc.scrape", Work::Heap(scrape)),
            ("mem.int_counter", Work::Bytes(size_of::<IntCounter>() as f64)),
            ("mem.counter", Work::Bytes(size_of::<Counter>() as f64)),
            ("mem.histogram14", Work::Bytes(size_of::<HistogramCells<14>>() as f64)),
            ("mem.series", Work::Bytes(series as f64 / page::SERIES as f64)),
        ],
    )
}

#[inline(never)]
fn inc(passes: usize) {
    for _ in 0..passes * OPS {
        COUNTER.inc();
    }
}

#[inline(never)]
fn add(passes: usize) {
    for _ in 0..passes {
        for amount in AMOUNTS.iter() {
            AMOUNT.inc_by(*amount).expect("a positive amount");
        }
    }
}

#[inline(never)]
fn set(passes: usize) {
    for _ in 0..passes {
        for amount in AMOUNTS.iter() {
            GAUGE.set(*amount);
        }
        // Otherwise nobody reads it, and the compiler leaves the stores out.
        black_box(&GAUGE);
    }
}

#[inline(never)]
fn observe(passes: usize) {
    for pass in 0..passes {
        for duration in durations(pass) {
            HISTOGRAM.observe(*duration);
        }
    }
}

#[inline(never)]
fn labels(passes: usize) {
    for _ in 0..passes * 32 {
        for [method, code, path] in LABELS.iter() {
            FAMILY.labels([method, code, path]).expect("room for all series").inc();
        }
    }
}

#[inline(never)]
fn child(passes: usize) {
    let child = FAMILY.labels(series(0)).expect("room for all series");
    for _ in 0..passes * OPS {
        child.inc();
    }
}

fn fill_page() {
    let mut values = page::values();
    let mut value = || values.next().unwrap_or(0.0);
    for family in [&COUNTER_0, &COUNTER_1, &COUNTER_2, &COUNTER_3] {
        for series in 0..page::SERIES {
            let child = family.labels(page::labels(series)).expect("room for all series");
            child.inc_by(value()).expect("a positive amount");
        }
    }
    for family in [&GAUGE_0, &GAUGE_1, &GAUGE_2, &GAUGE_3] {
        for series in 0..page::SERIES {
            family.labels(page::labels(series)).expect("room for all series").set(value());
        }
    }
    for histogram in [&HISTOGRAM_0, &HISTOGRAM_1] {
        page::observations().for_each(|value| histogram.observe(value));
    }
    for gauge in [&LEVEL_0, &LEVEL_1, &LEVEL_2, &LEVEL_3, &LEVEL_4, &LEVEL_5] {
        gauge.set(value());
    }
    let mut buffer = vec![0; 1 << 18];
    let length = Cursor::new(&PAGE, Format::Text).read(&mut buffer);
    page::check(core::str::from_utf8(&buffer[..length]).expect("a page is text"));
}

fn write(buffer: &mut [u8]) {
    static FILLED: Once = Once::new();
    FILLED.call_once(fill_page);
    let mut cursor = Cursor::new(&PAGE, Format::Text);
    loop {
        match cursor.read(buffer) {
            0 => return,
            count => black_box(&buffer[..count]),
        };
    }
}

#[inline(never)]
fn encode(passes: usize) {
    let mut buffer = vec![0; 1 << 18];
    for _ in 0..passes {
        write(&mut buffer);
    }
}

#[inline(never)]
fn encode_64(passes: usize) {
    let mut buffer = [0; 64];
    for _ in 0..passes {
        write(&mut buffer);
    }
}

fn scrape() -> Heap {
    let mut buffer = vec![0; 1 << 18];
    write(&mut buffer);
    alloc::during(|| write(&mut buffer))
}
