//! Untyped values: numbers of which nobody knows whether they may go down.

use crate::atomic::Float;
use crate::kind::sealed::Sealed;
use crate::kind::{Child, Item, KindCell, MetricValue, Part};
use crate::metrics::counter::single_cell;
use crate::numbers::number::Number;

/// A number taken from elsewhere that may be a total or not, such as a register whose manual does not
/// say; where it is known, use [`Counter`](crate::Counter) or [`Gauge`](crate::Gauge).
///
/// 8 bytes; one store. It may be called from any thread and any interrupt handler; on cores without
/// 64-bit atomics each call takes a critical section of a few instructions.
///
/// ```
/// use nanoprom::Untyped;
///
/// static REGISTER: Untyped = Untyped::new();
///
/// REGISTER.set(17.0);
/// assert_eq!(REGISTER.get(), 17.0);
/// ```
#[repr(C)]
pub struct Untyped {
    value: Float,
}

impl Untyped {
    /// A value of 0.
    pub const fn new() -> Self {
        Self { value: Float::new(0.0) }
    }

    /// Sets the value; any float, NaN included.
    #[inline]
    pub fn set(&self, value: f64) {
        self.value.set(value);
    }

    /// The value.
    #[inline]
    pub fn get(&self) -> f64 {
        self.value.get()
    }

    /// Back to 0, for a child that is off the page.
    fn reset(&self) {
        self.set(0.0);
    }
}

single_cell!(Untyped, Unknown, "", UNTYPED, UNTYPED_FAMILY, |cell| Number::float(cell.get()));
