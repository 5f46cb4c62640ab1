//! Registries: what a page shows while groups come and go.

use nanoprom::{
    Cursor, FmtWriter, Format, Group, IntCounter, Label, Metric, Node, Registry, encode, metrics,
};

metrics! {
    static FIRST;
    /// Of the first group.
    static A: IntCounter = "a_total";
}
metrics! {
    static SECOND;
    /// Of the second group.
    static B: IntCounter = "b_total";
}
metrics! {
    static RIVAL;
    /// Another of the same name.
    static RIVAL_A: IntCounter = "a_total";
}

fn page(registry: &Registry<'_>) -> String {
    let mut page = String::new();
    encode(registry, Format::Text, &mut FmtWriter(&mut page)).unwrap();
    page
}

fn names(registry: &Registry<'_>) -> String {
    let page = page(registry);
    let samples = page.lines().filter(|line| !line.starts_with('#'));
    samples.map(|line| line.split(['{', ' ']).next().unwrap()).collect::<Vec<_>>().join(" ")
}

fn fault(result: Result<(), nanoprom::Fault>) -> String {
    result.expect_err("this is refused").as_str().to_owned()
}

#[test]
fn groups_come_and_go() {
    let (first, second) = (Node::new(&FIRST), Node::new(&SECOND));
    let registry = Registry::new();
    assert_eq!(page(&registry), "");
    registry.register(&first).unwrap();
    registry.register(&second).unwrap();
    assert_eq!(names(&registry), "b_total a_total");
    registry.unregister(&second).unwrap();
    assert_eq!(names(&registry), "a_total");
    registry.unregister(&first).unwrap();
    assert_eq!(page(&registry), "");
    registry.register(&second).unwrap();
    assert_eq!(names(&registry), "b_total");
}

#[test]
fn names_of_an_unregistered_group_are_free() {
    let (first, rival) = (Node::new(&FIRST), Node::new(&RIVAL));
    let registry = Registry::new();
    registry.register(&first).unwrap();
    assert_eq!(fault(registry.register(&rival)), "two metrics expose the name 'a_total'");
    registry.unregister(&first).unwrap();
    registry.register(&rival).unwrap();
    assert_eq!(fault(registry.register(&first)), "two metrics expose the name 'a_total'");
    assert_eq!(names(&registry), "a_total");
    registry.unregister(&rival).unwrap();
    registry.register(&first).unwrap();
    assert_eq!(names(&registry), "a_total");
}

#[test]
fn a_node_is_in_one_registry_at_a_time() {
    let node = Node::new(&FIRST);
    let (mut one, other) = (Registry::new(), Registry::new());
    assert_eq!(fault(one.unregister(&node)), "the node is not in this registry");
    one.unlink(&node).unwrap();
    one.register(&node).unwrap();
    assert_eq!(fault(one.register(&node)), "the node is in a registry already");
    assert_eq!(fault(other.register(&node)), "the node is in a registry already");
    assert_eq!(fault(other.unregister(&node)), "the node is not in this registry");
    assert_eq!(fault(one.unlink(&node)), "the node is registered");
    one.unregister(&node).unwrap();
    assert_eq!(fault(other.register(&node)), "the node is in a registry already");
    one.unlink(&node).unwrap();
    other.register(&node).unwrap();
    assert_eq!((names(&one).as_str(), names(&other).as_str()), ("", "a_total"));
}

#[test]
fn a_registry_that_moved_still_has_its_nodes() {
    let (first, second) = (Node::new(&FIRST), Node::new(&SECOND));
    let mut new = Registry::new();
    new.register(&first).unwrap();
    new.register(&second).unwrap();
    // From here on another registry is where this one was.
    let mut old = core::mem::take(&mut new);
    for node in [&first, &second] {
        assert_eq!(fault(new.unregister(node)), "the node is not in this registry");
        assert_eq!(fault(new.unlink(node)), "the node is registered");
    }
    assert_eq!((names(&old).as_str(), names(&new).as_str()), ("b_total a_total", ""));
    old.unregister(&second).unwrap();
    assert_eq!(fault(new.register(&second)), "the node is in a registry already");
    assert_eq!(fault(new.unlink(&second)), "the node is in another registry");
    old.register(&second).unwrap();
    assert_eq!(names(&old), "b_total a_total");
    old.unregister(&second).unwrap();
    old.unlink(&second).unwrap();
    new.register(&second).unwrap();
    assert_eq!((names(&old).as_str(), names(&new).as_str()), ("a_total", "b_total"));
}

#[test]
fn the_wrong_registry_hides_nothing_for_a_moment() {
    let node = Node::new(&FIRST);
    let (right, wrong) = (Registry::new(), Registry::new());
    right.register(&node).unwrap();
    let stop = core::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !stop.load(core::sync::atomic::Ordering::Relaxed) {
                assert!(wrong.unregister(&node).is_err());
            }
        });
        let missed = (0..5000).filter(|_| names(&right) != "a_total").count();
        stop.store(true, core::sync::atomic::Ordering::Relaxed);
        assert_eq!(missed, 0);
    });
}

