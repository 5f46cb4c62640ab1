//! 64-bit cells in a critical section, a few instructions long, for cores without 64-bit atomics.

use crate::numbers::compare::exceeds;
use core::cell::UnsafeCell;
use core::hint::black_box;

/// A value that is only touched inside a critical section.
#[repr(C, align(8))]
pub(super) struct Guarded<T>(UnsafeCell<T>);

// SAFETY: `get` and `with` are the only ways to the value, and both hold the critical section.
unsafe impl<T: Copy + Send> Sync for Guarded<T> {}

impl<T: Copy> Guarded<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    #[inline]
    pub(super) fn get(&self) -> T {
        self.with(|value| *value)
    }

    #[inline]
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: nobody else is inside a critical section, and `work` cannot reach this cell again.
        critical_section::with(|_| work(unsafe { &mut *self.0.get() }))
    }
}

/// A signed 64-bit value.
#[repr(transparent)]
pub(crate) struct Signed(Guarded<i64>);

impl Signed {
    pub(crate) const fn new() -> Self {
        Self(Guarded::new(0))
    }

    pub(crate) fn add(&self, amount: i64) {
        self.0.with(|value| *value = value.wrapping_add(amount));
    }

    pub(crate) fn set(&self, value: i64) {
        self.0.with(|cell| *cell = value);
    }

    pub(crate) fn get(&self) -> i64 {
        self.0.get()
    }
}

/// A 64-bit float.
#[repr(transparent)]
pub(crate) struct Float(Guarded<f64>);

impl Float {
    pub(crate) const fn new(value: f64) -> Self {
        Self(Guarded::new(value))
    }

    pub(crate) fn set(&self, value: f64) {
        self.0.with(|cell| *cell = value);
    }

    // Not inlined: what is done with the value must not be moved into the critical section.
    #[inline(never)]
    pub(crate) fn get(&self) -> f64 {
        self.0.get()
    }

    /// Adds `amount`, unless the sum [`exceeds`] `largest`; `false` and unchanged if it does.
    ///
    /// Floats are added in software here, in some hundred instructions: outside of the critical
    /// section, and again as long as others change the value faster than that.
    #[inline(never)]
    pub(crate) fn add(&self, amount: f64, largest: u64) -> bool {
        loop {
            let old = self.get();
            // Or the compiler moves the addition to where its result is stored.
            let new = black_box(old + amount);
            if exceeds(new, largest) {
                return false;
            }
            let stored = self.0.with(|value| {
                let unchanged = value.to_bits() == old.to_bits();
                if unchanged {
                    *value = new;
                }
                unchanged
            });
            if stored {
                return true;
            }
        }
    }
}
