//! Pages read while four threads update, add, remove and register everything: each is complete and
//! valid, and nothing goes back.
//!
//! A new type of metric or of update joins by a line in the table and a line in `UPDATES`. Families that
//! are removed, or whose children are, have names that begin with `removed_`. What needs scratch memory,
//! because it is replaced or asked for, is in `torn/`.

#[path = "torn/given.rs"]
mod given;
mod golden;
#[path = "torn/replaced.rs"]
mod replaced;

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use core::time::Duration;
use golden::{checked, checked_open_metrics, rest};
use nanoprom::{
    Counter, Counter32, Cursor, Family, Format, Gauge, Group, Histogram, Histogram32, IntCounter,
    IntGauge, IntHistogram, Metric, Node, Registry, StateSet, Summary, Untyped, metrics, set_clock,
    states,
};
use nanoprom_checker::{Fault, Kind, Page, Sample, parse};
use std::collections::HashMap;
use std::thread;
use std::time::Instant;

metrics! {
    static PLUGIN;
    /// Of a group that comes and goes.
    static PLUGGED: IntCounter = "removed_plugin_total";
    /// Of the same group.
    static PLUGGED_LATENCY: Histogram<2> = "removed_plugin_seconds", buckets = [0.5, 1.0];
}

static PLUGIN_NODE: Node<'static> = Node::new(&PLUGIN);

const LENGTH: Duration = Duration::from_secs(2);
/// Pages of each way to read, however slow the machine is.
const PAGES: usize = 10;

states! {
    enum Mode { Off = "off", On = "on", Broken = "a \"broken\" one" }
}

metrics! {
    static METRICS;
    /// Whole events.
    static EVENTS: IntCounter = "events_total";
    /// Whole amounts and fractions.
    static AMOUNT: Counter = "amount_total";
    /// In 32 bits.
    static SMALL: Counter32 = "small_total";
    /// Up and down.
    static LEVEL: Gauge = "level";
    /// Up and down in whole steps.
    static STEPS: IntGauge = "steps";
    /// Whatever it is.
    static UNKNOWN: Untyped = "unknown";
    /// Observations.
    static LATENCY: Histogram<4> = "latency_seconds", buckets = [0.125, 0.25, 0.5, 1.0];
    /// Observations in ticks.
    static TICKS: IntHistogram<3> = "ticks_seconds", buckets = [100, 1000, 10_000], ticks_per_unit = 1_000;
    /// Observations in ticks and 32 bits.
    static SMALL_TICKS: Histogram32<3> = "small_ticks", buckets = [100, 1000, 10_000];
    /// Observations without buckets.
    static SIZE: Summary = "size_bytes";
    /// One of three.
    static MODE: StateSet<Mode> = "mode";
    /// Children that stay.
    static KEPT: Family<IntCounter, 2, 256, 8192> = "kept_total", labels = ["thread", "child"];
    /// Distributions that stay.
    static KEPT_LATENCY: Family<Histogram<3>, 1, 64, 1024> = "kept_seconds", buckets = [0.25, 0.5, 1.0], labels = ["child"];
    /// Soon full.
    static FULL: Family<Gauge, 1, 4> = "full", labels = ["child"];
    /// Children that come and go.
    static GONE: Family<Counter, 1, 32, 1024> = "removed_total", labels = ["child"];
    /// Distributions that come and go.
    static GONE_LATENCY: Family<Histogram<3>, 1, 8, 256> = "removed_seconds", buckets = [0.25, 0.5, 1.0], labels = ["child"];
    /// Distributions in ticks that come and go.
    static GONE_TICKS: Family<Histogram32<3>, 1, 8, 256> = "removed_ticks", buckets = [1, 2, 3], labels = ["child"];
    /// Summaries that come and go.
    static GONE_SIZE: Family<Summary, 1, 8, 256> = "removed_bytes", labels = ["child"];
}

/// A few labels, so that threads meet.
const CHILDREN: [&str; 6] = ["a", "b", "\"c\"", "d\\", "e\n", ""];

fn child(round: u64) -> &'static str {
    CHILDREN[(round / 7) as usize % CHILDREN.len()]
}

