//! Registries: a group, and groups that join it at run time.

// The fault holds its sentence, because there is no heap; it is made once, at start-up or in a test.
#![allow(clippy::result_large_err)]

use crate::atomic::{Link, Word};
use crate::check::{check, check_against};
use crate::fault::Fault;
use crate::group::Group;
use core::cell::Cell;
use core::ptr;

/// A table of metrics that groups can be added to while others scrape.
///
/// Where all metrics are known at compile time a [`Group`] is enough, and lies in read-only memory.
/// A registry that is borrowed for `'a` takes only nodes that live as long:
///
/// ```
/// use nanoprom::{Counter, Group, Metric, Node, Registry};
///
/// static FOUND: Counter = Counter::new();
/// static PLUGIN: Group = {
///     const ROWS: &[Metric] = &[Metric::new("plugin_found_total", "Plugins found.", &FOUND)];
///     Group::new(ROWS)
/// };
/// static NODE: Node = Node::new(&PLUGIN);
/// static REGISTRY: Registry = Registry::new();
///
/// REGISTRY.register(&NODE)?;
/// # Ok::<(), nanoprom::Fault>(())
/// ```
pub struct Registry<'a> {
    // Invariant in 'a, as it must be: otherwise a node on the stack could join a static registry.
    newest: Link<Node<'a>>,
}

/// The caller's memory for a group's membership in a [`Registry`].
pub struct Node<'a> {
    group: &'a Group<'a>,
    /// Whether it was given to a registry: 0 or 1.
    used: Word,
    /// Written once, before the node is published.
    next: Cell<*const Node<'a>>,
}

// SAFETY: `next` is written by the one thread that set `used`, before it publishes the node.
unsafe impl Sync for Node<'_> {}
// SAFETY: `next` points to nodes that are shared by atomics.
unsafe impl Send for Node<'_> {}

impl<'a> Node<'a> {
    /// A node that is in no registry.
    pub const fn new(group: &'a Group<'a>) -> Self {
        Self { group, used: Word::new(0), next: Cell::new(ptr::null()) }
    }

    pub(crate) fn group(&self) -> &'a Group<'a> {
        self.group
    }

    pub(crate) fn next(&self) -> Option<&'a Self> {
        // SAFETY: nodes of a registry live for 'a.
        unsafe { self.next.get().as_ref() }
    }
}

impl<'a> Registry<'a> {
    /// A registry without groups.
    pub const fn new() -> Self {
        Self { newest: Link::new() }
    }

    /// Adds the group of `node`, in front of those that are there. Cursors that run already do not
    /// see it.
    ///
    /// # Errors
    ///
    /// What [`check`] finds in the group or between it and the groups that are there; and a node
    /// that was given to a registry before.
    pub fn register(&self, node: &'a Node<'a>) -> Result<(), Fault> {
        check(node.group)?;
        if node.used.replace(0, 1).is_err() {
            return Err(Fault::new().say(b"the node is in a registry already"));
        }
        let mut front = self.newest.get();
        loop {
            // SAFETY: nodes of a registry live for 'a.
            let mut other = unsafe { front.cast_const().as_ref() };
            while let Some(there) = other {
                if let Err(fault) = check_against(node.group, there.group) {
                    node.used.set(0);
                    return Err(fault);
                }
                other = there.next();
            }
            node.next.set(front);
            match self.newest.push(front, ptr::from_ref(node).cast_mut()) {
                Ok(()) => return Ok(()),
                // Somebody else came first: look at their group too.
                Err(now) => front = now,
            }
        }
    }

    pub(crate) fn newest(&self) -> Option<&'a Node<'a>> {
        // SAFETY: nodes of a registry live for 'a.
        unsafe { self.newest.get().cast_const().as_ref() }
    }
}

impl Default for Registry<'_> {
    fn default() -> Self {
        Self::new()
    }
}
