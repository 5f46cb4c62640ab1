//! Families whose refused labels go to one child called `other`.

mod golden;

use golden::{checked, page};
use nanoprom::{
    Family, FamilyCells, Group, Histogram, IntCounter, Metric, Overflow, Refused, check,
    label_names,
};
use std::sync::Barrier;
use std::thread;

type Counts<const N: usize, const T: usize> = Family<IntCounter, 2, N, T>;

fn family<const N: usize, const T: usize>() -> Counts<N, T> {
    let cells = Box::leak(Box::new(FamilyCells::new()));
    let names = Box::leak(Box::new(label_names!["a", "b"]));
    Family::from_mut(cells, names, &[]).with_overflow(Overflow::Other)
}

fn page_of<const N: usize, const T: usize>(family: &Counts<N, T>) -> nanoprom_checker::Page {
    checked(page(&Group::new(&[Metric::new("x", "", family)])).as_bytes())
}

const OTHER: [(&str, &str); 2] = [("a", "other"), ("b", "other")];

#[test]
fn what_has_no_room_is_counted_as_other_and_as_refused() {
    let family = family::<3, 48>();
    for n in 0..5 {
        family.labels([&*n.to_string(), "x"]).unwrap().inc_by(1);
        // Those that are there keep their own counts.
        family.labels(["0", "x"]).unwrap().inc_by(10);
    }
    let page = page_of(&family);
    assert_eq!(page.family("x_total").unwrap().samples.len(), 3);
    assert_eq!(page.sample("x_total", &[("a", "0"), ("b", "x")]).unwrap().u64(), Some(51));
    assert_eq!(page.sample("x_total", &[("a", "1"), ("b", "x")]).unwrap().u64(), Some(1));
    assert_eq!(page.sample("x_total", &OTHER).unwrap().u64(), Some(3));
    let refused = page.sample("nanoprom_series_refused_total", &[("family", "x_total")]);
    assert_eq!(refused.unwrap().u64(), Some(3));
}

#[test]
fn other_is_not_on_the_page_before_it_is_used() {
    let family = family::<3, 48>();
    family.labels(["a", "b"]).unwrap();
    assert_eq!(page_of(&family).family("x_total").unwrap().samples.len(), 1);
}

#[test]
fn who_asks_for_other_gets_the_same_child() {
    let family = family::<3, 48>();
    let explicit = family.labels(["other", "other"]).unwrap();
    explicit.inc();
    assert_eq!(family.refused(), 0);
    family.labels(["a", "a"]).unwrap();
    family.labels(["other", "x"]).unwrap();
    let folded = family.labels(["c", "c"]).unwrap();
    assert!(core::ptr::eq(explicit, folded));
    folded.inc();
    assert_eq!(family.labels(["other", "other"]).unwrap().get(), 2);
    assert_eq!(family.refused(), 1);
    assert_eq!(page_of(&family).family("x_total").unwrap().samples.len(), 3);
}

#[test]
fn text_that_is_full_or_too_long_goes_to_other_whose_own_text_is_kept_back() {
    // `{a="other",b="other` takes 19 of the 64 bytes, `{a="",b="` nine besides the values.
    let family = family::<4, 16>();
    family.labels([&*"v".repeat(46), ""]).unwrap().inc();
    assert_eq!(family.refused(), 1);
    family.labels([&*"v".repeat(36), ""]).unwrap().inc();
    assert_eq!(family.refused(), 1, "just fits");
    family.labels(["", ""]).unwrap().inc();
    family.labels([&*"v".repeat(70_000), ""]).unwrap().inc();
    assert_eq!(family.refused(), 3);
    let page = page_of(&family);
    assert_eq!(page.sample("x_total", &OTHER).unwrap().u64(), Some(3));
    assert_eq!(page.family("x_total").unwrap().samples.len(), 2);
}

#[test]
fn other_is_removed_and_returns_from_zero_like_any_child() {
    let family = family::<2, 48>();
    for n in ["0", "1", "2"] {
        family.labels([n, n]).unwrap().inc();
    }
    assert!(family.remove(["other", "other"]));
    assert!(!family.remove(["other", "other"]));
    assert!(page_of(&family).sample("x_total", &OTHER).is_none());
    family.labels(["3", "3"]).unwrap().inc();
    assert_eq!(page_of(&family).sample("x_total", &OTHER).unwrap().u64(), Some(1));
    assert_eq!(family.remove_matching([Some("other"), None]), 1);
    family.clear();
    assert!(page_of(&family).family("x_total").unwrap().samples.is_empty());
}

#[test]
fn wrong_names_are_still_an_error() {
    let family = family::<2, 48>();
    let wrong = family.labels_by_name([("a", "1"), ("c", "1")]);
    assert_eq!(wrong.err(), Some(Refused::LabelNames));
    assert!(page_of(&family).family("x_total").unwrap().samples.is_empty());
}

#[test]
fn histograms_overflow_too() {
    nanoprom::metrics! {
        static METRICS;
        /// Durations.
        static DURATIONS: Family<Histogram<2>, 1, 2> = "durations_seconds",
            buckets = [1.0, 2.0], labels = ["path"], overflow = other;
    }
    for path in ["/", "/a", "/b"] {
        DURATIONS.labels([path]).unwrap().observe(1.5);
    }
    let page = checked(page(&METRICS).as_bytes());
    let other = page.sample("durations_seconds_count", &[("path", "other")]);
    assert_eq!(other.unwrap().u64(), Some(2));
}

#[test]
fn the_check_finds_a_family_that_has_no_room_for_other() {
    let fault = |metric| check(&Group::new(&[metric])).unwrap_err().to_string();
    let text = family::<2, 9>();
    assert!(fault(Metric::new("x", "", &text)).contains("less label text than its child `other`"));
    let alone = family::<1, 48>();
    assert!(fault(Metric::new("x", "", &alone)).contains("no room beside its child `other`"));
    assert!(check(&Group::new(&[Metric::new("x", "", &family::<2, 10>())])).is_ok());
    // Nobody looked at the check: an error, and no harm.
    assert_eq!(text.labels(["a", "a"]).map(|_| ()), Ok(()));
    assert_eq!(text.labels(["b", "b"]).err(), Some(Refused::TextFull));
    assert_eq!(alone.labels(["other", "other"]).map(|_| ()), Ok(()));
}

#[test]
fn no_count_is_lost_when_threads_meet_in_a_new_family() {
    const THREADS: u64 = 4;
    const EACH: u64 = 12;
    for round in 0..300 {
        let family = family::<4, 24>();
        let start = Barrier::new(THREADS as usize);
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (family, start) = (&family, &start);
                scope.spawn(move || {
                    start.wait();
                    for step in 0..EACH {
                        let n = (step + thread * round) % 7;
                        // Some ask for it by name, at the very first.
                        let labels = if n == 0 { "other".to_owned() } else { n.to_string() };
                        family.labels([&*labels, &*labels]).unwrap().inc();
                    }
                });
            }
        });
        let page = page_of(&family);
        let samples = &page.family("x_total").unwrap().samples;
        assert!(samples.len() <= 4);
        assert!(page.sample("x_total", &OTHER).is_some());
        let sum: u64 = samples.iter().map(|sample| sample.u64().unwrap()).sum();
        assert_eq!(sum, THREADS * EACH);
    }
}
