//! A registry that moved, and a node that goes from one registry to another, while others ask for it.

use super::members::{Node, join, page};
use crate::tables::members::{Members, Refusal};
use crate::words::{Weaken, explore, explore_weakened};
use loom::thread;
use std::sync::Arc;

/// The registry that moved away with its node, and another that is where it was.
struct Two {
    old: Members<Node>,
    new: Members<Node>,
    node: Node,
}

// SAFETY: as the core's registries; loom checks the contents.
unsafe impl Sync for Two {}
// SAFETY: as above.
unsafe impl Send for Two {}

impl Two {
    /// The node is in the old one, hidden.
    fn new() -> Arc<Self> {
        let two = Self { old: Members::new(), new: Members::new(), node: Node::new() };
        // From here on the node stays where it is.
        let two = Arc::new(two);
        join(&two.old, &two.node).unwrap();
        two.old.hide::<()>(&two.node).unwrap();
        two
    }

    /// From the old one to the new one.
    fn change(&self) -> Result<(), Refusal<()>> {
        self.old.unlink(&self.node)?;
        join(&self.new, &self.node)
    }

    fn shown(&self) -> (usize, usize) {
        (page(&self.old), page(&self.new))
    }
}

fn the_new_one_is_asked_for_the_node() {
    let two = Two::new();
    let other = two.clone();
    let asks = thread::spawn(move || {
        let shown = page(&other.new);
        let is_hidden = other.new.hide::<()>(&other.node);
        assert!(shown == 0 || is_hidden.is_ok(), "what is shown can be hidden");
        is_hidden
    });
    two.change().unwrap();
    let expected = match asks.join().unwrap() {
        Ok(()) => (0, 0),
        Err(refusal) => {
            assert_eq!(refusal, Refusal::Place);
            (0, 1)
        }
    };
    assert_eq!(two.shown(), expected);
}

#[test]
fn a_node_is_hidden_only_by_the_registry_that_has_it() {
    explore(Some(3), the_new_one_is_asked_for_the_node);
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_release_a_page_of_the_new_one_reads_it_too_early() {
    explore_weakened(Weaken::Release, Some(3), the_new_one_is_asked_for_the_node);
}

#[test]
fn it_comes_back_in_the_old_one_or_goes_to_the_new_one() {
    explore(Some(3), || {
        let two = Two::new();
        let other = two.clone();
        let back = thread::spawn(move || join(&other.old, &other.node));
        let changed = two.change();
        let back = back.join().unwrap();
        match (two.shown(), changed) {
            ((0, 1), Ok(())) => assert!(matches!(back, Err(Refusal::Place | Refusal::Busy))),
            ((1, 0), Err(Refusal::Shown | Refusal::Place | Refusal::Busy)) => assert!(back.is_ok()),
            // Refused each by the other: it is where it was, or nowhere, and can be asked for again.
            ((0, 0), Err(Refusal::Shown | Refusal::Place | Refusal::Busy)) => {
                assert!(back.is_err())
            }
            (shown, changed) => panic!("{shown:?}: {changed:?}, {back:?}"),
        }
    });
}

/// A page of the registry that the node leaves, between begin and end of a scrape.
fn it_leaves_while_the_old_one_is_served() {
    let two = Two::new();
    join(&two.old, &two.node).unwrap();
    let other = two.clone();
    let scraper = thread::spawn(move || {
        if other.old.enter() {
            assert!(page(&other.old) <= 1);
            other.old.leave();
        }
    });
    two.old.hide::<()>(&two.node).unwrap();
    match two.change() {
        Ok(()) => assert_eq!(two.shown(), (0, 1)),
        Err(refusal) => assert_eq!(refusal, Refusal::Busy),
    }
    scraper.join().unwrap();
}

#[test]
fn a_node_changes_only_where_nobody_serves_it() {
    explore(Some(3), it_leaves_while_the_old_one_is_served);
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_release_it_is_prepared_anew_under_a_scraper() {
    explore_weakened(Weaken::Release, Some(3), it_leaves_while_the_old_one_is_served);
}
