//! Families: what fits, what is refused, what returns, and who else is asking at the same time.

mod golden;

use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
use golden::{checked, page};
use nanoprom::{
    Counter, Family, FamilyCells, Gauge, Group, Histogram, Histogram32, IntCounter, IntHistogram,
    LAYOUT, Metric, Refused, for_each_sample, label_names,
};
use std::sync::Barrier;
use std::thread;

/// A family of its own for each test, for as long as the process lives.
macro_rules! family {
    ($child:ty, $names:expr, $series:expr, $text:expr) => {{
        static CELLS: FamilyCells<$child, { $names.len() }, $series, $text> = FamilyCells::new();
        static NAMES: [nanoprom::LabelName<'static>; $names.len()] = $names;
        static FAMILY: Family<$child, { $names.len() }, $series, $text> =
            // SAFETY: the only family of these cells.
            unsafe { Family::new(&CELLS, &NAMES) };
        &FAMILY
    }};
}

/// The page of a single family called `x`.
macro_rules! page_of {
    ($family:expr) => {
        checked(page(&Group::new(&[Metric::new("x", "", $family)])).as_bytes())
    };
}

/// How many refusals the page shows for the family `x`.
#[track_caller]
fn refused_on(page: &nanoprom_checker::Page, name: &str) -> u64 {
    let sample = page.sample("nanoprom_series_refused_total", &[("family", name)]);
    sample.unwrap().u64().unwrap()
}

#[test]
fn the_same_values_give_the_same_child() {
    let family = family!(IntCounter, label_names!["a", "b"], 4, 32);
    let first = family.labels(["x", "y"]).unwrap();
    family.labels(["y", "x"]).unwrap().inc();
    assert!(core::ptr::eq(first, family.labels(["x", "y"]).unwrap()));
    first.inc();
    assert_eq!(family.labels(["x", "y"]).unwrap().get(), 1);
}

#[test]
fn a_full_family_refuses_new_children_counts_that_and_keeps_the_old_ones() {
    let family = family!(IntCounter, label_names!["n"], 5, 32);
    for n in ["0", "1", "2", "3", "4"] {
        family.labels([n]).unwrap().inc();
    }
    for n in ["5", "6", "5"] {
        assert_eq!(family.labels([n]).err(), Some(Refused::Full));
    }
    for n in ["0", "1", "2", "3", "4"] {
        family.labels([n]).unwrap().inc();
    }
    assert_eq!(family.refused(), 3);
    let page = page_of!(family);
    assert_eq!(refused_on(&page, "x_total"), 3);
    assert_eq!(page.family("x_total").unwrap().samples.len(), 5);
    assert!(page.family("x_total").unwrap().samples.iter().all(|s| s.u64() == Some(2)));
}

#[test]
fn label_text_is_shared_and_a_full_one_refuses_only_what_does_not_fit() {
    // Four series share 44 bytes; each takes four for `{n="` and the length of its value.
    let family = family!(IntCounter, label_names!["n"], 4, 11);
    family.labels([&*"a".repeat(25)]).unwrap();
    assert_eq!(family.labels(["123456789012"]).err(), Some(Refused::TextFull));
    family.labels(["1234567"]).unwrap();
    assert_eq!(family.labels(["1"]).err(), Some(Refused::TextFull));
    family.labels([""]).unwrap();
    family.labels([&*"a".repeat(25)]).unwrap();
    assert_eq!(family.refused(), 2);
    assert_eq!(page_of!(family).family("x_total").unwrap().samples.len(), 3);
}

#[test]
fn a_record_refused_for_its_text_is_not_lost() {
    let family = family!(IntCounter, label_names!["n"], 2, 8);
    for _ in 0..100 {
        assert_eq!(family.labels(["1234567890123"]).err(), Some(Refused::TextFull));
    }
    family.labels(["1234"]).unwrap();
    family.labels(["5678"]).unwrap();
    assert_eq!(family.refused(), 100);
}

#[test]
fn labels_longer_than_65535_bytes_are_refused() {
    let family = family!(IntCounter, label_names!["n"], 2, 70_000);
    for len in [70_000, 65_536, 65_532] {
        assert_eq!(family.labels([&*"v".repeat(len)]).err(), Some(Refused::TooLong));
    }
    let longest = "v".repeat(65_531);
    family.labels([&*longest]).unwrap().inc();
    assert_eq!(family.refused(), 3);
    let page = page_of!(family);
    assert_eq!(page.sample("x_total", &[("n", &longest)]).unwrap().u64(), Some(1));
}

#[test]
fn values_are_told_apart_by_where_they_are_split() {
    let family = family!(IntCounter, label_names!["a", "b"], 16, 32);
    let pairs = [["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"], ["", ""]];
    for (n, pair) in pairs.into_iter().enumerate() {
        family.labels(pair).unwrap().inc_by(n as u64 + 1);
    }
    let page = page_of!(family);
    for (n, [a, b]) in pairs.into_iter().enumerate() {
        let sample = page.sample("x_total", &[("a", a), ("b", b)]).unwrap();
        assert_eq!(sample.u64(), Some(n as u64 + 1));
    }
}

#[test]
fn values_with_equal_hashes_are_different_children() {
    // Both ends, the middle and the lengths are alike, and nothing else is hashed.
    let value = |n: u32| format!("/api/v1/users/{n:06}/profile/of/the/settings");
    let family = family!(IntCounter, label_names!["path"], 2000, 56);
    for n in 0..2000 {
        family.labels([&*value(n)]).unwrap().inc_by(u64::from(n));
    }
    assert!(family.labels(["/api/v1/users/nobody/profile/of/the/settings"]).is_err());
    let page = page_of!(family);
    for n in 0..2000 {
        let sample = page.sample("x_total", &[("path", &value(n))]).unwrap();
        assert_eq!(sample.u64(), Some(u64::from(n)));
    }
}

#[test]
fn a_family_may_hold_thousands_of_series() {
    let family = family!(IntCounter, label_names!["n"], 5000, 8);
    for round in 0..2 {
        for n in 0..5000 {
            let child = family.labels([&*n.to_string()]).unwrap();
            assert_eq!(child.get(), round * n);
            child.inc_by(n);
        }
    }
    assert_eq!(page_of!(family).family("x_total").unwrap().samples.len(), 5000);
    assert_eq!(family.refused(), 0);
}

#[test]
fn a_removed_child_is_gone_and_returns_from_zero() {
    let family = family!(Counter, label_names!["n"], 4, 32);
    family.labels(["a"]).unwrap().inc_by(1.5).unwrap();
    family.labels(["b"]).unwrap().inc();
    assert!(family.remove(["a"]));
    assert!(!family.remove(["a"]), "it is gone already");
    assert!(!family.remove(["c"]), "it never was there");
    let page = page_of!(family);
    assert!(page.sample("x_total", &[("n", "a")]).is_none());
    assert_eq!(page.sample("x_total", &[("n", "b")]).unwrap().u64(), Some(1));
    assert_eq!(family.labels(["a"]).unwrap().get(), 0.0);
    assert!(page_of!(family).sample("x_total", &[("n", "a")]).is_some());
    assert_eq!(family.refused(), 0, "removing is not a refusal");
}

#[test]
fn what_a_held_handle_adds_to_a_removed_child_shows_when_it_returns() {
    let family = family!(IntCounter, label_names!["n"], 4, 32);
    let held = family.labels(["a"]).unwrap();
    held.inc_by(5);
    assert!(family.remove(["a"]));
    assert_eq!(held.get(), 0);
    held.inc_by(2);
    assert!(page_of!(family).sample("x_total", &[("n", "a")]).is_none());
    assert!(core::ptr::eq(held, family.labels(["a"]).unwrap()));
    assert_eq!(page_of!(family).sample("x_total", &[("n", "a")]).unwrap().u64(), Some(2));
}

#[test]
fn clear_removes_all_children_and_keeps_their_room_for_the_same_values() {
    let family = family!(Gauge, label_names!["n"], 3, 32);
    for n in ["a", "b", "c"] {
        family.labels([n]).unwrap().set(7.0);
    }
    family.clear();
    assert!(page_of!(family).family("x").unwrap().samples.is_empty());
    assert_eq!(family.labels(["d"]).err(), Some(Refused::Full));
    for n in ["c", "a", "b"] {
        assert_eq!(family.labels([n]).unwrap().get(), 0.0);
    }
    assert_eq!(page_of!(family).family("x").unwrap().samples.len(), 3);
}

#[test]
fn a_removed_histogram_returns_without_observations() {
    static CELLS: FamilyCells<Histogram<2>, 1, 2, 8> = FamilyCells::new();
    static FAMILY: Family<Histogram<2>, 1, 2, 8> =
        // SAFETY: the only family of these cells.
        unsafe { Family::with_buckets(&CELLS, &label_names!["n"], &[1.0, 2.0]) };
    let held = FAMILY.labels(["a"]).unwrap();
    for value in [0.5, 1.5, 2.5] {
        held.observe(value);
    }
    assert!(FAMILY.remove(["a"]));
    let child = FAMILY.labels(["a"]).unwrap();
    assert_eq!((child.count(), child.sum()), (0, 0.0));
    held.observe(1.5);
    assert_eq!((child.count(), child.bucket(1)), (1, Some(1)));
}

#[test]
fn a_removed_histogram_of_ticks_returns_without_observations() {
    macro_rules! returns_from_zero {
        ($child:ident, $ticks_per_unit:expr) => {
            static CELLS: FamilyCells<$child<2>, 1, 2, 8> = FamilyCells::new();
            static FAMILY: Family<$child<2>, 1, 2, 8> =
                // SAFETY: the only family of these cells.
                unsafe { Family::with_buckets(&CELLS, &label_names!["n"], &[1, 2]) }
                        .with_ticks_per_unit($ticks_per_unit);
            let held = FAMILY.labels(["a"]).unwrap();
            for ticks in [0, 1, 2, 3, u32::MAX] {
                held.observe(ticks);
            }
            FAMILY.clear();
            assert_eq!((held.count(), held.sum()), (0, 0));
            held.observe(2);
            let child = FAMILY.labels(["a"]).unwrap();
            assert_eq!((child.count(), child.bucket(1), child.sum()), (1, Some(1), 2));
            let page = page_of!(&FAMILY);
            let sum = page.sample("x_sum", &[("n", "a")]).unwrap().value;
            assert_eq!(sum, 2.0 / f64::from($ticks_per_unit));
        };
    }
    {
        returns_from_zero!(Histogram32, 1_000);
    }
    {
        returns_from_zero!(IntHistogram, 1);
    }
}

#[test]
fn threads_that_create_the_same_children_get_one_of_each() {
    const THREADS: usize = 8;
    const SERIES: usize = 200;
    // One record more for each thread: each may hold one that another thread is about to win.
    type Children = Family<IntCounter, 2, { SERIES + THREADS }, 20>;
    let values: Vec<_> =
        (0..SERIES).map(|n| [format!("{n:04}"), format!("{:04}", n * 7)]).collect();
    // Threads rarely meet at one child, so they try often.
    for _ in 0..200 {
        let cells = Box::leak(Box::new(FamilyCells::new()));
        let names = Box::leak(Box::new(label_names!["a", "b"]));
        let family = Children::from_mut(cells, names, &[]);
        let start = Barrier::new(THREADS);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    start.wait();
                    for [a, b] in &values {
                        family.labels([a, b]).unwrap().inc();
                    }
                });
            }
        });
        let page = checked(page(&Group::new(&[Metric::new("x", "", &family)])).as_bytes());
        assert_eq!(page.family("x_total").unwrap().samples.len(), SERIES);
        for sample in &page.family("x_total").unwrap().samples {
            assert_eq!(sample.u64(), Some(THREADS as u64), "{sample}");
        }
        assert_eq!(refused_on(&page, "x_total"), 0);
    }
}