#[test]
fn any_node_of_a_list_may_leave_it() {
    metrics! {
        static THIRD;
        /// Of the third group.
        static C: IntCounter = "c_total";
    }
    for leaving in 0..3 {
        let nodes = [&FIRST, &SECOND, &THIRD].map(Node::new);
        let mut registry = Registry::new();
        for node in &nodes {
            registry.register(node).unwrap();
        }
        registry.unregister(&nodes[leaving]).unwrap();
        registry.unlink(&nodes[leaving]).unwrap();
        let expected = ["c_total b_total", "c_total a_total", "b_total a_total"][leaving];
        assert_eq!(names(&registry), expected);
        registry.register(&nodes[leaving]).unwrap();
        assert_eq!(page(&registry).lines().count(), 9);
    }
}

#[test]
fn the_same_group_is_in_several_registries() {
    static LABELS: &[Label<'static>] = &[Label::new("site", "north")];
    let nodes = [const { Node::new(&FIRST) }; 3];
    let (plain, prefixed) = (Registry::new(), Registry::new().with_prefix("eth0_"));
    let labelled = Registry::new().with_labels(LABELS);
    for (registry, node) in [&plain, &prefixed, &labelled].into_iter().zip(&nodes) {
        registry.register(node).unwrap();
    }
    A.inc();
    for (registry, line) in [
        (&plain, "\na_total "),
        (&prefixed, "\neth0_a_total "),
        (&labelled, "\na_total{site=\"north\"} "),
    ] {
        assert!(page(registry).contains(line), "{}", page(registry));
    }
}

#[test]
fn what_a_registry_adds_is_checked() {
    let node = Node::new(&FIRST);
    let registry = Registry::new().with_prefix("9");
    assert!(fault(registry.register(&node)).starts_with("metric '9a_total' is no metric name"));
    static LABELS: &[Label<'static>] = &[Label::new("le gal", "")];
    let registry = Registry::new().with_labels(LABELS);
    assert!(fault(registry.register(&node)).contains("has the label 'le gal'"));
}

/// Reads a page to its end, a byte at a time from where `cursor` is.
fn rest(cursor: &mut Cursor<'_>) -> String {
    let (mut page, mut byte) = (Vec::new(), [0]);
    while cursor.read(&mut byte) > 0 {
        page.push(byte[0]);
    }
    String::from_utf8(page).unwrap()
}

#[test]
fn a_page_that_has_begun_shows_no_name_twice() {
    // In the list the rival stands behind the group that the page begins with.
    let (rival, first) = (Node::new(&RIVAL), Node::new(&FIRST));
    let registry = Registry::new();
    registry.register(&rival).unwrap();
    registry.unregister(&rival).unwrap();
    registry.register(&first).unwrap();
    let mut cursor = Cursor::new(&registry, Format::Text);
    let mut page = [0; 10];
    assert_eq!(cursor.read(&mut page), 10);
    // It finishes its group, and does not see the one that comes back.
    registry.unregister(&first).unwrap();
    registry.register(&rival).unwrap();
    let rest = rest(&mut cursor);
    assert_eq!(rest.matches("# TYPE a_total").count(), 1, "{rest}");
    assert!(rest.contains("the first group") && !rest.contains("Another"), "{rest}");
    assert_eq!(names(&registry), "a_total");
}

#[test]
fn a_page_that_has_begun_shows_no_group_that_comes() {
    let (first, second) = (Node::new(&FIRST), Node::new(&SECOND));
    let registry = Registry::new();
    registry.register(&first).unwrap();
    let mut cursor = Cursor::new(&registry, Format::Text);
    registry.register(&second).unwrap();
    assert!(!rest(&mut cursor).contains("b_total"));
    assert_eq!(names(&registry), "b_total a_total");
}

#[test]
fn groups_join_while_others_read() {
    let groups = [&FIRST, &RIVAL, &SECOND];
    let nodes = groups.map(Node::new);
    let registry = Registry::new();
    std::thread::scope(|scope| {
        for node in &nodes {
            let registry = &registry;
            scope.spawn(move || {
                for _ in 0..300 {
                    if registry.register(node).is_ok() {
                        registry.unregister(node).unwrap();
                    }
                }
            });
        }
        for _ in 0..300 {
            let page = page(&registry);
            assert!(page.matches("# TYPE a_total").count() <= 1, "{page}");
            assert!(page.is_empty() || page.ends_with('\n'));
        }
    });
    assert_eq!(page(&registry), "");
}

#[test]
fn one_metric_is_a_group_of_one_row() {
    static ONE: IntCounter = IntCounter::new();
    let name = String::from("one_total");
    let rows = [Metric::new(&name, "", &ONE)];
    let mut page = String::new();
    encode(&Group::new(&rows), Format::Text, &mut FmtWriter(&mut page)).unwrap();
    assert_eq!(page, "# TYPE one_total counter\none_total 0\n");
}

#[test]
fn the_info_about_the_target_stays_the_first_of_the_page() {
    mod about {
        nanoprom::metrics! {
            pub static METRICS;
            /// What runs here.
            static TARGET: Info = "target", labels = [service = "pumps"];
        }
        use nanoprom::Info;
    }
    let (first, second, about) =
        (Node::new(&FIRST), Node::new(&SECOND), Node::new(&about::METRICS));
    let registry = Registry::new();
    registry.register(&first).unwrap();
    registry.register(&about).unwrap();
    assert_eq!(names(&registry), "target_info a_total");
    let refused = "metric 'target' is about the target and is not the first of the page";
    assert_eq!(fault(registry.register(&second)), refused);
    registry.unregister(&about).unwrap();
    registry.register(&second).unwrap();
    assert_eq!(names(&registry), "b_total a_total");
}
