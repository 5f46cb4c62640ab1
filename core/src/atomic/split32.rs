//! `split32`: totals in two 32-bit words without a lock, floats and signed cells in a critical
//! section.

use core::ptr;
use portable_atomic::{AtomicPtr, AtomicU32, Ordering};

pub(super) const NAME: &str = "split32";
pub(super) const COMPACT: bool = true;

/// An unsigned 64-bit total; see [`super::split`].
#[repr(transparent)]
pub(crate) struct Total(super::split::Split);

impl Total {
    pub(crate) const fn new() -> Self {
        Self(super::split::Split::new())
    }

    #[inline]
    pub(crate) fn inc(&self) {
        self.0.add(1);
    }

    #[inline(never)]
    pub(crate) fn add(&self, amount: u64) {
        self.0.add(amount);
    }

    #[inline(never)]
    pub(crate) fn get(&self) -> u64 {
        self.0.get()
    }

    /// In a critical section, so that nobody on this core sees its parts.
    pub(crate) fn reset(&self) {
        critical_section::with(|_| self.0.reset());
    }
}

#[path = "word.rs"]
mod word;
pub(crate) use super::guarded::{Float, Signed};
pub(crate) use word::{Link, Word};

/// Hands the C ABI's symbol for this layout to a macro.
#[doc(hidden)]
#[macro_export]
macro_rules! __with_abi_symbol {
    ($with:ident) => {
        $with!("nprom_abi_1_split32");
    };
}

/// The C ABI needs a critical section in this layout.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_critical_section {
    ($($item:item)*) => {$($item)*};
}
