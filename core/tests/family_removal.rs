//! Families: series that are taken off the page, by pattern, all the time, and for good.

mod golden;

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use golden::{checked, page};
use nanoprom::{
    Created, Cursor, Family, FamilyCells, Format, Group, Histogram, IntCounter, LabelName, Metric,
    label_names,
};
use std::thread;

/// A family of its own for each test, for as long as the process lives.
fn family<const L: usize, const N: usize, const T: usize>(
    names: [LabelName<'static>; L],
) -> Family<IntCounter, L, N, T> {
    Family::from_mut(Box::leak(Box::new(FamilyCells::new())), Box::leak(Box::new(names)), &[])
}

/// How many series the page shows, which is checked.
fn shown<const L: usize, const N: usize, const T: usize>(
    family: &Family<IntCounter, L, N, T>,
) -> usize {
    let page = checked(page(&Group::new(&[Metric::new("x", "", family)])).as_bytes());
    page.family("x_total").unwrap().samples.len()
}

#[test]
fn a_pattern_removes_the_children_with_its_values_and_no_others() {
    let family = family::<2, 16, 48>(label_names!["device", "direction"]);
    let fill = || {
        for device in ["eth0", "eth1", "eth", ""] {
            for direction in ["in", "out", "", "a\"b\\c\nd"] {
                family.labels([device, direction]).unwrap().inc();
            }
        }
    };
    fill();
    assert_eq!(family.remove_matching([Some("eth0"), None]), 4);
    assert_eq!(family.remove_matching([Some("eth0"), None]), 0, "they are gone already");
    assert_eq!(family.remove_matching([None, Some("in")]), 3);
    assert_eq!(family.remove_matching([Some(""), Some("")]), 1, "empty is a value");
    assert_eq!(family.remove_matching([None, Some("a\"b\\c\nd")]), 3, "as given, not as escaped");
    assert_eq!(family.remove_matching([Some("eth"), Some("nowhere")]), 0);
    assert_eq!(shown(&family), 16 - 4 - 3 - 1 - 3);
    assert_eq!(family.labels(["eth1", "out"]).unwrap().get(), 1, "untouched");
    fill();
    assert_eq!(family.labels(["eth0", "in"]).unwrap().get(), 1, "back from zero");
    assert_eq!(family.remove_matching([None, None]), 16);
    assert_eq!(shown(&family), 0);
    assert_eq!(family.refused(), 0);
}

#[test]
fn a_held_handle_of_a_matching_child_stays_valid() {
    let family = family::<1, 2, 16>(label_names!["n"]);
    let held = family.labels(["a"]).unwrap();
    held.inc_by(5);
    assert_eq!(family.remove_matching([Some("a")]), 1);
    held.inc_by(2);
    assert_eq!(shown(&family), 0);
    assert_eq!(family.labels(["a"]).unwrap().get(), 2);
}

/// The value of a child is always a multiple of a number that only its labels have, whoever removes it
/// at the moment: a count that went to another series would show.
#[test]
fn series_that_are_removed_while_they_are_updated_are_shown_whole_or_not() {
    const NAMES: [&str; 6] = ["a", "bb", "c\"c\n", "dddddddd\\", "ééé", ""];
    // More than the 36 that come: while one thread adds the last, another is refused after a while.
    let family = family::<2, 40, 64>(label_names!["one", "two"]);
    let number =
        |one: usize, two: usize| [2, 3, 5, 7, 11, 13][one] * [17, 19, 23, 29, 31, 37][two] as u64;
    let (done, removed) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        for thread in 0..2 {
            let (family, done) = (&family, &done);
            scope.spawn(move || {
                for step in (0..).take_while(|_| !done.load(Relaxed)) {
                    let (one, two) = (step % 6, (step / 6 + thread) % 6);
                    let child = family.labels([NAMES[one], NAMES[two]]).unwrap();
                    child.inc_by(number(one, two));
                }
            });
        }
        scope.spawn(|| {
            for step in (0..).take_while(|_| !done.load(Relaxed)) {
                let name = NAMES[step % 6];
                let count = match step % 4 {
                    0 => family.remove_matching([Some(name), None]),
                    1 => family.remove_matching([None, Some(name)]),
                    2 => u32::from(family.remove([name, NAMES[step / 6 % 6]])),
                    _ => {
                        family.clear();
                        1
                    }
                };
                removed.fetch_add(u64::from(count), Relaxed);
                thread::yield_now();
            }
        });
        let row = [Metric::new("x", "", &family)];
        let group = Group::new(&row);
        let mut pages = 0;
        while pages < 300 || removed.load(Relaxed) < 300 {
            // Checked: whole lines, and each series once.
            let page = checked(page(&group).as_bytes());
            for sample in &page.family("x_total").unwrap().samples {
                let at = |label: &str| {
                    let value = sample.label(label).unwrap();
                    NAMES.iter().position(|name| *name == value).unwrap()
                };
                let number = number(at("one"), at("two"));
                // Where totals have two words, a removal beside an addition may show any value once.
                if nanoprom::LAYOUT != "split32" {
                    assert_eq!(sample.u64().unwrap() % number, 0, "{sample}");
                }
            }
            pages += 1;
        }
        done.store(true, Relaxed);
    });
    assert_eq!(family.refused(), 0);
}

