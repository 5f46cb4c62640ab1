//! The limits: the least that the machine must do for each workload, written by hand.

use crate::case::{Case, Heap, LIMIT, OPS, Work, of};
use crate::encode_pages as page;
use crate::operands::{AMOUNTS, BOUNDS, LABELS, SERIES, durations};
use core::cell::RefCell;
use core::hint::{black_box, select_unpredictable};
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

static TOTAL: AtomicU64 = AtomicU64::new(0);
static SUM: AtomicU64 = AtomicU64::new(0);
static LEVEL: AtomicU64 = AtomicU64::new(0);
static BUCKETS: [AtomicU64; BOUNDS.len() + 1] = [const { AtomicU64::new(0) }; BOUNDS.len() + 1];
static CHILDREN: [AtomicU64; SERIES] = [const { AtomicU64::new(0) }; SERIES];

pub(crate) fn cases() -> Vec<Case> {
    of(
        LIMIT,
        [
            ("inc.1t", Work::Passes(xadd)),
            ("inc.2t", Work::Passes(xadd)),
            ("add_f64.1t", Work::Passes(add)),
            ("gauge_set.1t", Work::Passes(store)),
            ("observe.1t", Work::Passes(observe)),
            ("observe.2t", Work::Passes(observe)),
            ("labels3.1t", Work::Passes(labels)),
            ("child.1t", Work::Passes(xadd)),
            ("encode", Work::Passes(encode)),
            ("encode_64", Work::Passes(encode_64)),
            ("alloc.scrape", Work::Heap(Heap::default)),
            ("mem.int_counter", Work::Bytes(8.0)),
            ("mem.counter", Work::Bytes(8.0)),
            ("mem.histogram14", Work::Bytes(128.0)),
            ("mem.series", Work::Bytes(56.0)),
        ],
    )
}

#[inline(never)]
fn xadd(passes: usize) {
    for _ in 0..passes * OPS {
        TOTAL.fetch_add(1, Relaxed);
    }
}

#[inline(never)]
fn add(passes: usize) {
    for _ in 0..passes {
        for amount in AMOUNTS.iter() {
            let mut sum = SUM.load(Relaxed);
            loop {
                let next = (f64::from_bits(sum) + amount).to_bits();
                match SUM.compare_exchange_weak(sum, next, Relaxed, Relaxed) {
                    Ok(_) => break,
                    Err(now) => sum = now,
                }
            }
        }
    }
}

#[inline(never)]
fn store(passes: usize) {
    for _ in 0..passes {
        for amount in AMOUNTS.iter() {
            LEVEL.store(amount.to_bits(), Relaxed);
        }
        // Otherwise nobody reads it, and the compiler leaves the stores out.
        black_box(&LEVEL);
    }
}

/// Search without branches on the data: early exit is mispredicted, counting all is longer.
#[inline]
fn bucket(value: f64) -> usize {
    let (mut base, mut size) = (0, BOUNDS.len());
    while size > 1 {
        let half = size / 2;
        let above = value > BOUNDS[base + half - 1];
        base = select_unpredictable(above, base + half, base);
        size -= half;
    }
    base + usize::from(value > BOUNDS[base])
}

#[inline(never)]
fn observe(passes: usize) {
    for pass in 0..passes {
        for duration in durations(pass) {
            BUCKETS[bucket(*duration)].fetch_add(1, Relaxed);
        }
    }
}

/// The index of a series among values known to the compiler.
#[inline]
fn known([method, code, path]: &[String; 3]) -> Option<usize> {
    let method = match method.as_bytes() {
        b"GET" => 0,
        b"POST" => 1,
        b"PUT" => 2,
        b"DELETE" => 3,
        _ => return None,
    };
    let code = match code.as_bytes() {
        b"200" => 0,
        b"404" => 1,
        b"500" => 2,
        _ => return None,
    };
    let path = match path.as_bytes() {
        b"/metrics" => 0,
        b"/api/v1/query" => 1,
        _ => return None,
    };
    Some(method + 4 * (code + 3 * path))
}

#[inline(never)]
fn labels(passes: usize) {
    for _ in 0..passes * 32 {
        for values in LABELS.iter() {
            if let Some(child) = known(values) {
                CHILDREN[child].fetch_add(1, Relaxed);
            }
        }
    }
}