/// What each thread does in turn, with its number and that of the round.
const UPDATES: &[fn(u64, u64)] = &[
    |_, _| EVENTS.inc(),
    |_, round| AMOUNT.inc_by([1.0, 0.5, 0.1, 1e9][round as usize % 4]).unwrap(),
    |_, _| SMALL.inc(),
    |_, round| LEVEL.set(round as f64 / 3.0),
    |thread, _| STEPS.inc_by(if thread % 2 == 0 { 1 } else { -1 }),
    |_, round| UNKNOWN.set(-(round as f64)),
    |_, round| LATENCY.observe((round % 12) as f64 / 8.0),
    |_, round| TICKS.observe(round as u32 % 20_000),
    |_, round| SMALL_TICKS.observe(round as u32 % 20_000),
    |_, round| SIZE.observe((round % 100) as f64),
    |_, round| MODE.set([Mode::Off, Mode::On, Mode::Broken][round as usize % 3]),
    |thread, round| {
        let (thread, at) = (thread.to_string(), (round / 50 % 60).to_string());
        KEPT.labels([&thread, &at]).unwrap().inc();
    },
    |_, round| {
        let at = (round / 50 % 60).to_string();
        KEPT_LATENCY.labels([&at]).unwrap().observe((round % 12) as f64 / 8.0);
    },
    |_, round| {
        let _ = FULL.labels([child(round)]).map(|gauge| gauge.set(1.0));
    },
    |_, round| {
        GONE.labels([child(round)]).unwrap().inc();
        if round % 5 == 0 {
            GONE.remove([child(round + 20)]);
        }
        if round % 97 == 0 {
            GONE.remove_matching([Some(child(round))]);
        }
    },
    |_, round| {
        GONE_LATENCY.labels([child(round)]).unwrap().observe((round % 12) as f64 / 8.0);
        GONE_TICKS.labels([child(round)]).unwrap().observe(round as u32 % 5);
        GONE_SIZE.labels([child(round)]).unwrap().observe(2.0);
        match round % 11 {
            0 => GONE_LATENCY.clear(),
            3 => GONE_TICKS.clear(),
            6 => drop(GONE_SIZE.remove([child(round)])),
            8 => drop(GONE_LATENCY.remove([child(round)])),
            _ => {}
        }
    },
    |thread, round| {
        if thread == 0 && round % 64 == 0 {
            register_another();
        }
    },
    |thread, round| {
        PLUGGED.inc();
        PLUGGED_LATENCY.observe(0.75);
        // Often within a page for a while, then long enough to be on one.
        if thread == 0 && round % 9 == 0 {
            let _ = REGISTRY.register(&PLUGIN_NODE);
        } else if thread == 0 && round % 9 == 5 && round % 20_000 < 5_000 {
            REGISTRY.unregister(&PLUGIN_NODE).unwrap();
        }
    },
    replaced::update,
    given::update,
];

static REGISTRY: Registry<'static> = Registry::new();
static REGISTERED: AtomicU64 = AtomicU64::new(0);

/// Registers a group that lives as long as the process, up to a number that keeps pages short.
fn register_another() {
    let number = REGISTERED.load(Relaxed);
    if number < 40 {
        let value: &'static IntCounter = Box::leak(Box::new(IntCounter::new()));
        value.inc_by(number);
        let name = format!("registered_{number}_total").leak();
        let rows = vec![Metric::new(name, "Registered.", value)].leak();
        let node = Node::new(Box::leak(Box::new(Group::new(rows))));
        REGISTRY.register(Box::leak(Box::new(node))).unwrap();
        REGISTERED.store(number + 1, Relaxed);
    }
}

type Series = (String, Vec<(String, String)>);

fn series(sample: &Sample) -> Series {
    (sample.name.clone(), sample.labels.clone())
}

/// Whether the sample may only grow, as long as its child is not removed.
fn grows(kind: Kind) -> bool {
    matches!(kind, Kind::Counter | Kind::Histogram | Kind::Summary)
}

