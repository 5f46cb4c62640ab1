//! Families on the heap: as many series as there is memory for.
#![cfg(feature = "alloc")]

use nanoprom::{
    Counter, Family, FamilyCells, FmtWriter, Format, Group, GrowingCells, GrowingFamily,
    IntCounter, Metric, Overflow, Refused, Value, encode, label_names, metrics, sample_value,
};
use std::collections::HashSet;
use std::thread;

fn page(source: &'static nanoprom::Group<'static>, format: Format) -> String {
    let mut page = String::new();
    encode(source, format, &mut FmtWriter(&mut page)).unwrap();
    page
}

#[test]
fn it_shows_the_page_of_a_static_family() {
    mod growing {
        nanoprom::metrics! {
            pub static METRICS, labels = [site = "north"];
            /// Requests.
            pub static REQUESTS: GrowingFamily<Counter, 2> = "requests", labels = ["user", "path"];
            /// Times.
            pub static TIMES: GrowingFamily<Histogram<2>, 1> = "times_seconds",
                buckets = [0.5, 1.0, f64::INFINITY], labels = ["user"];
        }
        use nanoprom::{Counter, GrowingFamily, Histogram};
    }
    mod fixed {
        nanoprom::metrics! {
            pub static METRICS, labels = [site = "north"];
            /// Requests.
            pub static REQUESTS: Family<Counter, 2, 100> = "requests", labels = ["user", "path"];
            /// Times.
            pub static TIMES: Family<Histogram<2>, 1, 100> = "times_seconds",
                buckets = [0.5, 1.0], labels = ["user"];
        }
        use nanoprom::{Counter, Family, Histogram};
    }
    macro_rules! fill {
        ($m:ident) => {
            for n in 0..50 {
                let user = format!("u\\{n}\"\n");
                $m::REQUESTS.labels([&user, "/"]).unwrap().inc_by(f64::from(n) + 0.5).unwrap();
                $m::TIMES.labels([&user]).unwrap().observe(f64::from(n) / 25.0);
            }
            assert!($m::REQUESTS.remove(["u\\7\"\n", "/"]));
            assert!(!$m::REQUESTS.remove(["u\\7\"\n", "/"]));
            assert!(!$m::REQUESTS.remove(["nobody", "/"]));
        };
    }
    fill!(growing);
    fill!(fixed);
    for format in [Format::Text, Format::OpenMetrics] {
        let text = page(&growing::METRICS, format);
        assert_eq!(text, page(&fixed::METRICS, format));
        assert!(!text.contains(r#"user="u\\7\"\n",path="/"} 7.5"#), "{text}");
        let mut resumed = Vec::new();
        let mut cursor = nanoprom::Cursor::new(&growing::METRICS, format);
        let mut buf = [0; 3];
        loop {
            match cursor.read(&mut buf) {
                0 => break,
                len => resumed.extend_from_slice(&buf[..len]),
            }
        }
        assert_eq!(String::from_utf8(resumed).unwrap(), text);
    }
    let value = sample_value(
        &growing::METRICS,
        "requests_total",
        &[("site", "north"), ("path", "/"), ("user", "u\\3\"\n")],
    );
    assert_eq!(value, Some(Value::Float(3.5)));
}

#[test]
fn what_is_removed_comes_back_from_zero_at_its_place() {
    metrics! {
        static METRICS;
        /// Things.
        static THINGS: GrowingFamily<IntCounter, 2> = "things", labels = ["a", "b"];
    }
    for (a, b) in [("1", "x"), ("1", "y"), ("2", "x")] {
        THINGS.labels([a, b]).unwrap().inc_by(5);
    }
    let held = THINGS.labels(["1", "x"]).unwrap();
    assert_eq!(THINGS.remove_matching([Some("1"), None]), 2);
    assert!(page(&METRICS, Format::Text).contains("total{a=\"2\",b=\"x\"} 5\n# HELP nano"));
    held.inc();
    assert!(core::ptr::eq(held, THINGS.labels(["1", "x"]).unwrap()));
    let text = page(&METRICS, Format::Text);
    assert!(text.contains("{a=\"1\",b=\"x\"} 1\nthings_total{a=\"2\",b=\"x\"} 5\n"), "{text}");
    THINGS.clear();
    assert!(!page(&METRICS, Format::Text).contains("things_total{"));
}

#[test]
fn a_limit_refuses_and_counts() {
    static CELLS: GrowingCells = GrowingCells::with_limit(3);
    // SAFETY: the only family of these cells.
    static LIMITED: GrowingFamily<IntCounter, 1> =
        unsafe { GrowingFamily::new(&CELLS, const { &label_names!["n"] }, &[]) };
    for n in ["0", "1", "2", "0"] {
        LIMITED.labels([n]).unwrap().inc();
    }
    assert_eq!(LIMITED.labels(["3"]).err(), Some(Refused::Full));
    assert_eq!(LIMITED.labels([&"x".repeat(70_000)]).err(), Some(Refused::TooLong));
    assert_eq!(LIMITED.refused(), 2);
    assert_eq!(LIMITED.labels(["0"]).unwrap().get(), 2);
}

#[test]
fn a_hundred_thousand_children_of_four_threads_are_all_there_once() {
    const CHILDREN: usize = 100_000;
    metrics! {
        static METRICS;
        /// Users.
        static USERS: GrowingFamily<IntCounter, 2> = "users", labels = ["name", "kind"];
    }
    let seen: Vec<HashSet<usize>> = thread::scope(|scope| {
        let adders: Vec<_> = (0..4)
            .map(|start| {
                scope.spawn(move || {
                    let mut cells = HashSet::new();
                    for n in 0..CHILDREN {
                        // All want the same children, each in an order of its own.
                        let n = (n * 7919 + start * 25_000) % CHILDREN;
                        let child = USERS.labels([&n.to_string(), "guest"]).unwrap();
                        child.inc();
                        cells.insert(core::ptr::from_ref(child).addr());
                    }
                    cells
                })
            })
            .collect();
        let reader = scope.spawn(|| {
            let mut lines = 0;
            while lines < CHILDREN {
                let text = page(&METRICS, Format::Text);
                let now = text.lines().filter(|line| line.starts_with("users_total{")).count();
                assert!(now >= lines, "{now} series behind {lines}");
                lines = now;
            }
        });
        reader.join().unwrap();
        adders.into_iter().map(|adder| adder.join().unwrap()).collect()
    });
    assert!(seen.iter().all(|cells| cells.len() == CHILDREN && *cells == seen[0]));
    let text = page(&METRICS, Format::OpenMetrics);
    let lines: HashSet<_> = text.lines().filter(|line| line.starts_with("users_total{")).collect();
    assert_eq!(lines.len(), CHILDREN);
    assert!(lines.iter().all(|line| line.ends_with("\"} 4")));
}

#[test]
fn cells_that_are_dropped_take_their_series_along() {
    // A leak shows under valgrind or AddressSanitizer; here, that nothing is freed twice.
    let cells = Box::into_raw(Box::new(GrowingCells::new()));
    // SAFETY: the only family of these cells, which live until the end of this function.
    let handle = Box::into_raw(Box::new(unsafe {
        GrowingFamily::<Counter, 1>::new(&*cells, const { &label_names!["n"] }, &[])
    }));
    for n in 0..1000 {
        // SAFETY: as above.
        unsafe { &*handle }.labels([&n.to_string()]).unwrap().inc();
    }
    // SAFETY: neither family nor children are used any more.
    unsafe {
        drop(Box::from_raw(handle));
        drop(Box::from_raw(cells));
    }
}

#[test]
fn labels_by_name_are_those_by_position_in_any_order() {
    metrics! {
        static METRICS;
        /// Answers.
        static ANSWERS: GrowingFamily<IntCounter, 2> = "answers", labels = ["user", "code"];
    }
    let child = ANSWERS.labels(["ada", "200"]).unwrap();
    child.inc();
    let same = ANSWERS.labels_by_name([("code", "200"), ("user", "ada")]).unwrap();
    assert!(core::ptr::eq(child, same));
    for wrong in [[("code", "200"), ("name", "ada")], [("code", "200"), ("code", "200")]] {
        assert_eq!(ANSWERS.labels_by_name(wrong).err(), Some(Refused::LabelNames));
        assert_eq!(ANSWERS.remove_by_name(wrong), Err(Refused::LabelNames));
    }
    assert_eq!(ANSWERS.refused(), 2);
    assert!(page(&METRICS, Format::Text).contains("answers_total{user=\"ada\",code=\"200\"} 1\n"));
    assert_eq!(ANSWERS.remove_by_name([("code", "200"), ("user", "ada")]), Ok(true));
    assert_eq!(ANSWERS.remove_by_name([("user", "ada"), ("code", "200")]), Ok(false));
    assert!(!page(&METRICS, Format::Text).contains("answers_total{"));
}

/// One with so many children, that of refused labels included.
fn with_other(most: u32) -> &'static GrowingFamily<IntCounter, 2> {
    let cells = Box::leak(Box::new(GrowingCells::with_limit(most)));
    // SAFETY: these cells are nobody else's.
    let family = unsafe { GrowingFamily::new(cells, const { &label_names!["a", "b"] }, &[]) };
    Box::leak(Box::new(family.with_overflow(Overflow::Other)))
}

#[test]
fn refused_labels_are_other_as_in_a_static_family() {
    let growing = with_other(3);
    let fixed: &Family<IntCounter, 2, 3, 64> = Box::leak(Box::new(
        Family::from_mut(
            Box::leak(Box::new(FamilyCells::new())),
            const { &label_names!["a", "b"] },
            &[],
        )
        .with_overflow(Overflow::Other),
    ));
    macro_rules! fill {
        ($family:ident) => {
            $family.labels(["1", "x"]).unwrap().inc();
            let before = $family.refused();
            for n in 0..5 {
                $family.labels([&*n.to_string(), "x"]).unwrap().inc();
            }
            // Too long for a page.
            $family.labels([&*"v".repeat(70_000), ""]).unwrap().inc_by(10);
            assert_eq!($family.refused() - before, 4);
            assert_eq!($family.labels(["other", "other"]).unwrap().get(), 13);
            assert!($family.remove(["0", "x"]));
            assert!($family.remove(["other", "other"]));
            $family.labels(["9", "x"]).unwrap().inc();
        };
    }
    fill!(growing);
    fill!(fixed);
    let row = [Metric::new("x", "", growing)];
    let shown = page(Box::leak(Box::new(Group::new(Box::leak(Box::new(row))))), Format::Text);
    let row = [Metric::new("x", "", fixed)];
    assert_eq!(
        shown,
        page(Box::leak(Box::new(Group::new(Box::leak(Box::new(row))))), Format::Text)
    );
    assert!(shown.contains("x_total{a=\"other\",b=\"other\"} 1\n"), "{shown}");
}

#[test]
fn the_first_labels_of_all_may_be_refused_or_be_other() {
    let family = with_other(2);
    family.labels([&*"v".repeat(70_000), ""]).unwrap().inc();
    assert_eq!(family.labels(["other", "other"]).unwrap().get(), 1);
    let family = with_other(2);
    family.labels(["other", "other"]).unwrap().inc();
    family.labels(["a", "b"]).unwrap().inc();
    family.labels(["c", "d"]).unwrap().inc();
    assert_eq!(family.labels(["other", "other"]).unwrap().get(), 2);
    assert_eq!(family.refused(), 1);
    // All go to the only one there may be.
    let family = with_other(1);
    assert!(core::ptr::eq(family.labels(["a", "b"]).unwrap(), family.labels(["c", "d"]).unwrap()));
}

#[test]
fn a_family_whose_limit_four_threads_reach_loses_no_count() {
    let family = with_other(100);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 0..1000 {
                    family.labels([&*(n % 300).to_string(), ""]).unwrap().inc();
                }
            });
        }
    });
    let row = Box::leak(Box::new([Metric::new("x", "", family)]));
    let shown = page(Box::leak(Box::new(Group::new(row))), Format::Text);
    let values = shown.lines().filter(|line| line.starts_with("x_total{"));
    let values: Vec<u64> =
        values.map(|line| line.rsplit(' ').next().unwrap().parse().unwrap()).collect();
    assert_eq!((values.len(), values.iter().sum::<u64>()), (100, 4000));
}

metrics! {
    static OVERFLOWING;
    /// Declared with a policy.
    static DECLARED: GrowingFamily<IntCounter, 1> = "declared_total", labels = ["a"], overflow = other;
}

#[test]
fn the_policy_can_be_declared() {
    DECLARED.labels(["a"]).unwrap().inc();
    DECLARED.labels([&*"v".repeat(70_000)]).unwrap().inc();
    assert!(page(&OVERFLOWING, Format::Text).contains("declared_total{a=\"other\"} 1\n"));
}
