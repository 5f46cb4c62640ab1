//! Counters: totals that only go up.

use crate::atomic::{COMPACT, Float, Total, Word};
use crate::error::Rejected;
use crate::kind::sealed::Sealed;
use crate::kind::{Child, Item, KindCell, MetricValue, Part};
use crate::numbers::compare;
use crate::numbers::number::Number;

/// A total of events or of any non-negative amounts; for a number that can go down, use
/// [`Gauge`](crate::Gauge).
///
/// 16 bytes. [`inc`](Self::inc) and whole amounts below 2^32 are one atomic integer add; other
/// amounts are a compare-and-swap loop on a float. Every call may be made from any thread and any
/// interrupt handler; on cores without 64-bit atomics fractional amounts take a critical section of
/// a few instructions.
///
/// ```
/// use nanoprom::Counter;
///
/// static SENT: Counter = Counter::new();
///
/// SENT.inc();
/// SENT.inc_by(0.5)?;
/// assert_eq!(SENT.get(), 1.5);
/// # Ok::<(), nanoprom::Rejected>(())
/// ```
#[repr(C)]
pub struct Counter {
    whole: Total,
    rest: Float,
}

impl Counter {
    /// A counter at 0.
    pub const fn new() -> Self {
        Self { whole: Total::new(), rest: Float::new(0.0) }
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        self.whole.inc();
    }

    /// Adds `amount`.
    ///
    /// # Errors
    ///
    /// A negative amount, NaN, and what would make the total infinite are rejected; the counter is
    /// unchanged then (Prometheus, "Writing client libraries", Counter).
    #[inline]
    pub fn inc_by(&self, amount: f64) -> Result<(), Rejected> {
        if COMPACT { self.inc_by_compact(amount) } else { self.add_amount(amount) }
    }

    #[inline(never)]
    fn inc_by_compact(&self, amount: f64) -> Result<(), Rejected> {
        self.add_amount(amount)
    }

    #[inline(always)]
    fn add_amount(&self, amount: f64) -> Result<(), Rejected> {
        if let Some(whole) = compare::as_u32(amount) {
            self.whole.add(u64::from(whole));
            return Ok(());
        }
        self.add_rest(amount)
    }

    #[inline]
    fn add_rest(&self, amount: f64) -> Result<(), Rejected> {
        if !compare::is_not_negative(amount) {
            return Err(if compare::is_nan(amount) {
                Rejected::NotANumber
            } else {
                Rejected::Negative
            });
        }
        // Whole amounts, below 2^64, cannot make a finite rest infinite.
        if self.rest.add(amount, compare::FINITE) { Ok(()) } else { Err(Rejected::Infinite) }
    }

    /// The total, rounded to the nearest float: it never goes back, not even above 2^53.
    #[inline]
    pub fn get(&self) -> f64 {
        self.whole.get() as f64 + self.rest.get()
    }
}

/// A total of whole events, exact to 2^64 (2^60 where 64-bit atomics do not exist).
///
/// 8 bytes; every change is one atomic integer add (two now and then on 32-bit cores), from any
/// thread and any interrupt handler. It never disables interrupts where compare-and-swap exists.
///
/// ```
/// use nanoprom::IntCounter;
///
/// static BYTES: IntCounter = IntCounter::new();
///
/// BYTES.inc_by(1500);
/// BYTES.inc();
/// assert_eq!(BYTES.get(), 1501);
/// ```
#[repr(C)]
pub struct IntCounter {
    total: Total,
}

impl IntCounter {
    /// A counter at 0.
    pub const fn new() -> Self {
        Self { total: Total::new() }
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        self.total.inc();
    }

    /// Adds `amount`.
    #[inline]
    pub fn inc_by(&self, amount: u64) {
        self.total.add(amount);
    }

    /// The total.
    #[inline]
    pub fn get(&self) -> u64 {
        self.total.get()
    }
}

