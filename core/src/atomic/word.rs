//! 32-bit words and pointers where compare-and-swap exists.

use super::{AtomicPtr, AtomicU32, Ordering, ptr};

/// A 32-bit word.
#[repr(C)]
pub(crate) struct Word(AtomicU32);

impl Word {
    pub(crate) const fn new(value: u32) -> Self {
        Self(AtomicU32::new(value))
    }

    // Acquire, to see what was written before the word was published.
    #[inline]
    pub(crate) fn get(&self) -> u32 {
        self.0.load(Ordering::Acquire)
    }

    // Release, to publish what was written before.
    #[inline]
    pub(crate) fn set(&self, value: u32) {
        self.0.store(value, Ordering::Release);
    }

    /// Adds with wrap-around and returns the value before.
    #[inline]
    pub(crate) fn add(&self, amount: u32) -> u32 {
        // Relaxed: used for values, which publish nothing.
        self.0.fetch_add(amount, Ordering::Relaxed)
    }

    /// Adds, and stops at the largest value.
    #[inline]
    pub(crate) fn add_saturating(&self, amount: u32) {
        let mut old = self.0.load(Ordering::Relaxed);
        // Relaxed: used for values, which publish nothing.
        while let Err(now) = self.0.compare_exchange_weak(
            old,
            old.saturating_add(amount),
            Ordering::Relaxed,
            Ordering::Relaxed,
        ) {
            old = now;
        }
    }

    /// Stores `new` where `old` is found; gives the value found.
    #[inline]
    pub(crate) fn replace(&self, old: u32, new: u32) -> Result<u32, u32> {
        // Both ways: the winner publishes, the loser reads what the winner published.
        self.0.compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire)
    }

    /// Stores `change(old)`; gives the old value, or `None` and no change where that gives `None`.
    #[inline]
    pub(crate) fn update(&self, change: impl Fn(u32) -> Option<u32>) -> Option<u32> {
        let mut old = self.get();
        loop {
            // As in `replace`; weak, as it is asked again anyway.
            let new = change(old)?;
            match self.0.compare_exchange_weak(old, new, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Some(old),
                Err(now) => old = now,
            }
        }
    }
}

/// A pointer to the newest node of a list.
pub(crate) struct Link<T>(AtomicPtr<T>);

impl<T> Link<T> {
    pub(crate) const fn new() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// Acquire, to see the node that was published with the pointer.
    pub(crate) fn get(&self) -> *mut T {
        self.0.load(Ordering::Acquire)
    }

    /// Puts `node` in front of `front`; `Err` with what stands there if that is something else.
    pub(crate) fn push(&self, front: *mut T, node: *mut T) -> Result<(), *mut T> {
        // Release publishes the node; Acquire on failure sees the nodes pushed meanwhile.
        self.0.compare_exchange(front, node, Ordering::AcqRel, Ordering::Acquire).map(drop)
    }
}
