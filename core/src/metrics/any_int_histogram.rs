//! Histograms of whole numbers whatever their number of bounds: their cells, and how they come onto the
//! page.

use crate::atomic::{Total, Word};
use crate::buckets::{self, Bounds};
use crate::kind::sealed::Sealed;
use crate::kind::{Item, KindCell, Part, bucket_item, kinds};
use crate::numbers::number::Number;
use core::cmp::Ordering;
use core::mem::offset_of;

/// What the buckets of an [`IntHistogram`](crate::IntHistogram) are: [`Bucket64`] or [`Bucket32`].
/// Sealed.
pub trait Bucket: Sync + Sealed + 'static {
    #[doc(hidden)]
    const ZERO: Self;
    #[doc(hidden)]
    const KIND: &'static KindCell;
    #[doc(hidden)]
    const FAMILY: &'static KindCell;
    #[doc(hidden)]
    fn inc(&self);
    #[doc(hidden)]
    fn get(&self) -> u64;
    #[doc(hidden)]
    fn reset(&self);
}

/// A bucket of 8 bytes, exact to 2^64 (2^60 where 64-bit atomics do not exist).
#[repr(transparent)]
pub struct Bucket64(Total);

/// A bucket of 4 bytes, which stops at 2^32 − 1 instead of wrapping.
#[repr(transparent)]
pub struct Bucket32(pub(crate) Word);

impl Sealed for Bucket64 {}

impl Bucket for Bucket64 {
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const ZERO: Self = Self(Total::new());
    const KIND: &'static KindCell = &INT_HISTOGRAM;
    const FAMILY: &'static KindCell = &INT_HISTOGRAM_FAMILY;

    #[inline]
    fn inc(&self) {
        self.0.inc();
    }

    #[inline]
    fn get(&self) -> u64 {
        self.0.get()
    }

    fn reset(&self) {
        self.0.reset();
    }
}

impl Sealed for Bucket32 {}

impl Bucket for Bucket32 {
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const ZERO: Self = Self(Word::new(0));
    const KIND: &'static KindCell = &HISTOGRAM32;
    const FAMILY: &'static KindCell = &HISTOGRAM32_FAMILY;

    #[inline]
    fn inc(&self) {
        self.0.add_saturating(1);
    }

    #[inline]
    fn get(&self) -> u64 {
        u64::from(self.0.get())
    }

    fn reset(&self) {
        self.0.set(0);
    }
}

/// The memory of an [`IntHistogram`](crate::IntHistogram) with `N` bounds: a bucket for each, one for
/// `+Inf`, and 8 bytes for the sum. All zeros, so it costs no flash.
#[repr(C)]
pub struct IntHistogramCells<const N: usize, B: Bucket = Bucket64> {
    /// In ticks.
    pub(crate) sum: Total,
    /// Observations above the last bound.
    pub(crate) above: B,
    pub(crate) buckets: [B; N],
}

/// The memory of a [`Histogram32`](crate::Histogram32).
pub type Histogram32Cells<const N: usize> = IntHistogramCells<N, Bucket32>;

impl<const N: usize, B: Bucket> IntHistogramCells<N, B> {
    /// No observations.
    pub const fn new() -> Self {
        Self { sum: Total::new(), above: B::ZERO, buckets: [const { B::ZERO }; N] }
    }
}

impl<const N: usize, B: Bucket> Default for IntHistogramCells<N, B> {
    fn default() -> Self {
        Self::new()
    }
}

/// What all histograms of ticks with these buckets have in common, whatever their number of bounds.
#[repr(C)]
pub struct AnyIntHistogram<B: Bucket> {
    pub(crate) bounds: *const u32,
    pub(crate) cells: *const IntHistogramCells<0, B>,
    pub(crate) bound_count: u32,
    pub(crate) ticks_per_unit: u32,
}

// SAFETY: the bounds are never changed, the cells are shared by atomics.
unsafe impl<B: Bucket> Send for AnyIntHistogram<B> {}
// SAFETY: the bounds are never changed, the cells are shared by atomics.
unsafe impl<B: Bucket> Sync for AnyIntHistogram<B> {}

impl<B: Bucket> Clone for AnyIntHistogram<B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: Bucket> Copy for AnyIntHistogram<B> {}