/// A small total that stops at 2^32 − 1 instead of wrapping.
///
/// 4 bytes; one compare-and-swap loop on a word, from any thread and any interrupt handler.
///
/// ```
/// use nanoprom::Counter32;
///
/// static RESETS: Counter32 = Counter32::new();
///
/// RESETS.inc();
/// RESETS.inc_by(u32::MAX);
/// assert_eq!(RESETS.get(), u32::MAX);
/// ```
#[repr(C)]
pub struct Counter32 {
    total: Word,
}

impl Counter32 {
    /// A counter at 0.
    pub const fn new() -> Self {
        Self { total: Word::new(0) }
    }

    /// Adds 1.
    #[inline]
    pub fn inc(&self) {
        self.inc_by(1);
    }

    /// Adds `amount`.
    #[inline]
    pub fn inc_by(&self, amount: u32) {
        self.total.add_saturating(amount);
    }

    /// The total.
    #[inline]
    pub fn get(&self) -> u32 {
        self.total.get()
    }
}

impl Counter {
    /// Back to 0: for tests, and where what is counted starts again. Prometheus takes it for a restart.
    ///
    /// What is added at the same moment may be lost or kept. Whole and fractional amounts go one after
    /// the other. From any thread and interrupt handler.
    pub fn reset(&self) {
        self.whole.reset();
        self.rest.set(0.0);
    }
}

impl IntCounter {
    /// Back to 0: for tests, and where what is counted starts again. Prometheus takes it for a restart.
    ///
    /// What is added at the same moment may be lost or kept. From any thread and interrupt handler.
    pub fn reset(&self) {
        self.total.reset();
    }
}

impl Counter32 {
    /// Back to 0: for tests, and where what is counted starts again. Prometheus takes it for a restart.
    ///
    /// What is added at the same moment may be lost or kept. From any thread and interrupt handler.
    pub fn reset(&self) {
        self.total.set(0);
    }
}

/// A metric type whose value is one cell and one sample.
macro_rules! single_cell {
    ($name:ident, $of:ident, $suffix:literal, $single:ident, $family:ident, $number:expr) => {
        $crate::kind::kinds!(
            $of,
            Cell,
            |cell, _, part: &mut Part, item: &mut Item| {
                part.last = true;
                // SAFETY: `Load` is given a cell of this kind.
                let cell = unsafe { &*cell.cast::<$name>() };
                let number: fn(&$name) -> Number = $number;
                *item = Item::plain($suffix, number(cell));
            },
            // SAFETY: `Reset` is given a cell of this kind.
            |cell, _| unsafe { &*cell.cast::<$name>() }.reset(),
            $single,
            $family
        );
        $crate::metrics::counter::plain_cell!($name, $name::new(), $single, $family);
    };
}
pub(crate) use single_cell;

