//! `locked`: cores without compare-and-swap. Every change of a cell is a critical section.

use super::guarded::Guarded;
use core::cell::UnsafeCell;
use core::ptr;

pub(super) const NAME: &str = "locked";
pub(super) const COMPACT: bool = true;

/// An unsigned 64-bit total.
#[repr(transparent)]
pub(crate) struct Total(Guarded<u64>);

impl Total {
    pub(crate) const fn new() -> Self {
        Self(Guarded::new(0))
    }

    #[inline]
    pub(crate) fn inc(&self) {
        self.add(1);
    }

    #[inline]
    pub(crate) fn add(&self, amount: u64) {
        self.0.with(|value| *value = value.wrapping_add(amount));
    }

    #[inline]
    pub(crate) fn get(&self) -> u64 {
        self.0.get()
    }

    pub(crate) fn reset(&self) {
        self.0.with(|value| *value = 0);
    }
}

/// A 32-bit word.
#[repr(C)]
pub(crate) struct Word(UnsafeCell<u32>);

// SAFETY: the value is only touched inside a critical section.
unsafe impl Sync for Word {}

impl Word {
    pub(crate) const fn new(value: u32) -> Self {
        Self(UnsafeCell::new(value))
    }

    fn with<R>(&self, work: impl FnOnce(&mut u32) -> R) -> R {
        // SAFETY: nobody else is inside a critical section, and `work` cannot reach this word again.
        critical_section::with(|_| work(unsafe { &mut *self.0.get() }))
    }

    pub(crate) fn get(&self) -> u32 {
        self.with(|word| *word)
    }

    pub(crate) fn set(&self, value: u32) {
        self.with(|word| *word = value);
    }

    /// Adds with wrap-around and returns the value before.
    pub(crate) fn add(&self, amount: u32) -> u32 {
        self.with(|word| {
            let old = *word;
            *word = old.wrapping_add(amount);
            old
        })
    }

    /// Adds, and stops at the largest value.
    pub(crate) fn add_saturating(&self, amount: u32) {
        self.with(|word| *word = word.saturating_add(amount));
    }

    /// Stores `new` where `old` is found; gives the value found.
    pub(crate) fn replace(&self, old: u32, new: u32) -> Result<u32, u32> {
        self.with(|word| {
            let found = *word;
            if found == old {
                *word = new;
                Ok(found)
            } else {
                Err(found)
            }
        })
    }

    /// Stores `change(old)`; gives the old value, or `None` and no change where that gives `None`.
    pub(crate) fn update(&self, change: impl Fn(u32) -> Option<u32>) -> Option<u32> {
        self.with(|word| {
            let old = *word;
            *word = change(old)?;
            Some(old)
        })
    }
}

/// A pointer to the newest node of a list.
pub(crate) struct Link<T>(UnsafeCell<*mut T>);

// SAFETY: the pointer is only touched inside a critical section; what it points to is shared.
unsafe impl<T: Sync> Sync for Link<T> {}

impl<T> Link<T> {
    pub(crate) const fn new() -> Self {
        Self(UnsafeCell::new(ptr::null_mut()))
    }

    pub(crate) fn get(&self) -> *mut T {
        // SAFETY: nobody else is inside a critical section.
        critical_section::with(|_| unsafe { *self.0.get() })
    }

    /// Puts `node` in front of `front`; `Err` with what stands there if that is something else.
    pub(crate) fn push(&self, front: *mut T, node: *mut T) -> Result<(), *mut T> {
        critical_section::with(|_| {
            // SAFETY: nobody else is inside a critical section.
            let place = unsafe { &mut *self.0.get() };
            if *place != front {
                return Err(*place);
            }
            *place = node;
            Ok(())
        })
    }
}

pub(crate) use super::guarded::{Float, Signed};

/// Hands the C ABI's symbol for this layout to a macro.
#[doc(hidden)]
#[macro_export]
macro_rules! __with_abi_symbol {
    ($with:ident) => {
        $with!("nprom_abi_1_locked");
    };
}

/// The C ABI needs a critical section in this layout.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_critical_section {
    ($($item:item)*) => {$($item)*};
}