impl<B: Bucket> AnyIntHistogram<B> {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 4] = [
        offset_of!(Self, bounds),
        offset_of!(Self, cells),
        offset_of!(Self, bound_count),
        offset_of!(Self, ticks_per_unit),
    ];
    /// Offsets of sum, `+Inf` bucket and first bucket in the cells, for the C ABI.
    pub const CELL_OFFSETS: [usize; 3] = [
        offset_of!(IntHistogramCells<1, B>, sum),
        offset_of!(IntHistogramCells<1, B>, above),
        offset_of!(IntHistogramCells<1, B>, buckets),
    ];

    #[inline]
    pub(crate) const fn bounds(&self) -> Bounds<'_> {
        Bounds::new(self.bounds.cast(), self.bound_count, self.ticks_per_unit)
    }

    #[inline]
    pub(crate) const fn cell_start(&self) -> *const () {
        self.cells.cast()
    }

    fn cells(&self) -> Cells<'_, B> {
        // SAFETY: points to a histogram's cells, with a bucket for each bound.
        unsafe { Cells::at(self.cells, self.bound_count as usize) }
    }

    /// As [`IntHistogram::observe`](crate::IntHistogram::observe).
    #[inline(never)]
    pub fn observe(&self, ticks: u32) {
        let cells = self.cells();
        // SAFETY: pointer and length come from one array of ticks.
        let bounds = unsafe { self.bounds().ticks() };
        if let Some(bucket) = cells.bucket(buckets::find_ticks(bounds, ticks)) {
            bucket.inc();
        }
        cells.sum.add(u64::from(ticks));
    }

    /// As [`IntHistogram::count`](crate::IntHistogram::count).
    pub fn count(&self) -> u64 {
        (0..).map_while(|index| self.bucket(index)).sum()
    }

    /// As [`IntHistogram::sum`](crate::IntHistogram::sum).
    pub fn sum(&self) -> u64 {
        self.cells().sum.get()
    }

    /// As [`IntHistogram::bucket`](crate::IntHistogram::bucket).
    pub fn bucket(&self, index: usize) -> Option<u64> {
        self.cells().bucket(index).map(B::get)
    }
}

/// The cells of a histogram whose number of bounds is known at run time only.
struct Cells<'a, B: Bucket> {
    sum: &'a Total,
    above: &'a B,
    /// The first of `count` buckets behind the head.
    buckets: *const B,
    count: usize,
}

impl<'a, B: Bucket> Cells<'a, B> {
    /// # Safety
    ///
    /// `start` points to the cells of a histogram with buckets of this type and `count` bounds, which
    /// live for `'a`.
    #[inline]
    unsafe fn at(start: *const IntHistogramCells<0, B>, count: usize) -> Self {
        // SAFETY: the caller's promise.
        unsafe {
            // Each by itself: the first small bucket lies where the head has its padding.
            let (sum, above) = (&(*start).sum, &(*start).above);
            Self { sum, above, buckets: (&raw const (*start).buckets).cast(), count }
        }
    }

    /// The bucket at `index`; that of `+Inf` is behind the last bound.
    #[inline]
    fn bucket(&self, index: usize) -> Option<&'a B> {
        match index.cmp(&self.count) {
            // SAFETY: `count` buckets lie there.
            Ordering::Less => Some(unsafe { &*self.buckets.add(index) }),
            Ordering::Equal => Some(self.above),
            Ordering::Greater => None,
        }
    }
}

/// Buckets, `+Inf`, sum and count, one after the other.
///
/// # Safety
///
/// As for [`Load`](crate::kind::Load).
unsafe fn load<B: Bucket>(cell: *const (), bounds: &Bounds<'_>, part: &mut Part, item: &mut Item) {
    // SAFETY: `Load` is given bounds and a cell of this kind, with a bucket for each bound.
    let cells = unsafe { Cells::<B>::at(cell.cast(), bounds.ticks().len()) };
    let count = cells.bucket(part.index as usize).map(B::get);
    // SAFETY: as above.
    unsafe { load_counted(count, cells.sum, bounds, part, item) }
}

/// What does not depend on the type of the buckets; `count` is that of the bucket, if it is one.
///
/// # Safety
///
/// The bounds are ticks.
unsafe fn load_counted(
    count: Option<u64>,
    sum: &Total,
    bounds: &Bounds<'_>,
    part: &mut Part,
    item: &mut Item,
) {
    let per_unit = bounds.ticks_per_unit;
    // SAFETY: the caller's promise.
    let bounds = unsafe { bounds.ticks() };
    let at = part.index as usize;
    part.index += 1;
    *item = match count {
        Some(count) => {
            part.running = part.running.wrapping_add(count);
            let bound = match bounds.get(at) {
                Some(&bound) => Number::quotient_bound(bound, per_unit),
                None => Number::infinite_bound(),
            };
            bucket_item(bound, part.running)
        }
        None if at == bounds.len() + 1 => {
            Item::plain("_sum", Number::quotient(sum.get(), per_unit))
        }
        None => {
            part.last = true;
            Item::plain("_count", Number::unsigned(part.running))
        }
    };
}

/// # Safety
///
/// As for [`Reset`](crate::kind::Reset).
unsafe fn reset<B: Bucket>(cell: *const (), bounds: &Bounds<'_>) {
    // SAFETY: `Reset` is given bounds and a cell of this kind, with a bucket for each bound.
    let cells = unsafe { Cells::<B>::at(cell.cast(), bounds.ticks().len()) };
    (0..).map_while(|index| cells.bucket(index)).for_each(B::reset);
    cells.sum.reset();
}

kinds!(
    Histogram,
    IntHistogram,
    load::<Bucket64>,
    reset::<Bucket64>,
    INT_HISTOGRAM,
    INT_HISTOGRAM_FAMILY
);
kinds!(
    Histogram,
    IntHistogram,
    load::<Bucket32>,
    reset::<Bucket32>,
    HISTOGRAM32,
    HISTOGRAM32_FAMILY
);
