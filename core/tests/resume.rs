//! A page read in portions of any size is the same page, and stays whole while everything changes.

mod golden;

use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
use golden::{FORMATS, Golden, PAGES, checked, read, rest};
use nanoprom::{Counter, Cursor, Family, Format, Gauge, Histogram, IntCounter, IntGauge, metrics};
use std::thread;

/// Every golden page in both formats.
fn pages() -> impl Iterator<Item = (&'static Golden, Format)> {
    PAGES.iter().flat_map(|golden| FORMATS.map(|format| (golden, format)))
}

#[test]
fn every_buffer_size_gives_the_same_bytes() {
    for (golden, format) in pages() {
        let new = || Cursor::new(golden.group(), format);
        let whole = rest(new(), 1 << 20);
        for size in 1..=whole.len() {
            assert!(rest(new(), size) == whole, "{} bytes", size);
        }
    }
}

#[test]
fn buffers_of_changing_sizes_give_the_same_bytes() {
    for (golden, format) in pages() {
        let new = || Cursor::new(golden.group(), format);
        let whole = rest(new(), 1 << 20);
        let mut cursor = new();
        let (mut page, mut buf, mut size) = (Vec::new(), [0; 97], 1);
        loop {
            let len = cursor.read(&mut buf[..size]);
            if len == 0 {
                break;
            }
            page.extend_from_slice(&buf[..len]);
            size = size * 31 % 97;
        }
        assert!(page == whole, "{}", golden.name);
    }
}

#[test]
fn every_buffer_but_the_last_is_filled_and_the_end_stays_the_end() {
    for (golden, format) in pages() {
        let new = || Cursor::new(golden.group(), format);
        let whole = rest(new(), 1 << 20).len();
        for size in [1, 7, 64, 1000] {
            let mut cursor = new();
            let mut buf = vec![0; size];
            for at in (0..whole).step_by(size) {
                assert_eq!(cursor.read(&mut buf), size.min(whole - at));
            }
            assert_eq!([cursor.read(&mut buf), cursor.read(&mut buf)], [0, 0]);
        }
    }
}

#[test]
fn an_empty_buffer_takes_nothing_and_loses_nothing() {
    for (golden, format) in pages() {
        let new = || Cursor::new(golden.group(), format);
        let whole = rest(new(), 1 << 20);
        let mut cursor = new();
        let (mut page, mut buf) = (Vec::new(), [0; 3]);
        loop {
            assert_eq!(cursor.read(&mut []), 0);
            match cursor.read(&mut buf) {
                0 => break,
                len => page.extend_from_slice(&buf[..len]),
            }
        }
        assert!(page == whole, "{}", golden.name);
    }
}

#[test]
fn two_interleaved_cursors_do_not_disturb_each_other() {
    for (golden, format) in pages() {
        let new = || Cursor::new(golden.group(), format);
        let whole = rest(new(), 1 << 20);
        let mut readers = [(new(), Vec::new(), 5), (new(), Vec::new(), 13)];
        let mut running = true;
        while running {
            running = false;
            for (cursor, page, size) in &mut readers {
                let mut buf = vec![0; *size];
                let len = cursor.read(&mut buf);
                page.extend_from_slice(&buf[..len]);
                running |= len > 0;
            }
        }
        for (_, page, _) in readers {
            assert!(page == whole, "{}", golden.name);
        }
    }
}

#[test]
fn a_clone_goes_on_where_the_original_was() {
    for (golden, format) in pages() {
        let new = || Cursor::new(golden.group(), format);
        let whole = rest(new(), 1 << 20);
        let mut cursor = new();
        for at in 0..whole.len().min(1500) {
            assert!(rest(cursor.clone(), 512) == whole[at..], "{at}");
            assert_eq!(cursor.read(&mut [0]), 1);
        }
    }
}

#[test]
fn a_family_that_grows_under_a_cursor_shows_each_series_at_most_once_and_whole() {
    metrics! {
        static METRICS;
        /// One child more after each read.
        static GROWING: Family<IntCounter, 1, 60> = "growing_total", labels = ["number"];
        /// One child more after each read.
        static BUCKETS: Family<Histogram<2>, 1, 60> = "growing_seconds",
            buckets = [1.0, 2.0], labels = ["number"];
        /// Comes behind them.
        static BEHIND: Gauge = "behind";
    }
    let add = |number: u64| {
        let name = format!("number {number}");
        GROWING.labels([&name]).unwrap().inc_by(number);
        BUCKETS.labels([&name]).unwrap().observe(1.5);
    };
    for size in 1..=200 {
        GROWING.clear();
        BUCKETS.clear();
        (0..8).for_each(add);
        let mut cursor = Cursor::new(&METRICS, Format::Text);
        let (mut page, mut buf, mut next) = (Vec::new(), vec![0; size], 8);
        loop {
            match cursor.read(&mut buf) {
                0 => break,
                len => page.extend_from_slice(&buf[..len]),
            }
            if next < 60 {
                add(next);
                next += 1;
            }
        }
        let page = checked(&page);
        for number in 0..8_u64 {
            let label = [("number", &*format!("number {number}"))];
            let counter = page.sample("growing_total", &label).unwrap();
            assert_eq!(counter.u64(), Some(number));
            let count = page.sample("growing_seconds_count", &label).unwrap();
            assert_eq!(count.u64(), Some(1));
        }
        assert!(page.sample("behind", &[]).is_some());
    }
}