#[test]
fn records_and_text_that_lost_a_race_are_used_again() {
    const THREADS: usize = 4;
    const SERIES: usize = 100;
    // Room for exactly these series and their text.
    type Children = Family<IntCounter, 1, SERIES, 8>;
    for _ in 0..50 {
        let cells = Box::leak(Box::new(FamilyCells::new()));
        let family = Children::from_mut(cells, Box::leak(Box::new(label_names!["n"])), &[]);
        let start = Barrier::new(THREADS);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    start.wait();
                    for n in 0..SERIES {
                        // Refused where another thread is stopped with the last record.
                        let _ = family.labels([&*format!("{n:04}")]);
                    }
                });
            }
        });
        for n in 0..SERIES {
            assert!(family.labels([&*format!("{n:04}")]).is_ok(), "{n}");
        }
    }
}

#[test]
fn refusals_are_counted_exactly_by_all_threads() {
    let family = family!(IntCounter, label_names!["n"], 1, 8);
    family.labels(["only"]).unwrap();
    thread::scope(|scope| {
        for n in 0..8 {
            scope.spawn(move || {
                for _ in 0..1000 {
                    assert!(family.labels([&*n.to_string()]).is_err());
                    family.labels(["only"]).unwrap().inc();
                }
            });
        }
    });
    assert_eq!(family.refused(), 8000);
    assert_eq!(refused_on(&page_of!(family), "x_total"), 8000);
    assert_eq!(family.labels(["only"]).unwrap().get(), 8000);
}

