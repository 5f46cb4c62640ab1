//! Nodes: a group's place in a registry, in memory of the caller.

use crate::tables::group::Group;
use crate::tables::members::{Member, Membership};
use crate::tables::metric::Metric;
use core::cell::{Cell, UnsafeCell};
use core::mem::{MaybeUninit, offset_of};
use core::ptr;

/// The caller's memory for a group's membership in a [`Registry`](crate::Registry).
///
/// 112 bytes; 64 on 32-bit cores. A node is in one registry at a time; a group may have several.
#[repr(C)]
pub struct Node<'a> {
    group: &'a Group<'a>,
    member: Member<Node<'a>>,
    /// What pages show: null for the group itself, or `around`.
    around: Cell<*const Group<'a>>,
    /// Where the registry has a prefix or labels, a group that has them and includes the node's. Both are
    /// written before the node is published.
    memory: UnsafeCell<MaybeUninit<Around<'a>>>,
}

#[repr(C)]
struct Around<'a> {
    row: Metric<'a>,
    group: Group<'a>,
}

// SAFETY: cells are written by the one thread that claimed the node, before it publishes it.
unsafe impl Sync for Node<'_> {}
// SAFETY: pointers are to what is shared by atomics.
unsafe impl Send for Node<'_> {}

impl<'a> Node<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 4] = [
        offset_of!(Self, group),
        offset_of!(Self, member),
        offset_of!(Self, around),
        offset_of!(Self, memory),
    ];

    /// A node that is in no registry.
    pub const fn new(group: &'a Group<'a>) -> Self {
        Self {
            group,
            member: Member::new(),
            around: Cell::new(ptr::null()),
            memory: UnsafeCell::new(MaybeUninit::uninit()),
        }
    }

    pub(crate) fn group(&self) -> &'a Group<'a> {
        self.group
    }

    /// What a page shows of it, once it was prepared.
    pub(crate) fn shown<'s>(&'s self) -> &'s Group<'s> {
        // SAFETY: null or this node's own memory, which was written by `prepare`.
        unsafe { self.around.get().as_ref() }.unwrap_or(self.group)
    }

    /// Gives it the prefix and the labels of a registry.
    ///
    /// # Safety
    ///
    /// Nobody else looks at the node, and it stays where it is as long as it is shown.
    pub(crate) unsafe fn prepare(&self, base: Option<&Group<'a>>) {
        let Some(base) = base else { return self.around.set(ptr::null()) };
        let memory = self.memory.get().cast::<Around<'a>>();
        // SAFETY: the caller's promise; the row lives as long as the group that points to it.
        unsafe {
            let (row, group) = (&raw mut (*memory).row, &raw mut (*memory).group);
            row.write(Metric::group(self.group));
            group.write(base.with_rows(core::slice::from_ref(&*row)));
            self.around.set(group);
        }
    }
}

impl Membership for Node<'_> {
    fn member(&self) -> &Member<Self> {
        &self.member
    }
}
