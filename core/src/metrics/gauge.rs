//! Gauges: values that go up and down.

use crate::atomic::{Float, Signed, Word};
use crate::kind::sealed::Sealed;
use crate::kind::{Child, Item, KindCell, MetricValue, Part};
use crate::metrics::counter::single_cell;
use crate::numbers::compare;
use crate::numbers::number::Number;

/// A value that goes up and down: a temperature, a queue's length; for a total that only goes up, use
/// [`Counter`](crate::Counter).
///
/// 8 bytes. [`set`](Self::set) is one store, the others are a compare-and-swap loop. Every call may be
/// made from any thread and any interrupt handler; on cores without 64-bit atomics each takes a
/// critical section of a few instructions.
///
/// ```
/// use nanoprom::Gauge;
///
/// static TEMPERATURE: Gauge = Gauge::new();
///
/// TEMPERATURE.set(21.5);
/// TEMPERATURE.dec_by(1.0);
/// assert_eq!(TEMPERATURE.get(), 20.5);
/// ```
#[repr(C)]
pub struct Gauge {
    value: Float,
}

impl Gauge {
    /// A gauge at 0.
    pub const fn new() -> Self {
        Self { value: Float::new(0.0) }
    }

    /// Sets the value; any float, NaN included.
    #[inline]
    pub fn set(&self, value: f64) {
        self.value.set(value);
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        self.inc_by(1.0);
    }

    /// Subtracts 1.
    #[inline]
    pub fn dec(&self) {
        self.inc_by(-1.0);
    }

    /// Adds `amount`, which may be negative.
    #[inline]
    pub fn inc_by(&self, amount: f64) {
        self.value.add(amount, compare::ANY);
    }

    /// Subtracts `amount`, which may be negative.
    #[inline]
    pub fn dec_by(&self, amount: f64) {
        self.inc_by(-amount);
    }

    /// The value.
    #[inline]
    pub fn get(&self) -> f64 {
        self.value.get()
    }
}

/// A whole number that goes up and down, from −2^63 to 2^63 − 1; it wraps at the ends.
///
/// 8 bytes; a store or one atomic integer add, from any thread and any interrupt handler. On cores
/// without 64-bit atomics each call takes a critical section; [`Gauge32`] does not.
#[repr(C)]
pub struct IntGauge {
    value: Signed,
}

impl IntGauge {
    /// A gauge at 0.
    pub const fn new() -> Self {
        Self { value: Signed::new() }
    }

    /// Sets the value.
    #[inline]
    pub fn set(&self, value: i64) {
        self.value.set(value);
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        self.value.add(1);
    }

    /// Subtracts 1.
    #[inline]
    pub fn dec(&self) {
        self.value.add(-1);
    }

    /// Adds `amount`, which may be negative.
    #[inline]
    pub fn inc_by(&self, amount: i64) {
        self.value.add(amount);
    }

    /// Subtracts `amount`, which may be negative.
    #[inline]
    pub fn dec_by(&self, amount: i64) {
        self.inc_by(amount.wrapping_neg());
    }

    /// The value.
    #[inline]
    pub fn get(&self) -> i64 {
        self.value.get()
    }
}

/// A small whole number that goes up and down, from −2^31 to 2^31 − 1; it wraps at the ends.
///
/// 4 bytes; a store or one atomic add of a word, from any thread and any interrupt handler. It never
/// disables interrupts where compare-and-swap exists.
#[repr(C)]
pub struct Gauge32 {
    value: Word,
}

impl Gauge32 {
    /// A gauge at 0.
    pub const fn new() -> Self {
        Self { value: Word::new(0) }
    }

    /// Sets the value.
    #[inline]
    pub fn set(&self, value: i32) {
        self.value.set(value.cast_unsigned());
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        self.inc_by(1);
    }

    /// Subtracts 1.
    #[inline]
    pub fn dec(&self) {
        self.inc_by(-1);
    }

    /// Adds `amount`, which may be negative.
    #[inline]
    pub fn inc_by(&self, amount: i32) {
        // Two's complement: adding the same bits modulo 2^32 is the signed addition.
        self.value.add(amount.cast_unsigned());
    }

    /// Subtracts `amount`, which may be negative.
    #[inline]
    pub fn dec_by(&self, amount: i32) {
        self.inc_by(amount.wrapping_neg());
    }

    /// The value.
    #[inline]
    pub fn get(&self) -> i32 {
        self.value.get().cast_signed()
    }
}

impl Gauge {
    /// Back to 0, for a child that is off the page.
    fn reset(&self) {
        self.set(0.0);
    }
}

impl IntGauge {
    /// Back to 0, for a child that is off the page.
    fn reset(&self) {
        self.set(0);
    }
}

impl Gauge32 {
    /// Back to 0, for a child that is off the page.
    fn reset(&self) {
        self.set(0);
    }
}

single_cell!(Gauge, Gauge, "", GAUGE, GAUGE_FAMILY, |cell| Number::float(cell.get()));
single_cell!(IntGauge, Gauge, "", INT_GAUGE, INT_GAUGE_FAMILY, |cell| {
    Number::signed(cell.get())
});
single_cell!(Gauge32, Gauge, "", GAUGE32, GAUGE32_FAMILY, |cell| {
    Number::signed(i64::from(cell.get()))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gauges_go_up_and_down() {
        let gauge = Gauge::new();
        gauge.inc();
        gauge.dec_by(2.5);
        assert_eq!(gauge.get(), -1.5);
        let gauge = IntGauge::new();
        gauge.dec();
        gauge.inc_by(-9);
        assert_eq!(gauge.get(), -10);
        let gauge = Gauge32::new();
        gauge.dec();
        gauge.inc_by(-9);
        assert_eq!(gauge.get(), -10);
        gauge.set(i32::MIN);
        assert_eq!(gauge.get(), i32::MIN);
    }

    #[test]
    fn a_gauge_may_hold_nan() {
        let gauge = Gauge::new();
        gauge.set(f64::NAN);
        assert!(gauge.get().is_nan());
    }
}
