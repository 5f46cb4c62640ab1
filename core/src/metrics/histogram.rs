//! Histograms: observations counted in buckets of fixed bounds.

use crate::atomic::{COMPACT, Float, Total};
use crate::buckets::{self, Bounds};
use crate::fault::{declaration, no_ticks};
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Child, Item, KindCell, MetricValue, Part, bucket_item, kinds};
use crate::label::LabelName;
use crate::numbers::compare;
use crate::numbers::number::Number;
use core::cmp::Ordering;
use core::mem::offset_of;
use core::ptr;

/// The memory of a histogram with `N` bounds: 8 bytes a bucket, `+Inf` included, and 8 for the sum.
///
/// It stands apart from its [`Histogram`] so that it is all zeros and costs no flash.
#[repr(C)]
pub struct HistogramCells<const N: usize> {
    sum: Float,
    /// Observations above the last bound.
    above: Total,
    buckets: [Total; N],
}

impl<const N: usize> HistogramCells<N> {
    /// No observations.
    pub const fn new() -> Self {
        Self { sum: Float::new(0.0), above: Total::new(), buckets: [const { Total::new() }; N] }
    }

    #[inline]
    fn observe(&self, bounds: &[f64; N], value: f64) {
        if compare::is_nan(value) {
            return;
        }
        self.buckets.get(buckets::find(bounds, value)).unwrap_or(&self.above).inc();
        self.add_to_sum(value);
    }

    #[inline]
    fn add_to_sum(&self, value: f64) {
        // Opposite infinities: the later one is counted but left out of the sum.
        self.sum.add(value, compare::NUMBER);
    }
}

impl<const N: usize> Default for HistogramCells<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// The distribution of a value, such as a duration in seconds or a temperature, over `N` buckets and
/// `+Inf`. For whole numbers, such as ticks of a timer, use [`IntHistogram`](crate::IntHistogram).
///
/// This is a handle: bounds and memory are separate statics, which [`metrics!`](crate::metrics)
/// declares for you. The handle lies in read-only memory (24 bytes; 12 on 32-bit cores), the cells
/// take 8·(`N` + 2) bytes of RAM.
///
/// [`observe`](Self::observe) is a search without branches on the data, one atomic add and one
/// compare-and-swap. It may be called from any thread and any interrupt handler; on cores without
/// 64-bit atomics the sum takes a critical section of a few instructions, and the addition is made
/// again where a handler that interrupted it changed the sum.
///
/// ```
/// use nanoprom::{DEFAULT_BUCKETS, Histogram, HistogramCells};
///
/// static CELLS: HistogramCells<14> = HistogramCells::new();
/// static LATENCY: Histogram<14> = Histogram::new(&CELLS, &DEFAULT_BUCKETS);
///
/// LATENCY.observe(0.03);
/// assert_eq!(LATENCY.count(), 1);
/// assert_eq!(LATENCY.sum(), 0.03);
/// ```
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Histogram<const N: usize> {
    bounds: *const f64,
    cells: *const HistogramCells<N>,
    bound_count: u32,
}

// SAFETY: the bounds are never changed, the cells are shared by atomics.
unsafe impl<const N: usize> Send for Histogram<N> {}
// SAFETY: the bounds are never changed, the cells are shared by atomics.
unsafe impl<const N: usize> Sync for Histogram<N> {}

impl<const N: usize> Histogram<N> {
    /// A histogram with upper bounds in ascending order, `+Inf` left out.
    ///
    /// # Panics
    ///
    /// Where a bound is not finite or not above the one before: at compile time in a `static`.
    pub const fn new(cells: &'static HistogramCells<N>, bounds: &'static [f64; N]) -> Self {
        if let Some(fault) = buckets::fault(bounds) {
            panic!("{}", fault);
        }
        Self::from_parts(cells, bounds)
    }

    const fn from_parts(cells: &'static HistogramCells<N>, bounds: &'static [f64; N]) -> Self {
        Self { bounds: bounds.as_ptr(), cells, bound_count: N as u32 }
    }

    /// A histogram whose cells are part of something larger.
    ///
    /// # Safety
    ///
    /// Both live for ever.
    pub(crate) const unsafe fn at(
        cells: *const HistogramCells<N>,
        bounds: *const [f64; N],
    ) -> Self {
        Self { bounds: bounds.cast(), cells, bound_count: N as u32 }
    }

