//! Families sized at run time, in memory that the program gives them.

mod golden;

use core::mem::MaybeUninit;
use golden::{agreed, open_metrics, page};
use nanoprom::{
    Child, Counter, Counter32, Family, FamilyCells, FamilyIn, Group, Histogram, Histogram32,
    IntCounter, LabelName, Metric, Overflow, Refused, Unfit, check, label_names,
};

/// Memory that nobody has set to zero.
fn memory(words: usize) -> &'static mut [MaybeUninit<u64>] {
    vec![MaybeUninit::new(u64::MAX / 3); words].leak()
}

fn names(names: &[&str]) -> &'static [LabelName<'static>] {
    let name = |name: &&str| LabelName::new_in(vec![0; name.len() + 4].leak(), name).unwrap();
    names.iter().map(name).collect::<Vec<_>>().leak()
}

fn exact<M: Child>(labels: &[&str], series: u32, text: u32) -> FamilyIn<M> {
    let words = FamilyIn::<M>::words(labels.len(), series, text).unwrap();
    FamilyIn::new(memory(words), names(labels), series, text).unwrap()
}

#[test]
fn it_shows_the_page_of_a_static_family() {
    const BOUNDS: [f64; 2] = [0.5, 1.0];
    let paths = ["/", "", "a\"b\\c\nd", "/grüße/€/😀"];
    let cells = Box::leak(Box::new(FamilyCells::new()));
    let fixed = Family::<Histogram<2>, 2, 8, 64>::from_mut(
        cells,
        Box::leak(Box::new(label_names!["path", "code"])),
        &BOUNDS,
    );
    let words = FamilyIn::<Histogram<2>>::words(2, 8, 64).unwrap();
    let sized = FamilyIn::<Histogram<2>>::with_buckets(
        memory(words),
        names(&["path", "code"]),
        &[0.5, 1.0, f64::INFINITY],
        8,
        64,
    )
    .unwrap();
    for (n, path) in paths.into_iter().enumerate() {
        fixed.labels([path, "200"]).unwrap().observe(n as f64 / 2.0);
        sized.labels(&[path, "200"]).unwrap().observe(n as f64 / 2.0);
    }
    assert!(fixed.remove(["", "200"]) && sized.remove(&["", "200"]));
    let (fixed, sized) = (
        [Metric::new("times_seconds", "Times.", &fixed)],
        [Metric::new("times_seconds", "Times.", &sized)],
    );
    let (fixed, sized) = (Group::new(&fixed), Group::new(&sized));
    assert!(check(&sized).is_ok());
    assert_eq!(page(&sized), page(&fixed));
    assert_eq!(open_metrics(&sized), open_metrics(&fixed));
    agreed(&sized);
}

#[test]
fn it_holds_as_much_as_was_asked_for() {
    for (series, labels) in [(1, 1), (7, 2), (100, 9), (1000, 255)] {
        let label_names: Vec<String> = (0..labels).map(|n| format!("label_{n}")).collect();
        let label_names: Vec<&str> = label_names.iter().map(String::as_str).collect();
        // Each with its comma, quotes and value.
        let text = label_names.iter().map(|name| name.len() as u32 + 4 + 3).sum();
        let family = exact::<Counter32>(&label_names, series, text);
        for n in 0..series {
            let value = format!("{n:03}");
            let child = family.labels(&vec![value.as_str(); labels]).unwrap();
            assert_eq!(child.get(), 0);
            child.inc_by(n);
        }
        for n in 0..series {
            let value = format!("{n:03}");
            assert_eq!(family.labels(&vec![value.as_str(); labels]).unwrap().get(), n);
        }
        let refused = family.labels(&vec!["new"; labels]).err();
        assert!(matches!(refused, Some(Refused::Full | Refused::TextFull)), "{refused:?}");
    }
}

#[test]
fn labels_by_name_removal_and_room() {
    let family = exact::<IntCounter>(&["method", "code"], 2, 40);
    family.labels_by_name(&[("code", "200"), ("method", "GET")]).unwrap().inc_by(3);
    assert_eq!(family.labels(&["GET", "200"]).unwrap().get(), 3);
    let wrong = [("code", "200"), ("path", "/")];
    assert_eq!(family.labels_by_name(&wrong).err(), Some(Refused::LabelNames));
    assert_eq!(family.labels_by_name(&wrong[..1]).err(), Some(Refused::LabelCount));
    assert_eq!(family.labels(&["GET"]).err(), Some(Refused::LabelCount));
    assert_eq!(family.labels(&["GET", "200", ""]).err(), Some(Refused::LabelCount));
    assert_eq!(family.refused(), 4);
    assert!(!family.remove(&["GET"]) && family.remove_matching(&[None]) == 0);
    assert_eq!(family.remove_by_name(&wrong).err(), Some(Refused::LabelNames));
    assert_eq!(family.remove_by_name(&[("code", "200"), ("method", "GET")]), Ok(true));
    family.labels(&["PUT", "200"]).unwrap();
    assert_eq!(family.labels(&["GET", "404"]).err(), Some(Refused::Full));
    // SAFETY: nobody else knows the family, and the handle is not used again.
    assert_eq!(unsafe { family.reclaim() }, 1);
    family.labels(&["GET", "404"]).unwrap();
    assert_eq!(family.remove_matching(&[Some("PUT"), None]), 1);
    family.clear();
    assert!(!family.remove(&["GET", "404"]));
}

