//! Registries: groups that join and leave while others scrape.

// The fault holds its sentence, because there is no heap; it is made once, at start-up or in a test.
#![allow(clippy::result_large_err)]

use crate::fault::Fault;
use crate::label::Label;
use crate::tables::check::{check, check_against, check_behind};
use crate::tables::group::Group;
use crate::tables::list::{Groups, Head, Holding, List, ListCell, Position};
use crate::tables::members::{Members, Refusal};
use crate::tables::metric::Metric;
use crate::tables::node::Node;
use core::mem::offset_of;
use core::ptr::{self, NonNull};

/// A table of metrics that groups can be added to and taken from while others scrape.
///
/// Where all metrics are known at compile time a [`Group`] is enough, and lies in read-only memory. The same
/// group may be in several registries, by a node for each. A registry that is borrowed for `'a` takes only
/// nodes that live as long:
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
/// REGISTRY.unregister(&NODE)?;
/// # Ok::<(), nanoprom::Fault>(())
/// ```
#[repr(C)]
pub struct Registry<'a> {
    head: Head,
    // Invariant in 'a, as it must be: otherwise a node on the stack could join a static registry.
    members: Members<Node<'a>>,
    /// Without rows: the prefix and the labels of all groups.
    base: Group<'a>,
}

impl<'a> Registry<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 3] =
        [offset_of!(Self, head), offset_of!(Self, members), offset_of!(Self, base)];

    /// A registry without groups.
    pub const fn new() -> Self {
        Self { head: Head::new(&NODES), members: Members::new(), base: Group::new(&[]) }
    }

    /// The same registry, with a prefix in front of every name.
    ///
    /// # Panics
    ///
    /// As [`Group::with_prefix`].
    #[must_use]
    pub const fn with_prefix(mut self, prefix: &'a str) -> Self {
        self.base = self.base.with_prefix(prefix);
        self
    }

    /// The same registry, with these labels on every series. Read what
    /// [`Group::with_labels`] says of such labels.
    ///
    /// # Panics
    ///
    /// As [`Group::with_labels`].
    #[must_use]
    pub const fn with_labels(mut self, labels: &'a [Label<'a>]) -> Self {
        self.base = self.base.with_labels(labels);
        self
    }

    /// Adds the group of `node`, in front of those that are there, or where it was before it was
    /// unregistered. Pages that are being read do not show it.
    ///
    /// Where two groups that expose the same name are registered at the same moment, both may be refused.
    /// Any thread may call this; it compares the names of the group with those of all others, so it is not
    /// for interrupt handlers: with a thousand groups of five metrics, about a millisecond.
    ///
    /// Registrations are counted, to tell which are newer than a page. That count has 32 bits: a group that
    /// stays while 2^31 others are registered, or come back, is on no page until it is registered anew.
    ///
    /// # Errors
    ///
    /// What [`check`] finds in the group or between it and the groups that are there; a node that is in
    /// a registry; and any group once one is there that begins with the info `target`: register that last.
    pub fn register(&self, node: &'a Node<'a>) -> Result<(), Fault> {
        // SAFETY: the node lives as long as the registry's nodes must.
        unsafe { self.__register(node) }
            .map_err(|refusal| sentence(refusal, b"the node is in a registry already"))
    }

    /// Takes the group of `node` off the page. A page that has begun with the group shows all of it. Its names
    /// are free, and it may be registered again, in this registry.
    ///
    /// It may be called from any thread and any interrupt handler, and looks for the node in the list.
    ///
    /// # Errors
    ///
    /// A node that is not in this registry.
    pub fn unregister(&self, node: &Node<'a>) -> Result<(), Fault> {
        self.members
            .hide(node)
            .map_err(|refusal| sentence(refusal, b"the node is not in this registry"))
    }

    /// Takes an unregistered node out of the registry's list, so that another registry may have it.
    ///
    /// # Errors
    ///
    /// A node that is registered, here or elsewhere.
    pub fn unlink(&mut self, node: &Node<'a>) -> Result<(), Fault> {
        self.__unlink(node).map_err(|refusal| sentence(refusal, b"the node is in another registry"))
    }

    /// # Safety
    ///
    /// Node and group stay where they are as long as the node is in the list.
    #[doc(hidden)]
    pub unsafe fn __register(&self, node: &Node<'a>) -> Result<(), NotJoined> {
        let row = [Metric::group(node.group())];
        let around = self.base.with_rows(&row);
        let group = if self.base.is_plain() { node.group() } else { &around };
        check(group).map_err(NotJoined::Clash)?;
        let base = (!self.base.is_plain()).then_some(&self.base);
        // SAFETY: the caller's promise.
        unsafe {
            self.members.join(
                node,
                || node.prepare(base),
                |other| {
                    // The others come behind it.
                    check_behind(other.shown())?;
                    check_against(group, other.shown())
                },
            )
        }
    }

    #[doc(hidden)]
    pub fn __unregister(&self, node: &Node<'a>) -> Result<(), NotJoined> {
        self.members.hide(node)
    }

    #[doc(hidden)]
    pub fn __unlink(&self, node: &Node<'a>) -> Result<(), NotJoined> {
        self.members.unlink(node)
    }

    #[doc(hidden)]
    pub fn __scrape_begin(&self) -> bool {
        self.members.enter()
    }

    #[doc(hidden)]
    pub fn __scrape_end(&self) {
        self.members.leave();
    }

    /// Its groups, for a walk.
    pub(crate) fn groups<'s>(&'s self) -> Groups<'s>
    where
        'a: 's,
    {
        // SAFETY: it is repr(C) and begins with its head, which belongs to `NODES`; nodes live for 'a.
        unsafe { Groups::new(NonNull::from(self).cast()) }
    }
}

impl Default for Registry<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a node did not join or leave.
pub type NotJoined = Refusal<Fault>;

/// `place`: what it means here that the node is not where it should be.
fn sentence(refusal: NotJoined, place: &[u8]) -> Fault {
    match refusal {
        Refusal::Clash(fault) => fault,
        Refusal::Place => Fault::new().say(place),
        Refusal::Shown => Fault::new().say(b"the node is registered"),
        Refusal::Busy => Fault::new().say(b"a node is just leaving the registry"),
    }
}

/// The nodes of a registry.
pub static NODES: ListCell = {
    static LIST: List = List {
        start: |head| {
            // SAFETY: the head is that of a registry.
            let (at, since) = unsafe { head.cast::<Registry<'_>>().as_ref() }.members.start();
            Position { at: at.cast(), since }
        },
        next: |_, position| {
            let node = Members::<Node<'_>>::next(position.at.cast(), position.since);
            position.at = node.map_or(ptr::null(), |node| Members::behind(node).cast());
            node.map(|node| NonNull::from(node.shown()).cast())
        },
        holding: Some(Holding {
            // SAFETY: the head is that of a registry.
            begin: |head| unsafe { head.cast::<Registry<'_>>().as_ref() }.members.enter(),
            // SAFETY: as above.
            end: |head| unsafe { head.cast::<Registry<'_>>().as_ref() }.members.leave(),
        }),
        empty: "",
    };
    ListCell::new(&LIST)
};