/// A metric type whose value is one cell: how it is declared, alone and in families.
macro_rules! plain_cell {
    ($name:ty, $new:expr, $single:ident, $family:ident) => {
        impl Default for $name {
            fn default() -> Self {
                $new
            }
        }

        impl $name {
            #[doc(hidden)]
            pub const fn __declare(_metric: &str) -> Self {
                $new
            }

            #[doc(hidden)]
            pub const fn __declare_buckets<B>(metric: &str, _: &(), _: &[B]) -> Self {
                $crate::fault::declaration(metric, "has buckets, but is no histogram")
            }

            #[doc(hidden)]
            pub const fn __declare_ticks(self, metric: &str, _: u32) -> Self {
                $crate::fault::no_ticks(metric)
            }

            /// # Safety
            ///
            /// None: unsafe as that of families, which `metrics!` calls in the same words.
            #[doc(hidden)]
            pub const unsafe fn __declare_labels(
                metric: &str,
                _: &(),
                _: &[$crate::LabelName<'_>],
                _: &[f64],
            ) -> Self {
                $crate::fault::declaration(metric, "has labels: declare it as Family<…>")
            }

            #[doc(hidden)]
            pub const fn __declare_function(metric: &str, _: fn() -> f64) -> Self {
                $crate::fault::declaration(
                    metric,
                    "has a function, which is for GaugeFn and CounterFn",
                )
            }

            #[doc(hidden)]
            pub const fn __declare_info(metric: &str, _: &[$crate::Label<'_>]) -> Self {
                $crate::fault::declaration(metric, "has labels with values, which are for Info")
            }
        }

        impl $crate::kind::__Declare for $name {
            type Cells = ();
            const CELLS: () = ();
        }

        impl Sealed for $name {}

        impl MetricValue for $name {
            const KIND: &'static KindCell = &$single;
        }

        impl Child for $name {
            type Cell = $name;
            type Handle = &'static $name;
            type Bound = f64;
            const CELL: $name = $new;
            const FAMILY: &'static KindCell = &$family;
            const BOUNDS: usize = 0;

            #[inline]
            unsafe fn handle(cell: &'static $name, _: *const f64, _: u32) -> &'static $name {
                cell
            }
        }
    };
}
pub(crate) use plain_cell;

single_cell!(Counter, Counter, "_total", COUNTER, COUNTER_FAMILY, |cell| {
    Number::sum(cell.whole.get(), cell.rest.get())
});
single_cell!(IntCounter, Counter, "_total", INT_COUNTER, INT_COUNTER_FAMILY, |cell| {
    Number::unsigned(cell.get())
});
single_cell!(Counter32, Counter, "_total", COUNTER32, COUNTER32_FAMILY, |cell| {
    Number::unsigned(u64::from(cell.get()))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_amounts_are_rejected_and_change_nothing() {
        let counter = Counter::new();
        counter.inc_by(2.5).unwrap();
        for (amount, why) in [
            (f64::NAN, Rejected::NotANumber),
            (-1.0, Rejected::Negative),
            (-0.5, Rejected::Negative),
            (f64::NEG_INFINITY, Rejected::Negative),
            (f64::INFINITY, Rejected::Infinite),
        ] {
            assert_eq!(counter.inc_by(amount), Err(why));
        }
        assert_eq!(counter.get(), 2.5);
    }

    #[test]
    fn a_total_that_would_overflow_is_refused() {
        let counter = Counter::new();
        counter.inc_by(f64::MAX).unwrap();
        assert_eq!(counter.inc_by(f64::MAX), Err(Rejected::Infinite));
        assert_eq!(counter.get(), f64::MAX);
    }

    #[test]
    fn zero_and_minus_zero_are_legal_amounts() {
        let counter = Counter::new();
        counter.inc_by(0.0).unwrap();
        counter.inc_by(-0.0).unwrap();
        assert_eq!(counter.get().to_bits(), 0);
    }

    #[test]
    fn large_whole_amounts_are_kept() {
        let counter = Counter::new();
        counter.inc_by(4_294_967_295.0).unwrap();
        counter.inc_by(4_294_967_296.0).unwrap();
        counter.inc_by(1e15).unwrap();
        assert_eq!(counter.get(), 1e15 + 8_589_934_591.0);
    }

    #[test]
    fn the_total_never_goes_back_above_2_to_the_53() {
        let counter = Counter::new();
        counter.inc_by(9_007_199_254_740_992.0).unwrap();
        let mut last = counter.get();
        for step in 0..2000 {
            if step % 3 == 0 {
                counter.inc_by(0.75).unwrap()
            } else {
                counter.inc()
            }
            assert!(counter.get() >= last);
            last = counter.get();
        }
    }

    #[test]
    fn a_small_counter_saturates() {
        let counter = Counter32::new();
        counter.inc_by(u32::MAX - 1);
        counter.inc();
        counter.inc();
        assert_eq!(counter.get(), u32::MAX);
    }
}
