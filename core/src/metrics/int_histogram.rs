//! Histograms of whole numbers: ticks of a timer, cycles, bytes. No float is touched until the page is
//! made, and hardly then.

use crate::atomic::COMPACT;
use crate::buckets;
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Child, KindCell, MetricValue};
use crate::label::LabelName;
use crate::metrics::any_int_histogram::{
    AnyIntHistogram, Bucket, Bucket32, Bucket64, IntHistogramCells,
};

/// The distribution of a whole number over `N` buckets and `+Inf`: a time in ticks of a timer or in
/// cycles, a size in bytes. For fractions and negative numbers, use [`Histogram`](crate::Histogram);
/// where 4 bytes a bucket must do, [`Histogram32`].
///
/// Observations and bounds are ticks. The page shows them in the unit that the metric's name ends in:
/// divided by [`with_ticks_per_unit`](Self::with_ticks_per_unit), which is 1 unless it is set. That is
/// rounded down, behind 15 digits; 5000 of 1 000 000 ticks are `0.005`.
///
/// This is a handle in read-only memory (24 bytes; 16 on 32-bit cores); bounds, 4 bytes each, are a
/// constant beside it. The cells take 8·(`N` + 2) bytes of RAM.
///
/// [`observe`](Self::observe) is a search without branches on the data, and two integer additions. It
/// may be called from any thread and any interrupt handler, and never disables interrupts where
/// compare-and-swap exists.
///
/// ```
/// use nanoprom::{IntHistogram, IntHistogramCells};
///
/// /// What the timer counts in a second.
/// const HZ: u32 = 1_000_000;
/// static CELLS: IntHistogramCells<3> = IntHistogramCells::new();
/// static LATENCY: IntHistogram<3> =
///     IntHistogram::new(&CELLS, &[HZ / 1_000, HZ / 100, HZ / 10]).with_ticks_per_unit(HZ);
///
/// LATENCY.observe(1_000);
/// LATENCY.observe(2_500);
/// assert_eq!(LATENCY.bucket(0), Some(1));
/// assert_eq!(LATENCY.sum(), 3_500);
/// ```
#[repr(transparent)]
pub struct IntHistogram<const N: usize, B: Bucket = Bucket64> {
    any: AnyIntHistogram<B>,
}

/// An [`IntHistogram`] with buckets of 4 bytes, which take 4·(`N` + 1) bytes of RAM and 8 for the sum,
/// rounded up to 8: 72 for 14 bounds.
///
/// A bucket that has counted 2^32 − 1 observations stops there. It never wraps, so what the page shows
/// never goes down; `_count` and the buckets above lag behind from then on, while `_sum` is exact.
///
/// [`observe`](IntHistogram::observe) is one compare-and-swap on the bucket and one addition to the sum.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Time in the handler of the timer interrupt, in seconds.
///     pub static HANDLER: Histogram32<4> = "interrupt_duration_seconds",
///         buckets = [64, 640, 6_400, 64_000], ticks_per_unit = 64_000_000;
/// }
/// use nanoprom::Histogram32;
///
/// HANDLER.observe(500); // cycles at 64 MHz
/// assert_eq!(HANDLER.bucket(1), Some(1));
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains("_bucket{le=\"1e-05\"} 1"), "{page}");
/// ```
pub type Histogram32<const N: usize> = IntHistogram<N, Bucket32>;

impl<const N: usize, B: Bucket> Clone for IntHistogram<N, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<const N: usize, B: Bucket> Copy for IntHistogram<N, B> {}

impl<const N: usize, B: Bucket> IntHistogram<N, B> {
    /// A histogram with upper bounds in ticks and in ascending order, `+Inf` left out.
    ///
    /// # Panics
    ///
    /// Where a bound is not above the one before: at compile time in a `static`.
    pub const fn new(cells: &'static IntHistogramCells<N, B>, bounds: &'static [u32; N]) -> Self {
        if let Some(fault) = buckets::ticks_fault(bounds, 1) {
            panic!("{}", fault);
        }
        Self::from_parts(cells, bounds.as_ptr(), 1)
    }

    /// The same histogram, of which `ticks_per_unit` ticks make one unit of the page: 1 000 000 where
    /// it observes microseconds and its name ends in `_seconds`.
    ///
    /// # Panics
    ///
    /// Where it is 0: at compile time in a `static`.
    pub const fn with_ticks_per_unit(mut self, ticks_per_unit: u32) -> Self {
        assert!(ticks_per_unit > 0, "0 ticks per unit");
        self.any.ticks_per_unit = ticks_per_unit;
        self
    }

    const fn from_parts(
        cells: &'static IntHistogramCells<N, B>,
        bounds: *const u32,
        ticks_per_unit: u32,
    ) -> Self {
        let cells = (&raw const *cells).cast();
        Self { any: AnyIntHistogram { bounds, cells, bound_count: N as u32, ticks_per_unit } }
    }

