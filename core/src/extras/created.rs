//! Metrics with the time of their creation.

use crate::buckets::{self, Bounds};
use crate::extras::birth::Birth;
use crate::extras::exemplar::Exemplars;
use crate::extras::{
    self, CreatedCounter, CreatedIntCounter, CreatedSummary, OfHistogram, Parts, Rich,
    RichHistogram,
};
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Child, Kind, KindCell, MetricValue, Shape, Type};
use crate::metrics::counter::{Counter, IntCounter};
use crate::metrics::histogram::{Histogram, HistogramCells};
use crate::metrics::summary::Summary;
use core::ops::Deref;
use core::ptr;

/// A metric that can have a creation time. Sealed.
pub trait Creatable: Child {
    #[doc(hidden)]
    type Birth: Sync;
}

/// A [`Counter`], an [`IntCounter`], a [`Summary`] or a [`Histogram`] with the time since which it counts.
///
/// The page shows the time, in seconds since 1970-01-01 UTC, once [`set_clock`](crate::set_clock) was
/// called: as `x_created` behind the series in OpenMetrics, and in the text format as a gauge of its own.
/// A metric gets the time of that call; a child of a family gets the time at which it was first asked for,
/// or came back after it was removed; a counter that is set back, that of its `reset`. In the text format, times are written behind all values of a family:
/// a child that came to life in between is then on that page with its time only.
///
/// All that the plain metric can it can, too, at the same price. The time takes 8 bytes. Families on the
/// heap have no such children.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Responses by status code.
///     pub static RESPONSES: Family<Created<Counter>, 1, 8> = "http_responses_total", labels = ["code"];
/// }
/// use nanoprom::{Counter, Created, Family};
///
/// // On hosts: nanoprom::clock::unix_seconds.
/// nanoprom::set_clock(|| 1520872607.123);
/// RESPONSES.labels(["200"])?.inc();
/// # let mut page = String::new();
/// # use nanoprom::{Format, FmtWriter, encode};
/// # encode(&METRICS, Format::Text, &mut FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains("http_responses_created{code=\"200\"} 1520872607.123\n"), "{page}");
/// # Ok::<(), nanoprom::Refused>(())
/// ```
#[repr(C)]
pub struct Created<M: Creatable> {
    metric: M,
    birth: M::Birth,
}

impl<M: Creatable> Deref for Created<M> {
    type Target = M;

    #[inline]
    fn deref(&self) -> &M {
        &self.metric
    }
}

impl<M: Creatable> Sealed for Created<M> {}

impl<M: Creatable<Birth = TextSize> + Copy> Clone for Created<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Creatable<Birth = TextSize> + Copy> Copy for Created<M> {}

/// A metric whose cell is followed by its time.
macro_rules! created {
    ($metric:ident, $of:ident, $plain:ident, $single:ident, $family:ident) => {
        impl Creatable for $metric {
            type Birth = Birth;
        }

        impl Created<$metric> {
            /// A metric at 0.
            pub const fn new() -> Self {
                Self { metric: $metric::new(), birth: Birth::new() }
            }

            #[doc(hidden)]
            pub const fn __declare(_metric: &str) -> Self {
                Self::new()
            }
        }

        impl Default for Created<$metric> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl Rich for Created<$metric> {
            const EXEMPLARS: bool = false;

            fn parts(&self, _: u32) -> Parts<'_> {
                Parts {
                    kind: $metric::KIND.get(),
                    cell: ptr::from_ref(&self.metric).cast(),
                    bounds: Bounds::NONE,
                    birth: &self.birth,
                    exemplars: Exemplars::NONE,
                }
            }
        }

        #[doc = concat!("One ", stringify!($metric), " with a creation time.")]
        pub static $single: KindCell = {
            static KIND: Kind = extras::single::<Created<$metric>>(Type::$of, Shape::Open);
            KindCell::new(&KIND)
        };
        #[doc = concat!("A family of metrics of type ", stringify!($metric), " with creation times.")]
        pub static $family: KindCell = {
            static KIND: Kind = extras::family::<$plain>();
            KindCell::new(&KIND)
        };

        impl MetricValue for Created<$metric> {
            const KIND: &'static KindCell = &$single;
        }

        impl Child for Created<$metric> {
            type Cell = Self;
            type Handle = &'static Self;
            type Bound = f64;
            const CELL: Self = Self::new();
            const FAMILY: &'static KindCell = &$family;
            const BOUNDS: usize = 0;

            #[inline]
            unsafe fn handle(cell: &'static Self, _: *const f64, _: u32) -> &'static Self {
                cell
            }
        }
    };
}
macro_rules! reset {
    ($($counter:ident),+) => {$(
        impl Created<$counter> {
            /// Back to 0, as that of the plain counter, and created now (OpenMetrics 1.0, Counter).
            pub fn reset(&self) {
                self.birth.renew();
                self.metric.reset();
            }
        }
    )+};
}
reset!(Counter, IntCounter);
created!(Counter, Counter, CreatedCounter, CREATED_COUNTER, CREATED_COUNTER_FAMILY);
created!(IntCounter, Counter, CreatedIntCounter, CREATED_INT_COUNTER, CREATED_INT_COUNTER_FAMILY);
created!(Summary, Summary, CreatedSummary, CREATED_SUMMARY, CREATED_SUMMARY_FAMILY);