#[test]
fn a_family_with_children_takes_no_policy() {
    let family = exact::<IntCounter>(&["path"], 3, 32);
    family.labels(&["mine"]).unwrap().inc();
    assert_eq!(family.with_overflow(Overflow::Other).err(), Some(Unfit::Used));

    let cells = Box::leak(Box::new(FamilyCells::new()));
    let names = Box::leak(Box::new(label_names!["path"]));
    let family = Family::<IntCounter, 1, 2>::from_mut(cells, names, &[]);
    family.labels(["mine"]).unwrap().inc();
    let family = family.with_overflow(Overflow::Other);
    family.labels(["yours"]).unwrap();
    assert_eq!(family.labels(["new"]).err(), Some(Refused::Full));
    assert_eq!(family.labels(["mine"]).unwrap().get(), 1);
}

#[test]
fn a_family_with_children_shows_them_all_in_the_unit_it_was_given_last() {
    let cells = Box::leak(Box::new(FamilyCells::new()));
    let names = Box::leak(Box::new(label_names!["path"]));
    let family = Family::<Histogram32<2>, 1, 2>::from_mut(cells, names, &[1, 2]);
    let child = family.labels(["/"]).unwrap();
    child.observe(1);
    let family = family.with_ticks_per_unit(10);
    child.observe(2);
    let rows = [Metric::new("x", "", &family)];
    let page = page(&Group::new(&rows));
    assert!(page.contains("x_bucket{path=\"/\",le=\"0.1\"} 1\n"), "{page}");
    assert!(page.contains("x_sum{path=\"/\"} 0.3\n"), "{page}");
}

#[test]
fn other_and_ticks() {
    let folding = exact::<IntCounter>(&["path"], 2, 24).with_overflow(Overflow::Other).unwrap();
    for path in ["/", "/a", "/b"] {
        folding.labels(&[path]).unwrap().inc();
    }
    assert_eq!(folding.labels(&["other"]).unwrap().get(), 2);
    let alone = exact::<IntCounter>(&["path"], 1, 24);
    assert_eq!(alone.with_overflow(Overflow::Other).err(), Some(Unfit::Size));

    let words = FamilyIn::<Histogram32<2>>::words(1, 2, 24).unwrap();
    let ticks = |per_unit| {
        let memory = memory(words);
        FamilyIn::<Histogram32<2>>::with_buckets(memory, names(&["a"]), &[1, 2], 2, 24)
            .unwrap()
            .with_ticks_per_unit(per_unit)
    };
    let family = ticks(1000).unwrap();
    family.labels(&["x"]).unwrap().observe(2);
    let rows = [Metric::new("x_seconds", "", &family)];
    assert!(page(&Group::new(&rows)).contains("x_seconds_bucket{a=\"x\",le=\"0.002\"} 1\n"));
    assert_eq!(ticks(0).err(), Some(Unfit::Bounds));
    assert_eq!(exact::<Counter>(&["a"], 1, 24).with_ticks_per_unit(1).err(), Some(Unfit::Bounds));
}

#[test]
fn what_no_family_can_be_made_of_is_told() {
    let new = |words: usize, labels: &[&str], series, text| {
        FamilyIn::<Counter>::new(memory(words), names(labels), series, text).err()
    };
    let words = FamilyIn::<Counter>::words(1, 4, 24).unwrap();
    assert_eq!(new(words, &["a"], 4, 24), None);
    assert_eq!(new(words - 1, &["a"], 4, 24), Some(Unfit::Memory));
    assert_eq!(new(0, &["a"], 4, 24), Some(Unfit::Memory));
    assert_eq!(new(words, &[], 4, 24), Some(Unfit::Labels));
    assert_eq!(new(9999, &["a"; 256], 1, 24), Some(Unfit::Labels));
    assert_eq!(new(words, &["a", "a"], 4, 24), Some(Unfit::LabelNames));
    assert_eq!(new(words, &["a"], 0, 24), Some(Unfit::Size));
    assert_eq!(new(words, &["a"], 1_048_575, 1), Some(Unfit::Size));
    assert_eq!(new(words, &["a"], 4, u32::MAX), Some(Unfit::Size));
    for (labels, series, text) in [(0, 1, 1), (256, 1, 1), (1, 0, 1), (1, u32::MAX, 1)] {
        assert_eq!(FamilyIn::<Counter>::words(labels, series, text), None);
    }

    let histogram = |labels: &[&str], bounds: &'static [f64]| {
        FamilyIn::<Histogram<2>>::with_buckets(memory(100), names(labels), bounds, 1, 24).err()
    };
    assert_eq!(histogram(&["a"], &[1.0, 2.0]), None);
    assert_eq!(histogram(&["le"], &[1.0, 2.0]), Some(Unfit::LabelNames));
    assert_eq!(histogram(&["a"], &[1.0]), Some(Unfit::Bounds));
    assert_eq!(histogram(&["a"], &[1.0, f64::INFINITY]), Some(Unfit::Bounds));
    assert_eq!(histogram(&["a"], &[2.0, 1.0]), Some(Unfit::Bounds));
    assert_eq!(histogram(&["a"], &[1.0, f64::NAN]), Some(Unfit::Bounds));
}

#[test]
fn names_of_run_time_are_judged() {
    for name in ["", "a-b", "1a", "__a", "ü", &"a".repeat(256)] {
        assert_eq!(LabelName::new_in(&mut [0; 300], name).err(), Some(Unfit::LabelNames));
    }
    assert!(LabelName::new_in(&mut [0; 300], &"a".repeat(255)).is_ok());
    assert_eq!(LabelName::new_in(&mut [0; 8], "abcde").err(), Some(Unfit::Memory));
    assert!(LabelName::new_in(&mut [0; 9], "abcde").is_ok());
}