    #[inline]
    fn cells(&self) -> &'static IntHistogramCells<N, B> {
        // SAFETY: made from a `'static` reference to cells with N buckets.
        unsafe { &*self.any.cells.cast() }
    }

    /// The upper bounds in ticks, without `+Inf`.
    #[inline]
    pub fn bounds(&self) -> &'static [u32; N] {
        // SAFETY: made from a `'static` array of N bounds.
        unsafe { &*self.any.bounds.cast() }
    }

    /// Counts `ticks`.
    #[inline]
    pub fn observe(&self, ticks: u32) {
        if COMPACT {
            return self.any.observe(ticks);
        }
        let cells = self.cells();
        cells.buckets.get(buckets::find(self.bounds(), ticks)).unwrap_or(&cells.above).inc();
        cells.sum.add(u64::from(ticks));
    }

    /// How many values were observed: the sum of all buckets.
    pub fn count(&self) -> u64 {
        self.any.count()
    }

    /// The sum of the values observed, in ticks.
    #[inline]
    pub fn sum(&self) -> u64 {
        self.cells().sum.get()
    }

    /// How many values were counted in the bucket at `index`, not cumulative; `N` is `+Inf`.
    pub fn bucket(&self, index: usize) -> Option<u64> {
        self.any.bucket(index)
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a histogram without `buckets = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(
        metric: &str,
        cells: &'static IntHistogramCells<N, B>,
        bounds: &'static [u32],
    ) -> Self {
        if bounds.len() != N {
            declaration(metric, "has another number of buckets than its histogram");
        }
        // The table's check looks at the bounds themselves.
        Self::from_parts(cells, bounds.as_ptr(), 1)
    }

    #[doc(hidden)]
    pub const fn __declare_ticks(mut self, _metric: &str, ticks_per_unit: u32) -> Self {
        // The table's check looks at it.
        self.any.ticks_per_unit = ticks_per_unit;
        self
    }

    /// # Safety
    ///
    /// None: unsafe as that of families, which `metrics!` calls in the same words.
    #[doc(hidden)]
    pub const unsafe fn __declare_labels(
        metric: &str,
        _: &'static IntHistogramCells<N, B>,
        _: &[LabelName<'_>],
        _: &[u32],
    ) -> Self {
        declaration(metric, "has labels: declare it as Family<…>")
    }
}

impl<const N: usize, B: Bucket> __Declare for IntHistogram<N, B> {
    type Cells = IntHistogramCells<N, B>;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = IntHistogramCells::new();
}

impl<const N: usize, B: Bucket> Sealed for IntHistogram<N, B> {}

impl<const N: usize, B: Bucket> MetricValue for IntHistogram<N, B> {
    const KIND: &'static KindCell = B::KIND;
}

impl<const N: usize, B: Bucket> Child for IntHistogram<N, B> {
    type Cell = IntHistogramCells<N, B>;
    type Handle = Self;
    type Bound = u32;
    const CELL: IntHistogramCells<N, B> = IntHistogramCells::new();
    const FAMILY: &'static KindCell = B::FAMILY;
    const BOUNDS: usize = N;

    #[inline]
    unsafe fn handle(
        cells: &'static IntHistogramCells<N, B>,
        bounds: *const u32,
        ticks_per_unit: u32,
    ) -> Self {
        Self::from_parts(cells, bounds, ticks_per_unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::any_int_histogram::Histogram32Cells;

    macro_rules! histogram {
        ($type:ident, $bounds:expr) => {{
            static CELLS: <$type<{ $bounds.len() }> as __Declare>::Cells = IntHistogramCells::new();
            $type::<{ $bounds.len() }>::new(&CELLS, &$bounds)
        }};
    }

    fn buckets<const N: usize, B: Bucket>(histogram: &IntHistogram<N, B>) -> [Option<u64>; 5] {
        [0, 1, 2, 3, 4].map(|index| histogram.bucket(index))
    }

    #[test]
    fn a_tick_on_the_bound_belongs_to_its_bucket_whatever_its_size() {
        let (large, small) =
            (histogram!(IntHistogram, [0, 10, 20]), histogram!(Histogram32, [0, 10, 20]));
        for ticks in [0, 1, 9, 10, 20, 21, u32::MAX] {
            large.observe(ticks);
            small.observe(ticks);
        }
        let expected = [Some(1), Some(3), Some(1), Some(2), None];
        assert_eq!(buckets(&large), expected);
        assert_eq!(buckets(&small), expected);
        assert_eq!((large.count(), small.count()), (7, 7));
        let sum = 61 + u64::from(u32::MAX);
        assert_eq!((large.sum(), small.sum()), (sum, sum));
    }

    #[test]
    fn both_ways_to_observe_agree() {
        let typed = histogram!(Histogram32, [3, 5, 8]);
        let any = histogram!(Histogram32, [3, 5, 8]);
        for ticks in 0..10 {
            typed.observe(ticks);
            any.any.observe(ticks);
        }
        assert_eq!(buckets(&typed), buckets(&any));
        assert_eq!(typed.sum(), any.sum());
    }

    #[test]
    fn a_small_bucket_stops_and_the_sum_goes_on() {
        let histogram = histogram!(Histogram32, [1, 2]);
        histogram.cells().buckets[0].0.set(u32::MAX - 1);
        histogram.cells().above.0.set(u32::MAX);
        for ticks in [1, 1, 1, 2, 3] {
            histogram.observe(ticks);
        }
        let full = u64::from(u32::MAX);
        assert_eq!(buckets(&histogram), [Some(full), Some(1), Some(full), None, None]);
        assert_eq!(histogram.count(), 2 * full + 1);
        assert_eq!(histogram.sum(), 8);
    }

    #[test]
    fn a_histogram_without_bounds_counts_and_sums() {
        static CELLS: Histogram32Cells<0> = Histogram32Cells::new();
        let histogram = Histogram32::new(&CELLS, &[]);
        histogram.observe(7);
        assert_eq!((histogram.count(), histogram.sum(), histogram.bucket(1)), (1, 7, None));
    }

    #[test]
    fn fourteen_buckets_take_72_or_128_bytes() {
        assert_eq!(size_of::<Histogram32Cells<14>>(), 72);
        assert_eq!(size_of::<IntHistogramCells<14>>(), 128);
    }
}
