//! Who belongs to a registry: nodes that join, hide and come back while others look, without a lock.

use crate::atomic::{Link, Word};
use core::cell::Cell;
use core::ptr;

/// In no list.
const FREE: u32 = 0;
/// In the hands of one caller who changes it. Names of its group count as taken.
const CLAIMED: u32 = 1;
/// In the list and on the page.
const SHOWN: u32 = 2;
/// In the list, not on the page.
const HIDDEN: u32 = 3;

/// Nobody else may be in the list: a node is taken out of it.
const EXCLUSIVE: u32 = u32::MAX;

/// A list of nodes.
#[repr(C)]
pub(crate) struct Members<T> {
    newest: Link<T>,
    /// How many callers are in the list, or [`EXCLUSIVE`].
    users: Word,
    /// How many times a node was shown, modulo 2^32.
    shown: Word,
}

/// What a node knows of its membership.
#[repr(C)]
pub(crate) struct Member<T> {
    /// Written before the node is published, and where nobody else is in the list.
    next: Cell<*const T>,
    state: Word,
    /// The value of `Members::shown` from which on it is seen.
    since: Word,
}

/// A node of a list.
pub(crate) trait Membership: Sized {
    fn member(&self) -> &Member<Self>;
}

/// Why a node did not join, hide or leave.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal<E> {
    /// Somebody else is in the list.
    Busy,
    /// It is in this or another list, or not in this one.
    Place,
    /// It is on the page.
    Shown,
    /// It does not go with another node.
    Clash(E),
}

impl<T> Member<T> {
    pub(crate) const fn new() -> Self {
        Self { next: Cell::new(ptr::null()), state: Word::new(FREE), since: Word::new(0) }
    }

    /// Takes the member into the caller's hands.
    fn claim(&self, from: u32) -> bool {
        self.state.replace(from, CLAIMED).is_ok()
    }
}

impl<T: Membership> Members<T> {
    pub(crate) const fn new() -> Self {
        Self { newest: Link::new(), users: Word::new(0), shown: Word::new(0) }
    }

    /// Keeps nodes from leaving the list; `false` where one is just leaving.
    pub(crate) fn enter(&self) -> bool {
        self.users.update(|users| (users < EXCLUSIVE - 1).then(|| users + 1)).is_some()
    }

    /// Ends what [`enter`](Self::enter) began.
    pub(crate) fn leave(&self) {
        self.users.update(|users| if users == EXCLUSIVE { None } else { users.checked_sub(1) });
    }

    /// Puts a node onto the page. `clash` compares it with another; `prepare` is called once for a node that
    /// is new in this list, before others can see it.
    ///
    /// # Safety
    ///
    /// The node stays where it is as long as it is in the list.
    pub(crate) unsafe fn join<E>(
        &self,
        node: &T,
        prepare: impl FnOnce(),
        clash: impl Fn(&T) -> Result<(), E>,
    ) -> Result<(), Refusal<E>> {
        if !self.enter() {
            return Err(Refusal::Busy);
        }
        let result = self.join_entered(node, prepare, clash);
        self.leave();
        result
    }

    fn join_entered<E>(
        &self,
        node: &T,
        prepare: impl FnOnce(),
        clash: impl Fn(&T) -> Result<(), E>,
    ) -> Result<(), Refusal<E>> {
        let member = node.member();
        if member.claim(FREE) {
            // A newcomer that is wrong from the start does not even enter the list.
            if let Err(fault) = self.compare(node, &clash) {
                member.state.set(FREE);
                return Err(Refusal::Clash(fault));
            }
            prepare();
            let mut front = self.newest.get();
            loop {
                member.next.set(front);
                match self.newest.push(front, ptr::from_ref(node).cast_mut()) {
                    Ok(()) => break,
                    Err(now) => front = now,
                }
            }
        } else if !self.has(node) || !member.claim(HIDDEN) {
            return Err(Refusal::Place);
        }
        // All who join change this word between their claim and the comparison, so that of two at the
        // same moment at least one sees that the other has claimed.
        self.users.update(Some);
        if let Err(fault) = self.compare(node, &clash) {
            member.state.set(HIDDEN);
            return Err(Refusal::Clash(fault));
        }
        let before = self.shown.update(|shown| Some(shown.wrapping_add(1))).unwrap_or(0);
        member.since.set(before.wrapping_add(1));
        member.state.set(SHOWN);
        Ok(())
    }