/// How much label text each exemplar of a histogram has. Its time lies behind its cells, so that this is
/// all that the handle knows besides.
#[doc(hidden)]
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct TextSize(u32);

impl TextSize {
    pub(crate) const fn new(size: usize) -> Self {
        Self(size as u32)
    }
}

impl<const N: usize> Creatable for Histogram<N> {
    type Birth = TextSize;
}

/// The memory of a histogram with `N` bounds and a creation time.
#[repr(C)]
pub struct CreatedHistogramCells<const N: usize> {
    cells: HistogramCells<N>,
    birth: Birth,
}

impl<const N: usize> CreatedHistogramCells<N> {
    /// No observations.
    pub const fn new() -> Self {
        Self { cells: HistogramCells::new(), birth: Birth::new() }
    }
}

impl<const N: usize> Default for CreatedHistogramCells<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Created<Histogram<N>> {
    /// A histogram with upper bounds in ascending order, `+Inf` left out.
    ///
    /// # Panics
    ///
    /// Where a bound is not finite or not above the one before: at compile time in a `static`.
    pub const fn new(cells: &'static CreatedHistogramCells<N>, bounds: &'static [f64; N]) -> Self {
        if let Some(fault) = buckets::fault(bounds) {
            panic!("{}", fault);
        }
        Self::from_parts((&raw const *cells).cast(), bounds)
    }

    const fn from_parts(cells: *const HistogramCells<N>, bounds: *const [f64; N]) -> Self {
        // SAFETY: both live for ever.
        Self { metric: unsafe { Histogram::at(cells, bounds) }, birth: TextSize::new(0) }
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a histogram without `buckets = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(
        metric: &str,
        cells: &'static CreatedHistogramCells<N>,
        bounds: &'static [f64],
    ) -> Self {
        let bounds = buckets::without_infinity(bounds, N);
        match bounds.first_chunk() {
            Some(first) if bounds.len() == N => Self::from_parts((&raw const *cells).cast(), first),
            _ => declaration(metric, "has another number of buckets than its Histogram<N>"),
        }
    }
}

impl<const N: usize> __Declare for Created<Histogram<N>> {
    type Cells = CreatedHistogramCells<N>;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = CreatedHistogramCells::new();
}

/// One histogram with a creation time.
pub static CREATED_HISTOGRAM: KindCell = {
    static KIND: Kind =
        extras::single::<RichHistogram<false>>(Type::Histogram, Shape::OpenHistogram);
    KindCell::new(&KIND)
};
/// A family of histograms with creation times.
pub static CREATED_HISTOGRAM_FAMILY: KindCell = {
    static KIND: Kind = extras::family::<OfHistogram<false>>();
    KindCell::new(&KIND)
};

impl<const N: usize> MetricValue for Created<Histogram<N>> {
    const KIND: &'static KindCell = &CREATED_HISTOGRAM;
}

impl<const N: usize> Child for Created<Histogram<N>> {
    type Cell = CreatedHistogramCells<N>;
    type Handle = Self;
    type Bound = f64;
    const CELL: CreatedHistogramCells<N> = CreatedHistogramCells::new();
    const FAMILY: &'static KindCell = &CREATED_HISTOGRAM_FAMILY;
    const BOUNDS: usize = N;

    #[inline]
    unsafe fn handle(cells: &'static Self::Cell, bounds: *const f64, _: u32) -> Self {
        Self::from_parts(ptr::from_ref(cells).cast(), bounds.cast())
    }
}