/// Values whose texts differ in length, so that a line that changed midway would show.
const VALUES: [f64; 4] = [7.0, -1.2345678901234567e-300, 0.1, f64::INFINITY];
const WHOLE: [i64; 3] = [0, i64::MIN, 12_345_678];

metrics! {
    static CHANGING;
    /// Set to one of four values.
    static GAUGE: Gauge = "gauge";
    /// Set to one of three values.
    static INTEGER: IntGauge = "integer";
    /// Grows by 0.25.
    static COUNTER: Counter = "counter_total";
    /// Observes all the time.
    static HISTOGRAM: Histogram<5> = "histogram", buckets = [1.0, 10.0, 100.0, 1e3, 1e4];
    /// Observes all the time.
    static FAMILY: Family<Histogram<3>, 2, 8> = "family", buckets = [1.0, 10.0, 100.0],
        labels = ["a", "b"];
    /// Is removed and returns all the time.
    static COMING: Family<IntGauge, 1, 8> = "coming", labels = ["name"];
}

fn change(step: usize) {
    GAUGE.set(VALUES[step % VALUES.len()]);
    INTEGER.set(WHOLE[step % WHOLE.len()]);
    COUNTER.inc_by(0.25).unwrap();
    let value = 7_f64.powi((step % 7) as i32);
    HISTOGRAM.observe(value);
    FAMILY.labels(["x", ["long value", "y"][step % 2]]).unwrap().observe(value);
    if step.is_multiple_of(3) {
        COMING.remove(["now and then"]);
    } else {
        COMING.labels(["now and then"]).unwrap().set(-5);
    }
}

/// What must hold for a page of [`CHANGING`], whenever it was read.
fn is_sound(page: &[u8]) {
    let page = checked(page);
    let gauge = page.sample("gauge", &[]).unwrap().value;
    assert!(gauge == 0.0 || VALUES.contains(&gauge), "{gauge}");
    let integer = page.sample("integer", &[]).unwrap().i64().unwrap();
    assert!(WHOLE.contains(&integer), "{integer}");
    let counter = page.sample("counter_total", &[]).unwrap().value;
    assert_eq!(counter * 4.0 % 1.0, 0.0, "{counter}");
    if let Some(coming) = page.sample("coming", &[("name", "now and then")]) {
        assert!([Some(0), Some(-5)].contains(&coming.i64()), "{coming:?}");
    }
    for sample in page.samples().filter(|sample| sample.label("le") == Some("+Inf")) {
        let mut labels: Vec<_> = sample.labels.iter().map(|(n, v)| (&**n, &**v)).collect();
        labels.retain(|(name, _)| *name != "le");
        let name = sample.name.replace("_bucket", "_count");
        assert_eq!(page.sample(&name, &labels).unwrap().u64(), sample.u64());
    }
}

/// The two tests below change the same metrics, one after the other.
static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());

#[test]
fn lines_stay_whole_while_values_change_between_reads() {
    let _turn = TURN.lock();
    let mut step = 0;
    for size in 1..=64 {
        let mut cursor = Cursor::new(&CHANGING, Format::Text);
        let (mut page, mut buf) = (Vec::new(), vec![0; size]);
        loop {
            match cursor.read(&mut buf) {
                0 => break,
                len => page.extend_from_slice(&buf[..len]),
            }
            change(step);
            step += 1;
        }
        is_sound(&page);
    }
}

#[test]
fn lines_stay_whole_while_threads_change_values() {
    let _turn = TURN.lock();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for seed in 0..2 {
            let done = &done;
            scope.spawn(move || {
                let mut step = seed * 1000;
                while !done.load(Relaxed) {
                    change(step);
                    step += 1;
                }
            });
        }
        for round in 0..500 {
            is_sound(&read(&CHANGING, 1 + round % 64));
        }
        done.store(true, Relaxed);
    });
}