#[test]
fn a_removed_histogram_that_is_observed_stays_one_histogram() {
    static CELLS: FamilyCells<Histogram<2>, 1, 2, 8> = FamilyCells::new();
    static FAMILY: Family<Histogram<2>, 1, 2, 8> =
        // SAFETY: the only family of these cells.
        unsafe { Family::with_buckets(&CELLS, &label_names!["n"], &[1.0, 2.0]) };
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let held = FAMILY.labels(["a"]).unwrap();
            for step in 0..100_000 {
                held.observe(f64::from(step % 3));
                if step % 64 == 0 {
                    FAMILY.labels(["a"]).unwrap();
                }
            }
            done.store(true, Relaxed);
        });
        scope.spawn(|| {
            while !done.load(Relaxed) {
                FAMILY.remove_matching([None]);
                thread::yield_now();
            }
        });
        let row = [Metric::new("x", "", &FAMILY)];
        let group = Group::new(&row);
        while !done.load(Relaxed) {
            // Checked: cumulative buckets, and a count that is the last one.
            checked(page(&group).as_bytes());
        }
    });
    // What was observed while it was hidden comes back with it.
    FAMILY.labels(["a"]).unwrap();
    FAMILY.clear();
    let child = FAMILY.labels(["a"]).unwrap();
    assert_eq!((child.count(), child.sum()), (0, 0.0));
}

#[test]
fn reclaimed_records_and_text_are_used_for_other_labels_and_the_rest_stays() {
    let family = family::<2, 8, 28>(label_names!["a", "b"]);
    let value = |n: u32| if n.is_multiple_of(3) { format!("\"{n}") } else { format!("{n:07}") };
    for round in 0..50_u32 {
        // What a round removes makes room, in records and in text, for as much.
        for n in 8 * round..8 * round + 8 {
            let labels = value(n);
            let child = family.labels([&*labels, "x"]).unwrap();
            assert_eq!(child.get(), 0, "{n}");
            child.inc_by(u64::from(n) + 1);
        }
        assert!(family.labels(["full", ""]).is_err());
        let held: Vec<_> = (8 * round..8 * round + 8).map(|n| (n, value(n))).collect();
        let (gone, stay): (Vec<_>, Vec<_>) = held.iter().partition(|(n, _)| (n + round) % 3 > 0);
        for (_, labels) in &gone {
            let handle = family.labels([labels, "x"]).unwrap();
            assert!(family.remove([labels, "x"]));
            // Never seen: whoever gets the record begins at 0.
            handle.inc_by(1_000_000);
        }
        // SAFETY: no other thread, no cursor, and no handle to a removed child is used behind this.
        assert_eq!(unsafe { family.reclaim() }, gone.len() as u32);
        assert_eq!(shown(&family), stay.len());
        for (n, labels) in &stay {
            assert_eq!(family.labels([labels, "x"]).unwrap().get(), u64::from(*n) + 1);
        }
        for (_, labels) in stay {
            assert!(family.remove([labels, "x"]));
        }
        // SAFETY: as above.
        unsafe { family.reclaim() };
        // SAFETY: as above.
        assert_eq!(unsafe { family.reclaim() }, 0);
        assert_eq!(shown(&family), 0);
    }
}

#[test]
fn the_child_other_keeps_its_room_when_a_family_is_reclaimed() {
    let family = family::<1, 2, 16>(label_names!["n"]).with_overflow(nanoprom::Overflow::Other);
    for name in ["first", "second", "third", "fourth"] {
        family.labels([name]).unwrap().inc();
        family.labels(["refused, whatever comes"]).unwrap().inc();
        family.clear();
        // SAFETY: no other thread, no cursor, and no handle is used behind this.
        assert_eq!(unsafe { family.reclaim() }, 1);
    }
    assert_eq!(family.labels(["other"]).unwrap().get(), 0);
    assert_eq!(family.labels(["fifth"]).unwrap().get(), 0);
    assert_eq!(shown(&family), 2);
}

/// A family of three children whose memory nobody needs: reclaimed under a page, nothing is seen to move.
fn three<M: nanoprom::Child>() -> &'static Family<M, 1, 8, 16> {
    let names = Box::leak(Box::new(label_names!["n"]));
    let family = Family::from_mut(Box::leak(Box::new(FamilyCells::new())), names, &[]);
    for name in ["first", "second", "third"] {
        family.labels([name]).unwrap();
    }
    Box::leak(Box::new(family))
}

/// Reads into the line of the first child, reclaims, and goes on.
fn reclaim_under_a_page<M: nanoprom::Child>() {
    let family = three::<M>();
    let rows = [Metric::new("x", "", family)];
    let group = Group::new(&rows);
    let mut cursor = Cursor::new(&group, Format::Text);
    assert_eq!(cursor.read(&mut [0; 40]), 40);
    // SAFETY: no text moves, and no record gets other labels.
    unsafe { family.reclaim() };
    while cursor.read(&mut [0; 40]) > 0 {}
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "reclaimed while a page was inside it"))]
fn debug_builds_see_a_page_that_is_inside_a_reclaimed_family() {
    reclaim_under_a_page::<IntCounter>();
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "reclaimed while a page was inside it"))]
fn also_where_its_children_have_creation_times() {
    reclaim_under_a_page::<Created<IntCounter>>();
}

#[test]
fn pages_that_are_outside_or_not_read_on_are_no_mistake() {
    let (family, other) = (three::<IntCounter>(), three::<IntCounter>());
    let rows = [Metric::new("x", "", family), Metric::new("y", "", other)];
    let group = Group::new(&rows);
    let [mut abandoned, mut before, mut behind] =
        [Format::Text; 3].map(|format| Cursor::new(&group, format));
    abandoned.read(&mut [0; 40]);
    // Inside the second family.
    behind.read(&mut [0; 140]);
    // SAFETY: the first page is not read on, the second has not begun, the third is elsewhere.
    unsafe { family.reclaim() };
    while behind.read(&mut [0; 40]) > 0 {}
    while before.read(&mut [0; 40]) > 0 {}
}
