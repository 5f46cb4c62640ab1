//! Memory-mapped registers.

use core::ptr;

/// A register of type `T` at an address.
pub(crate) struct Register<T>(*mut T);

impl<T: Copy> Register<T> {
    pub(crate) const fn at(address: usize) -> Self {
        Self(ptr::without_provenance_mut(address))
    }

    pub(crate) fn read(&self) -> T {
        // SAFETY: the machine has a register of this size there.
        unsafe { self.0.read_volatile() }
    }

    pub(crate) fn write(&self, value: T) {
        // SAFETY: as for `read`.
        unsafe { self.0.write_volatile(value) }
    }
}