/// A line: everything in front of the value, metadata included, is ready-made.
struct Line {
    prefix: String,
    value: AtomicU64,
}

/// The page as a list of lines, and room to write it.
struct Ready {
    lines: Vec<Line>,
    buffer: Vec<u8>,
}

thread_local! {
    static PAGE: RefCell<Ready> = RefCell::new(ready());
}

fn ready() -> Ready {
    let mut lines = Vec::new();
    let mut values = page::values();
    let mut push = |prefix: String, value: f64| {
        lines.push(Line { prefix, value: AtomicU64::new(value.to_bits()) });
    };
    let head =
        |name: &str, kind: &str| format!("# HELP {name} {}\n# TYPE {name} {kind}\n", page::HELP);
    for family in 0..2 * page::FAMILIES {
        let (kind, suffix) =
            if family < page::FAMILIES { ("counter", "_total") } else { ("gauge", "") };
        let name = format!("bench_{kind}_{}{suffix}", family % page::FAMILIES);
        for series in 0..page::SERIES {
            let head = if series == 0 { head(&name, kind) } else { String::new() };
            let labels: Vec<_> = (page::LABEL_NAMES.iter().zip(page::labels(series)))
                .map(|(name, value)| format!("{name}=\"{value}\""))
                .collect();
            push(format!("{head}{name}{{{}}} ", labels.join(",")), values.next().unwrap_or(0.0));
        }
    }
    for histogram in 0..page::HISTOGRAMS {
        let name = format!("bench_histogram_{histogram}_seconds");
        let mut metadata = head(&name, "histogram");
        for bound in BOUNDS.iter().chain(&[f64::INFINITY]) {
            let below = page::observations().filter(|value| value <= bound).count();
            let bound = if bound.is_finite() { format!("{bound:?}") } else { "+Inf".to_owned() };
            push(format!("{metadata}{name}_bucket{{le=\"{bound}\"}} "), below as f64);
            metadata.clear();
        }
        push(format!("{name}_sum "), page::observations().sum());
        push(format!("{name}_count "), page::observations().count() as f64);
    }
    for gauge in 0..page::GAUGES {
        let name = format!("bench_level_{gauge}");
        push(format!("{}{name} ", head(&name, "gauge")), values.next().unwrap_or(0.0));
    }
    let mut ready = Ready { lines, buffer: vec![0; 1 << 18] };
    let length = fill(&ready.lines, &mut ready.buffer);
    page::check(core::str::from_utf8(&ready.buffer[..length]).expect("prefixes are text"));
    ready
}

/// Gives the text of a value to `put`: whole numbers are shorter to format as integers.
#[inline]
fn format(value: f64, put: impl FnOnce(&[u8])) {
    let whole = value as i64;
    if whole as f64 == value {
        put(itoa::Buffer::new().format(whole).as_bytes());
    } else {
        put(zmij::Buffer::new().format_finite(value).as_bytes());
    }
}

fn fill(lines: &[Line], buffer: &mut [u8]) -> usize {
    let mut at = 0;
    let mut put = |text: &[u8]| {
        buffer[at..at + text.len()].copy_from_slice(text);
        at += text.len();
    };
    for line in lines {
        put(line.prefix.as_bytes());
        format(f64::from_bits(line.value.load(Relaxed)), &mut put);
        put(b"\n");
    }
    at
}

#[inline(never)]
fn encode(passes: usize) {
    PAGE.with_borrow_mut(|page| {
        for _ in 0..passes {
            let length = fill(&page.lines, &mut page.buffer);
            black_box(&page.buffer[..length]);
        }
    });
}

#[inline(never)]
fn encode_64(passes: usize) {
    let mut buffer = [0; 64];
    let mut at = 0;
    let mut put = |mut text: &[u8]| {
        while !text.is_empty() {
            let count = text.len().min(buffer.len() - at);
            buffer[at..at + count].copy_from_slice(&text[..count]);
            at += count;
            text = &text[count..];
            if at == buffer.len() {
                black_box(&buffer);
                at = 0;
            }
        }
    };
    PAGE.with_borrow(|page| {
        for _ in 0..passes {
            for line in &page.lines {
                put(line.prefix.as_bytes());
                format(f64::from_bits(line.value.load(Relaxed)), &mut put);
                put(b"\n");
            }
        }
    });
}