#[test]
fn a_child_that_is_removed_and_asked_for_all_the_time_never_shows_a_value_it_never_had() {
    /// More than the steps that are made, and less than what a torn total shows.
    const MANY: f64 = 4e9;
    static CELLS: FamilyCells<Histogram<9>, 1, 2, 8> = FamilyCells::new();
    static FAMILY: Family<Histogram<9>, 1, 2, 8> =
        // SAFETY: the only family of these cells.
        unsafe {
            Family::with_buckets(
                &CELLS,
                &label_names!["n"],
                &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
            )
        };
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for step in (0_u32..).take_while(|_| !done.load(Relaxed)) {
                let child = FAMILY.labels(["a"]).unwrap();
                child.observe(f64::from(step % 10));
            }
        });
        scope.spawn(|| {
            while !done.load(Relaxed) {
                FAMILY.remove(["a"]);
            }
        });
        let row = [Metric::new("x", "", &FAMILY)];
        let group = Group::new(&row);
        let mut pages = 0;
        while pages < 2000 {
            for_each_sample(&group, |sample| {
                let value = sample.value().as_f64();
                // Between several cores, this layout may show any value once (docs/design.md).
                assert!(LAYOUT == "split32" || value < MANY, "{} {value}", sample.name());
            });
            pages += 1;
        }
        done.store(true, Relaxed);
    });
    FAMILY.labels(["a"]).unwrap();
    let page = page_of!(&FAMILY);
    assert!(page.sample("x_count", &[("n", "a")]).unwrap().value < MANY);
}