    /// Takes a node off the page. Who has just come to it finishes it.
    pub(crate) fn hide<E>(&self, node: &T) -> Result<(), Refusal<E>> {
        if !self.enter() {
            return Err(Refusal::Busy);
        }
        let is_hidden = self.has(node) && node.member().state.replace(SHOWN, HIDDEN).is_ok();
        self.leave();
        if is_hidden { Ok(()) } else { Err(Refusal::Place) }
    }

    /// Takes a hidden node out of the list, so that its memory is the caller's again; a node that is in no
    /// list is left alone.
    pub(crate) fn unlink<E>(&self, node: &T) -> Result<(), Refusal<E>> {
        if self.users.replace(0, EXCLUSIVE).is_err() {
            return Err(Refusal::Busy);
        }
        let result = self.unlink_alone(node);
        self.users.set(0);
        result
    }

    fn unlink_alone<E>(&self, node: &T) -> Result<(), Refusal<E>> {
        let member = node.member();
        if !self.has(node) {
            return match member.state.get() {
                FREE => Ok(()),
                HIDDEN => Err(Refusal::Place),
                _ => Err(Refusal::Shown),
            };
        }
        if !member.claim(HIDDEN) {
            return Err(Refusal::Shown);
        }
        let after = member.next.get();
        let node = ptr::from_ref(node);
        if self.newest.push(node.cast_mut(), after.cast_mut()).is_err() {
            let mut at = self.first();
            while let Some(there) = at {
                let next = &there.member().next;
                if next.get() == node {
                    next.set(after);
                }
                at = Self::at(next.get());
            }
        }
        member.state.set(FREE);
        Ok(())
    }

    /// Whether a node is in this list, for one who entered it. The list itself is asked, and no address kept
    /// in the node: a list may move while nobody borrows it, and another be where it was.
    fn has(&self, node: &T) -> bool {
        let mut at = self.first();
        while let Some(there) = at {
            if ptr::eq(there, node) {
                return true;
            }
            at = Self::at(there.member().next.get());
        }
        false
    }

    /// Compares a node with all others that are on the page or about to be.
    fn compare<E>(&self, node: &T, clash: &impl Fn(&T) -> Result<(), E>) -> Result<(), E> {
        let mut at = self.first();
        while let Some(other) = at {
            let member = other.member();
            if !ptr::eq(other, node) && member.state.get() != HIDDEN {
                clash(other)?;
            }
            at = Self::at(member.next.get());
        }
        Ok(())
    }

    /// From where on a page that begins now goes through the list: the newest node, and the number that
    /// tells which were there.
    pub(crate) fn start(&self) -> (*const T, u32) {
        (self.newest.get(), self.shown.get())
    }

    /// The first node from `at` on that is on the page and was there at `since`.
    ///
    /// Without that number a page could show a name twice: in a node that is hidden after it was read, and
    /// in one behind it that comes back meanwhile.
    pub(crate) fn next<'a>(mut at: *const T, since: u32) -> Option<&'a T> {
        while let Some(node) = Self::at(at) {
            let member = node.member();
            if member.state.get() == SHOWN && since.wrapping_sub(member.since.get()) <= u32::MAX / 2
            {
                return Some(node);
            }
            at = member.next.get();
        }
        None
    }

    /// Behind this node.
    pub(crate) fn behind(node: &T) -> *const T {
        node.member().next.get()
    }

    fn first<'a>(&self) -> Option<&'a T> {
        Self::at(self.newest.get())
    }

    fn at<'a>(node: *const T) -> Option<&'a T> {
        // SAFETY: nodes stay where they are as long as they are in the list.
        unsafe { node.as_ref() }
    }
}
