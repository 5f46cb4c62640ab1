//! Summaries: how many observations, and their sum.

use crate::atomic::{Float, Total};
use crate::buckets::Bounds;
use crate::kind::sealed::Sealed;
use crate::kind::{Child, Item, KindCell, MetricValue, Part, kinds};
use crate::metrics::counter::plain_cell;
use crate::numbers::compare;
use crate::numbers::number::Number;
use core::mem::offset_of;

/// How many values were observed and what they add up to, such as the bytes of all answers; for their
/// distribution use [`Histogram`](crate::Histogram).
///
/// There are no quantiles: those of several targets cannot be put together.
///
/// 16 bytes. [`observe`](Self::observe) is one atomic integer add and one compare-and-swap loop, from
/// any thread and any interrupt handler; on cores without 64-bit atomics the sum takes a critical
/// section around one float addition.
///
/// ```
/// use nanoprom::Summary;
///
/// static ANSWERS: Summary = Summary::new();
///
/// ANSWERS.observe(1500.0);
/// ANSWERS.observe(20.5);
/// assert_eq!(ANSWERS.count(), 2);
/// assert_eq!(ANSWERS.sum(), 1520.5);
/// ```
#[repr(C)]
pub struct Summary {
    sum: Float,
    count: Total,
}

impl Summary {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, sum), offset_of!(Self, count)];

    /// A summary without observations.
    pub const fn new() -> Self {
        Self { sum: Float::new(0.0), count: Total::new() }
    }

    /// Counts `value` and adds it to the sum. NaN is ignored; of opposite infinities the later one is
    /// counted but left out of the sum.
    #[inline]
    pub fn observe(&self, value: f64) {
        if compare::is_nan(value) {
            return;
        }
        self.count.inc();
        self.sum.add(value, compare::NUMBER);
    }

    /// How many values were observed.
    #[inline]
    pub fn count(&self) -> u64 {
        self.count.get()
    }

    /// The sum of the values observed.
    #[inline]
    pub fn sum(&self) -> f64 {
        self.sum.get()
    }
}

/// Sum and count, in this order, loaded together: pages in another order ask for the count first.
///
/// # Safety
///
/// As for [`Load`](crate::kind::Load).
unsafe fn load(cell: *const (), _: &Bounds<'_>, part: &mut Part, item: &mut Item) {
    // SAFETY: `Load` is given a cell of this kind.
    let summary = unsafe { &*cell.cast::<Summary>() };
    part.last = part.index > 0;
    part.index = 1;
    *item = if part.last {
        Item::plain("_count", Number::unsigned(part.running))
    } else {
        part.running = summary.count();
        Item::plain("_sum", Number::float(summary.sum()))
    };
}

/// # Safety
///
/// As for [`Reset`](crate::kind::Reset).
unsafe fn reset(cell: *const (), _: &Bounds<'_>) {
    // SAFETY: `Reset` is given a cell of this kind.
    let summary = unsafe { &*cell.cast::<Summary>() };
    summary.count.reset();
    summary.sum.set(0.0);
}

kinds!(Summary, Cell, load, reset, SUMMARY, SUMMARY_FAMILY);
plain_cell!(Summary, Summary::new(), SUMMARY, SUMMARY_FAMILY);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observations_are_counted_and_summed() {
        let summary = Summary::new();
        for value in [1.5, -4.0, 0.0] {
            summary.observe(value);
        }
        assert_eq!(summary.count(), 3);
        assert_eq!(summary.sum(), -2.5);
    }

    #[test]
    fn nan_is_ignored() {
        let summary = Summary::new();
        summary.observe(f64::NAN);
        assert_eq!(summary.count(), 0);
        assert_eq!(summary.sum(), 0.0);
    }

    #[test]
    fn opposite_infinities_are_counted_but_never_make_the_sum_nan() {
        let summary = Summary::new();
        summary.observe(f64::NEG_INFINITY);
        summary.observe(f64::INFINITY);
        assert_eq!(summary.count(), 2);
        assert_eq!(summary.sum(), f64::NEG_INFINITY);
    }
}