/// Whether the group that comes and goes is there; then it is there as a whole.
fn has_whole_plugin(page: &Page) -> bool {
    let samples = page.samples().filter(|sample| sample.name.starts_with("removed_plugin"));
    match samples.count() {
        0 => false,
        // A total, three buckets, sum and count.
        6 => true,
        _ => panic!("a part of a group is on the page"),
    }
}

/// Compares a page with what the same reader saw before.
fn compare(page: &Page, seen: &mut HashMap<Series, f64>) {
    let mut missing = seen.clone();
    for family in &page.families {
        for sample in family.samples.iter().filter(|_| !family.name.starts_with("removed")) {
            let series = series(sample);
            missing.remove(&series);
            if let Some(before) = seen.insert(series, sample.value) {
                let went_back = grows(family.kind) && sample.value < before;
                assert!(!went_back, "{sample} went from {before} back to {}", sample.text);
            }
        }
    }
    assert!(missing.is_empty(), "series that nobody removed are gone: {missing:?}");
    let modes = page.samples().filter(|sample| sample.name == "mode");
    assert_eq!(modes.map(|mode| mode.value).sum::<f64>(), 1.0, "exactly one mode");
}

/// Whether all that is wrong with a text page is that a child has a creation time and no value: the times
/// are a family of their own, behind the values, and the child came to life between the two.
fn is_born_meanwhile(page: &[u8]) -> bool {
    let is_birth =
        |fault: &Fault| fault.sentence.contains(" is the creation time of no metric of ");
    parse(page).is_err_and(|faults| faults.iter().all(is_birth))
}

/// Reads pages until the time is over, in portions of `size` bytes.
fn scrape(format: Format, size: usize) -> usize {
    let (start, mut pages, mut seen) = (Instant::now(), 0, HashMap::new());
    let (mut plugins, mut exemplars) = (0, 0);
    while start.elapsed() < LENGTH || pages < PAGES {
        let before = REGISTERED.load(Relaxed);
        let bytes = rest(Cursor::new(&REGISTRY, format), size);
        // The checker knows that buckets are cumulative, that `_count` is the last, and where a page ends.
        let page = match format {
            Format::OpenMetrics => checked_open_metrics(&bytes),
            _ if is_born_meanwhile(&bytes) => continue,
            _ => checked(&bytes),
        };
        compare(&page, &mut seen);
        exemplars += replaced::whole(&page);
        given::whole(&page);
        plugins += usize::from(has_whole_plugin(&page));
        let registered = page.families.iter().filter(|it| it.name.starts_with("registered"));
        assert!(registered.count() as u64 >= before);
        pages += 1;
    }
    assert!(seen.len() > 100, "only {} series", seen.len());
    assert!(plugins > 0, "the group that comes and goes was on none of {pages} pages");
    assert_eq!(exemplars > 0, format == Format::OpenMetrics, "{exemplars} exemplars");
    pages
}

#[test]
fn nothing_goes_back_and_every_page_is_whole_while_everything_changes() {
    static MAIN: Node = Node::new(&METRICS);
    static REPLACED: Node = Node::new(&replaced::METRICS);
    static GIVEN: Node = Node::new(&given::METRICS);
    for node in [&MAIN, &REPLACED, &GIVEN] {
        REGISTRY.register(node).unwrap();
    }
    set_clock(replaced::clock);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for number in 0..4 {
            let stop = &stop;
            scope.spawn(move || {
                let mut round = 0;
                while !stop.load(Relaxed) {
                    UPDATES.iter().for_each(|update| update(number, round));
                    round += 1;
                }
            });
        }
        let readers: Vec<_> = [
            (Format::Text, 4096),
            (Format::Text, 1),
            (Format::OpenMetrics, 61),
            (Format::OpenMetrics, 1),
        ]
        .map(|(format, size)| scope.spawn(move || scrape(format, size)))
        .into();
        let read: Vec<_> = readers.into_iter().map(|reader| reader.join()).collect();
        // Whatever a reader found, the other threads must end.
        stop.store(true, Relaxed);
        for pages in read {
            assert!(pages.unwrap_or_else(|fault| std::panic::resume_unwind(fault)) >= PAGES);
        }
    });
    assert!(REGISTERED.load(Relaxed) > 1);
}
