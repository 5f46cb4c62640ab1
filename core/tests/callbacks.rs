//! Values that are asked for: functions, and closures that take along what they ask.

mod golden;

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use golden::{FORMATS, agreed, rest};
use nanoprom::{CounterFn, Cursor, GaugeFn, Group, Metric, metrics};

static GAUGE_ASKED: AtomicU32 = AtomicU32::new(0);
static COUNTER_ASKED: AtomicU32 = AtomicU32::new(0);

fn level() -> f64 {
    f64::from(GAUGE_ASKED.fetch_add(1, Relaxed)) + 1e9 / 3.0
}

fn total() -> f64 {
    f64::from(COUNTER_ASKED.fetch_add(1, Relaxed)) + 1e9 / 3.0
}

metrics! {
    static METRICS;
    /// Other at each call.
    static LEVEL: GaugeFn = "level", function = level;
    /// The same.
    static TOTAL: CounterFn = "asked", function = total;
}

#[test]
fn a_function_is_asked_once_for_a_page_whatever_its_portions() {
    let mut pages = 0;
    for format in FORMATS {
        for size in [1, 2, 7, 64, 4096] {
            let page = String::from_utf8(rest(Cursor::new(&METRICS, format), size)).unwrap();
            let number = f64::from(pages) + 1e9 / 3.0;
            assert!(page.contains(&format!("\nlevel {number}\n")), "{page}");
            assert!(page.contains(&format!("\nasked_total {number}\n")), "{page}");
            pages += 1;
            assert_eq!((GAUGE_ASKED.load(Relaxed), COUNTER_ASKED.load(Relaxed)), (pages, pages));
        }
    }
}

#[test]
fn closures_are_asked_for_what_they_take_along() {
    let devices = [("eth0", AtomicU32::new(7)), ("eth1", AtomicU32::new(9))];
    let depths = devices.each_ref().map(|(_, depth)| GaugeFn::new(|| depth.load(Relaxed).into()));
    let sent = CounterFn::new(move || 2.5);
    let rows = [
        Metric::new("eth0_depth", "", &depths[0]),
        Metric::new("eth1_depth", "", &depths[1]),
        Metric::new("sent", "", &sent),
    ];
    let group = Group::new(&rows);
    nanoprom::check(&group).unwrap();
    let (page, _) = agreed(&group);
    let values: Vec<_> = page.samples().map(|sample| sample.value).collect();
    assert_eq!(values, [7.0, 9.0, 2.5]);
    devices[1].1.store(10, Relaxed);
    assert_eq!(agreed(&group).0.sample("eth1_depth", &[]).unwrap().value, 10.0);
}