    #[inline]
    fn cells(&self) -> &'static HistogramCells<N> {
        // SAFETY: made from a `'static` reference.
        unsafe { &*self.cells }
    }

    /// The upper bounds, without `+Inf`.
    #[inline]
    pub fn bounds(&self) -> &'static [f64; N] {
        // SAFETY: made from a `'static` array of N bounds.
        unsafe { &*self.bounds.cast() }
    }

    /// Counts `value`. NaN is ignored; infinities are counted in the first and the last bucket.
    #[inline]
    pub fn observe(&self, value: f64) {
        if COMPACT { self.any().observe(value) } else { self.cells().observe(self.bounds(), value) }
    }

    fn any(&self) -> &AnyHistogram {
        // SAFETY: the same three fields; only the number of buckets is no longer told.
        unsafe { &*ptr::from_ref(self).cast() }
    }

    /// How many values were observed: the sum of all buckets.
    pub fn count(&self) -> u64 {
        self.any().count()
    }

    /// The sum of the values observed.
    #[inline]
    pub fn sum(&self) -> f64 {
        self.cells().sum.get()
    }

    /// How many values were counted in the bucket at `index`, not cumulative; `N` is `+Inf`.
    pub fn bucket(&self, index: usize) -> Option<u64> {
        self.any().bucket(index)
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a histogram without `buckets = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(
        metric: &str,
        cells: &'static HistogramCells<N>,
        bounds: &'static [f64],
    ) -> Self {
        // The table's check looks at the bounds themselves.
        let bounds = buckets::without_infinity(bounds, N);
        match bounds.first_chunk() {
            Some(first) if bounds.len() == N => Self::from_parts(cells, first),
            _ => declaration(metric, "has another number of buckets than its Histogram<N>"),
        }
    }

    #[doc(hidden)]
    pub const fn __declare_ticks(self, metric: &str, _: u32) -> Self {
        no_ticks(metric)
    }

    /// # Safety
    ///
    /// None: unsafe as that of families, which `metrics!` calls in the same words.
    #[doc(hidden)]
    pub const unsafe fn __declare_labels(
        metric: &str,
        _: &'static HistogramCells<N>,
        _: &[LabelName<'_>],
        _: &[f64],
    ) -> Self {
        declaration(metric, "has labels: declare it as Family<Histogram<N>, …>")
    }
}

impl<const N: usize> __Declare for Histogram<N> {
    type Cells = HistogramCells<N>;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = HistogramCells::new();
}

/// What all histograms have in common, whatever their number of bounds.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct AnyHistogram {
    bounds: *const f64,
    cells: *const HistogramCells<0>,
    bound_count: u32,
}

impl AnyHistogram {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 3] =
        [offset_of!(Self, bounds), offset_of!(Self, cells), offset_of!(Self, bound_count)];
    /// Offsets of sum, `+Inf` bucket and first bucket in the cells, for the C ABI.
    pub const CELL_OFFSETS: [usize; 3] = [
        offset_of!(HistogramCells<1>, sum),
        offset_of!(HistogramCells<1>, above),
        offset_of!(HistogramCells<1>, buckets),
    ];

    /// A histogram with bounds whose number is known at run time only.
    ///
    /// # Safety
    ///
    /// Both live as long as this is used, and as many buckets as bounds lie behind the head.
    #[cfg(feature = "runtime")]
    pub(crate) const unsafe fn at(bounds: &[f64], cells: *const HistogramCells<0>) -> Self {
        Self { bounds: bounds.as_ptr(), cells, bound_count: bounds.len() as u32 }
    }

    pub(crate) const fn bounds(&self) -> Bounds<'_> {
        Bounds::new(self.bounds.cast(), self.bound_count, 1)
    }

    fn head(&self) -> &HistogramCells<0> {
        // SAFETY: points to a histogram's cells.
        unsafe { &*self.cells }
    }

    /// The cell of the bucket at `index`; that of `+Inf` is behind the last bound.
    fn cell(&self, index: usize) -> Option<&Total> {
        match index.cmp(&(self.bound_count as usize)) {
            // SAFETY: `bound_count` buckets lie behind the head, in the same memory.
            Ordering::Less => unsafe {
                Some(&*(&raw const (*self.cells).buckets).cast::<Total>().add(index))
            },
            Ordering::Equal => Some(&self.head().above),
            Ordering::Greater => None,
        }
    }

    /// As [`Histogram::observe`].
    #[inline(never)]
    pub fn observe(&self, value: f64) {
        if compare::is_nan(value) {
            return;
        }
        // SAFETY: pointer and length come from one array of floats.
        let bounds = unsafe { self.bounds().floats() };
        if let Some(bucket) =
            self.cell(bounds.partition_point(|&bound| compare::less(bound, value)))
        {
            bucket.inc();
        }
        self.head().add_to_sum(value);
    }

    /// As [`Histogram::count`].
    pub fn count(&self) -> u64 {
        (0..).map_while(|index| self.bucket(index)).sum()
    }

    /// As [`Histogram::sum`].
    pub fn sum(&self) -> f64 {
        self.head().sum.get()
    }

    /// As [`Histogram::bucket`].
    pub fn bucket(&self, index: usize) -> Option<u64> {
        self.cell(index).map(Total::get)
    }

    pub(crate) const fn cell_start(&self) -> *const () {
        self.cells.cast()
    }
}

/// Buckets, `+Inf`, sum and count, one after the other.
///
/// # Safety
///
/// As for [`Load`](crate::kind::Load).
unsafe fn load(cell: *const (), bounds: &Bounds<'_>, part: &mut Part, item: &mut Item) {
    // SAFETY: `Load` is given the bounds of this kind.
    let bounds = unsafe { bounds.floats() };
    let at = part.index;
    part.index += 1;
    let head = cell.cast::<HistogramCells<0>>();
    if let Some(&bound) = bounds.get(at as usize) {
        // SAFETY: a bucket for each bound lies behind the head.
        let bucket = unsafe { &*(&raw const (*head).buckets).cast::<Total>().add(at as usize) };
        part.running = part.running.wrapping_add(bucket.get());
        *item = bucket_item(Number::bound(bound), part.running);
        return;
    }
    // SAFETY: `Load` is given a cell of this kind.
    let head = unsafe { &*head };
    *item = match at as usize - bounds.len() {
        0 => {
            part.running = part.running.wrapping_add(head.above.get());
            bucket_item(Number::infinite_bound(), part.running)
        }
        1 => Item::plain("_sum", Number::float(head.sum.get())),
        _ => {
            part.last = true;
            Item::plain("_count", Number::unsigned(part.running))
        }
    };
}

/// # Safety
///
/// As for [`Reset`](crate::kind::Reset).
unsafe fn reset(cell: *const (), bounds: &Bounds<'_>) {
    let head = cell.cast::<HistogramCells<0>>();
    // SAFETY: bounds and a cell of this kind, with a bucket for each bound behind its head.
    unsafe {
        let bounds = bounds.floats();
        (*head).above.reset();
        let buckets = (&raw const (*head).buckets).cast::<Total>();
        for at in 0..bounds.len() {
            (*buckets.add(at)).reset();
        }
        (*head).sum.set(0.0);
    }
}

kinds!(Histogram, Histogram, load, reset, HISTOGRAM, HISTOGRAM_FAMILY);

impl<const N: usize> Sealed for Histogram<N> {}

impl<const N: usize> MetricValue for Histogram<N> {
    const KIND: &'static KindCell = &HISTOGRAM;
}

impl<const N: usize> Child for Histogram<N> {
    type Cell = HistogramCells<N>;
    type Handle = Self;
    type Bound = f64;
    const CELL: HistogramCells<N> = HistogramCells::new();
    const FAMILY: &'static KindCell = &HISTOGRAM_FAMILY;
    const BOUNDS: usize = N;

    #[inline]
    unsafe fn handle(cells: &'static HistogramCells<N>, bounds: *const f64, _: u32) -> Self {
        Self { bounds, cells, bound_count: N as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! histogram {
        ($bounds:expr) => {{
            static CELLS: HistogramCells<{ $bounds.len() }> = HistogramCells::new();
            Histogram::new(&CELLS, &$bounds)
        }};
    }

    #[test]
    fn observations_are_counted_once_and_summed() {
        let histogram = histogram!([-5.0, 0.0, 5.0]);
        for value in [-20.0, -1.0, 0.0, 5.0] {
            histogram.observe(value);
        }
        assert_eq!(
            [0, 1, 2, 3, 4].map(|i| histogram.bucket(i)),
            [Some(1), Some(2), Some(1), Some(0), None]
        );
        assert_eq!(histogram.count(), 4);
        assert_eq!(histogram.sum(), -16.0);
    }

    #[test]
    fn nan_is_ignored() {
        let histogram = histogram!([1.0]);
        histogram.observe(f64::NAN);
        assert_eq!(histogram.count(), 0);
        assert_eq!(histogram.sum(), 0.0);
    }

    #[test]
    fn opposite_infinities_are_counted_but_never_make_the_sum_nan() {
        let histogram = histogram!([2.0]);
        histogram.observe(f64::INFINITY);
        histogram.observe(f64::NEG_INFINITY);
        assert_eq!(histogram.count(), 2);
        assert_eq!(histogram.bucket(0), Some(1));
        assert_eq!(histogram.sum(), f64::INFINITY);
    }

    #[test]
    fn fourteen_buckets_take_128_bytes() {
        assert_eq!(size_of::<HistogramCells<14>>(), 128);
    }
}
