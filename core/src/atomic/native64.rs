//! `native64`: every cell is one lock-free 64-bit word.

use crate::numbers::compare::exceeds;
use core::ptr;
use portable_atomic::{AtomicF64, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, Ordering};

pub(super) const NAME: &str = "native64";
pub(super) const COMPACT: bool = false;

// Values are Relaxed: a total says nothing about other memory, and a page needs no order between
// two metrics.

/// An unsigned 64-bit total.
#[repr(C, align(8))]
pub(crate) struct Total(AtomicU64);

impl Total {
    pub(crate) const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    #[inline]
    pub(crate) fn inc(&self) {
        self.0.add(1, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn add(&self, amount: u64) {
        self.0.add(amount, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Back to zero; an addition at the same moment is counted before or after.
    pub(crate) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// A signed 64-bit value.
#[repr(C, align(8))]
pub(crate) struct Signed(AtomicI64);

impl Signed {
    pub(crate) const fn new() -> Self {
        Self(AtomicI64::new(0))
    }

    #[inline]
    pub(crate) fn add(&self, amount: i64) {
        self.0.add(amount, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn set(&self, value: i64) {
        self.0.store(value, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A 64-bit float.
#[repr(C, align(8))]
pub(crate) struct Float(AtomicF64);

impl Float {
    pub(crate) const fn new(value: f64) -> Self {
        Self(AtomicF64::new(value))
    }

    #[inline]
    pub(crate) fn set(&self, value: f64) {
        self.0.store(value, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn get(&self) -> f64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Adds `amount`, unless the sum [`exceeds`] `largest`; `false` and unchanged if it does.
    #[inline]
    pub(crate) fn add(&self, amount: f64, largest: u64) -> bool {
        let bits = self.0.as_bits();
        let mut old = bits.load(Ordering::Relaxed);
        loop {
            let new = f64::from_bits(old) + amount;
            if exceeds(new, largest) {
                return false;
            }
            match bits.compare_exchange_weak(
                old,
                new.to_bits(),
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => return true,
                Err(now) => old = now,
            }
        }
    }
}

#[path = "word.rs"]
mod word;
pub(crate) use word::{Link, Word};

/// Hands the C ABI's symbol for this layout to a macro.
#[doc(hidden)]
#[macro_export]
macro_rules! __with_abi_symbol {
    ($with:ident) => {
        $with!("nprom_abi_1_native64");
    };
}

/// The C ABI needs no critical section in this layout.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_critical_section {
    ($($item:item)*) => {};
}
