//! The nodes of a registry: two rivals that expose the same name, while a page is read.

use crate::tables::members::{Member, Members, Membership, Refusal};
use crate::words::{Weaken, explore, explore_weakened};
use loom::cell::UnsafeCell;
use loom::thread;
use std::sync::Arc;

pub(super) struct Node {
    member: Member<Node>,
    /// What belongs to the node's owner but while it is in the list; loom knows who uses it.
    content: UnsafeCell<u32>,
}

impl Membership for Node {
    fn member(&self) -> &Member<Self> {
        &self.member
    }
}

impl Node {
    pub(super) fn new() -> Self {
        Self { member: Member::new(), content: UnsafeCell::new(0) }
    }

    pub(super) fn write(&self) {
        // SAFETY: loom checks that nobody else reads or writes.
        self.content.with_mut(|content| unsafe { *content = 1 });
    }

    fn read(&self) {
        // SAFETY: loom checks that nobody writes.
        self.content.with(|content| assert_eq!(unsafe { *content }, 1));
    }
}

struct Registry {
    members: Members<Node>,
    nodes: [Node; 2],
}

// SAFETY: as the core's registries; loom checks the contents.
unsafe impl Sync for Registry {}
// SAFETY: as above.
unsafe impl Send for Registry {}

impl Registry {
    fn new() -> Arc<Self> {
        Arc::new(Self { members: Members::new(), nodes: [Node::new(), Node::new()] })
    }

    fn join(&self, node: usize) -> bool {
        let joined = join(&self.members, &self.nodes[node]);
        assert!(!matches!(joined, Err(Refusal::Place | Refusal::Shown)));
        joined.is_ok()
    }

    fn hide(&self, node: usize) {
        self.members.hide::<()>(&self.nodes[node]).unwrap();
    }

    fn page(&self) -> usize {
        page(&self.members)
    }
}

/// All nodes expose the same name.
pub(super) fn join(members: &Members<Node>, node: &Node) -> Result<(), Refusal<()>> {
    let clash = |other: &Node| {
        other.read();
        Err(())
    };
    // SAFETY: nodes stay as long as their model, which all threads hold.
    unsafe { members.join(node, || node.write(), clash) }
}

/// How many nodes a page shows.
pub(super) fn page(members: &Members<Node>) -> usize {
    let (mut at, since) = members.start();
    let mut shown = 0;
    while let Some(node) = Members::next(at, since) {
        node.read();
        shown += 1;
        at = Members::behind(node);
    }
    shown
}

fn two_rivals(returning: bool) {
    let registry = Registry::new();
    if returning {
        assert!(registry.join(0));
        registry.hide(0);
    }
    let other = registry.clone();
    let rival = thread::spawn(move || other.join(0));
    let joined = registry.join(1);
    assert!(registry.page() <= 1);
    let rival_joined = rival.join().unwrap();
    assert!(!(joined && rival_joined));
    assert_eq!(registry.page(), usize::from(joined || rival_joined));
}

#[test]
fn of_two_rivals_that_join_at_once_one_is_shown_at_most() {
    explore(Some(3), || two_rivals(false));
}

#[test]
fn nor_are_both_where_one_comes_back() {
    explore(Some(3), || two_rivals(true));
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_release_a_node_is_seen_before_it_is_written() {
    explore_weakened(Weaken::Release, Some(3), || two_rivals(false));
}

/// The rival stands behind the node that is shown first, and takes its place while a page is read.
fn a_page_while_rivals_change_places() {
    let registry = Registry::new();
    assert!(registry.join(0));
    registry.hide(0);
    assert!(registry.join(1));
    let other = registry.clone();
    let page = thread::spawn(move || other.page());
    registry.hide(1);
    assert!(registry.join(0));
    assert!(page.join().unwrap() <= 1);
    assert_eq!(registry.page(), 1);
}

#[test]
fn a_page_shows_one_of_two_rivals_that_change_places() {
    explore(None, a_page_while_rivals_change_places);
}

#[test]
#[should_panic(expected = "assertion failed")]
fn without_acquire_it_may_show_both() {
    explore_weakened(Weaken::Acquire, None, a_page_while_rivals_change_places);
}

/// A node leaves, and its memory is used for something else, while a page is read.
fn a_node_leaves_while_a_page_is_read() {
    let registry = Registry::new();
    assert!(registry.join(0));
    let other = registry.clone();
    let page = thread::spawn(move || {
        if other.members.enter() {
            other.page();
            other.members.leave();
        }
    });
    registry.hide(0);
    match registry.members.unlink::<()>(&registry.nodes[0]) {
        Ok(()) => registry.nodes[0].write(),
        Err(refusal) => assert_eq!(refusal, Refusal::Busy),
    }
    page.join().unwrap();
}

#[test]
fn a_node_leaves_only_where_nobody_reads() {
    explore(None, a_node_leaves_while_a_page_is_read);
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_release_it_leaves_under_a_reader() {
    explore_weakened(Weaken::Release, None, a_node_leaves_while_a_page_is_read);
}
