//! Lists of groups that one page shows one after another, behind a function pointer: a program that has
//! only groups links no registry.

use crate::tables::group::Group;
use core::marker::PhantomData;
use core::ptr::{self, NonNull};

/// How the groups of a list are found.
pub(crate) struct List {
    pub(crate) start: Start,
    pub(crate) next: Next,
    /// For lists whose groups may leave with their memory. A library with `std` reads it in tables of one without.
    #[cfg_attr(not(feature = "std"), expect(dead_code))]
    pub(crate) holding: Option<Holding>,
    /// What is wrong with the list where it is empty; nothing if that is legal.
    pub(crate) empty: &'static str,
}

/// The position before the first group. The caller vouches that the head is that of a list of this sort.
pub(crate) type Start = unsafe fn(NonNull<Head>) -> Position;

/// The group at a position, which moves behind it. The caller vouches for the head as for [`Start`], and
/// that the position came from it.
pub(crate) type Next = unsafe fn(NonNull<Head>, &mut Position) -> Option<NonNull<()>>;

/// How groups are kept from leaving the list while pages are read, by functions whose caller vouches for the
/// head as for [`Start`].
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "std"), expect(dead_code))]
pub(crate) struct Holding {
    /// `false` where a group is just leaving, which is done in a moment.
    pub(crate) begin: unsafe fn(NonNull<Head>) -> bool,
    /// Ends what `begin` began.
    pub(crate) end: unsafe fn(NonNull<Head>),
}

/// What C programs point to to name a sort of list: of one pointer's size for ever, as a
/// [kind](crate::kind::KindCell) is.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ListCell {
    list: &'static List,
}

impl ListCell {
    pub(crate) const fn new(list: &'static List) -> Self {
        Self { list }
    }
}

/// What a list begins with in memory, whatever follows.
#[repr(C)]
pub(crate) struct Head {
    list: &'static ListCell,
}

impl Head {
    pub(crate) const fn new(list: &'static ListCell) -> Self {
        Self { list }
    }
}

/// A place in a list.
#[derive(Clone, Copy)]
pub(crate) struct Position {
    pub(crate) at: *const (),
    /// Groups that joined later are not seen from here.
    pub(crate) since: u32,
}

// SAFETY: it points to what is shared.
unsafe impl Send for Position {}
// SAFETY: as above.
unsafe impl Sync for Position {}

impl Position {
    /// Behind the last group.
    pub(crate) const END: Self = Self { at: ptr::null(), since: 0 };
}

/// A list whose groups live for `'a`.
#[derive(Clone, Copy)]
pub(crate) struct Groups<'a> {
    head: NonNull<Head>,
    marker: PhantomData<&'a Group<'a>>,
}

// SAFETY: lists are shared by atomics.
unsafe impl Send for Groups<'_> {}
// SAFETY: as above.
unsafe impl Sync for Groups<'_> {}

impl<'a> Groups<'a> {
    /// # Safety
    ///
    /// `head` points to all of a list, for `'a`, and so long live its groups.
    pub(crate) const unsafe fn new(head: NonNull<Head>) -> Self {
        Self { head, marker: PhantomData }
    }

    fn list(self) -> &'static List {
        // SAFETY: the promise made to `new`.
        unsafe { (*self.head.as_ptr()).list.list }
    }

    /// Before the first group.
    pub(crate) fn start(self) -> Position {
        // SAFETY: the promise made to `new`.
        unsafe { (self.list().start)(self.head) }
    }

    /// The group at this position, which moves behind it.
    pub(crate) fn next(self, position: &mut Position) -> Option<&'a Group<'a>> {
        // SAFETY: the promise made to `new`; lists give groups that live as long as they promise.
        unsafe { (self.list().next)(self.head, position).map(|group| group.cast().as_ref()) }
    }

    /// Keeps groups from leaving; `None` where one is just doing so.
    #[cfg(feature = "std")]
    pub(crate) fn hold(self) -> Option<Held<'a>> {
        let holding = self.list().holding;
        // SAFETY: the promise made to `new`.
        let held = holding.is_none_or(|holding| unsafe { (holding.begin)(self.head) });
        held.then_some(Held { groups: self })
    }

    /// What is wrong with an empty list of this sort, if anything.
    pub(crate) fn empty_fault(self) -> &'static str {
        self.list().empty
    }
}

/// As long as this lives, no group leaves the list.
#[cfg(feature = "std")]
pub(crate) struct Held<'a> {
    groups: Groups<'a>,
}

#[cfg(feature = "std")]
impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(holding) = self.groups.list().holding {
            // SAFETY: the promise made to `new`; it was begun in `hold`.
            unsafe { (holding.end)(self.groups.head) };
        }
    }
}
