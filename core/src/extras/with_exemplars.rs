//! Counters and histograms with exemplars.

use crate::buckets;
use crate::extras::created::{Created, CreatedHistogramCells, TextSize};
use crate::extras::exemplar::{self, BadExemplar, ExemplarMemory, Exemplars};
use crate::extras::{self, ExemplarCounter, OfHistogram, Parts, Rich, RichHistogram};
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Child, KindCell, MetricValue, Shape, Type};
use crate::label::pair_at;
use crate::metrics::counter::Counter;
use crate::metrics::histogram::{Histogram, HistogramCells};
use core::ops::Deref;
use core::ptr;

/// A metric that can have exemplars. Sealed.
pub trait Exemplary: Child {
    #[doc(hidden)]
    type Memory<const T: usize>: Sync;
    #[doc(hidden)]
    type Metric;
}

impl Exemplary for Counter {
    type Memory<const T: usize> = CounterExemplar<T>;
    type Metric = Created<Self>;
}

impl<const N: usize> Exemplary for Histogram<N> {
    type Memory<const T: usize> = TextSize;
    type Metric = Self;
}

/// The memory of a counter's exemplar.
#[doc(hidden)]
#[repr(transparent)]
pub struct CounterExemplar<const T: usize>(ExemplarMemory<T>);

/// A [`Counter`] or a [`Histogram`] with exemplars: what one of its updates was about, such as a trace.
///
/// The page shows them in OpenMetrics, behind a counter's total and behind buckets:
/// `requests_total 17 # {trace_id="4bf92f35"} 1 1520879607.789`. A counter keeps one, a histogram one for
/// each bucket, always the newest. They need a [`Reader`](crate::Reader) with scratch memory, which
/// [`encode`](crate::encode()) and servers have on hosts; without it pages have none.
///
/// All that the plain metric can it can, too, at the same price. Exemplars are replaced without a lock,
/// from any thread and any interrupt handler; where two are put to one place at the same moment, one of
/// them is dropped (the update itself counts). A reader sees an exemplar whole or not at all.
///
/// `T` is the memory for label text of each exemplar in bytes, as it stands on the page:
/// `{trace_id="4bf92f35"}` takes 21. It is a multiple of 8. Besides, an exemplar takes 24 bytes. The
/// metric has a creation time as [`Created`] has, with 8 bytes. Families on the heap have no such
/// children.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Requests served.
///     pub static REQUESTS: WithExemplars<Counter, 64> = "http_requests_total";
///     /// Time to answer, in seconds.
///     pub static LATENCY: WithExemplars<Histogram<14>, 64> = "http_request_duration_seconds",
///         buckets = DEFAULT_BUCKETS;
/// }
/// use nanoprom::{Counter, DEFAULT_BUCKETS, Histogram, WithExemplars};
///
/// REQUESTS.inc();
/// REQUESTS.inc_with_exemplar(1.0, &[("trace_id", "4bf92f35")], None)?;
/// LATENCY.observe_with_exemplar(0.67, &[("trace_id", "4bf92f35")], Some(1520879607.789))?;
/// # let mut page = String::new();
/// # use nanoprom::{Format, FmtWriter, encode};
/// # encode(&METRICS, Format::OpenMetrics, &mut FmtWriter(&mut page)).unwrap();
/// # if nanoprom::LAYOUT == "native64" {
/// # assert!(page.contains("http_requests_total 2 # {trace_id=\"4bf92f35\"} 1\n"), "{page}");
/// # assert!(page.contains("{le=\"0.75\"} 1 # {trace_id=\"4bf92f35\"} 0.67 1520879607.789\n"), "{page}");
/// # }
/// # Ok::<(), nanoprom::BadExemplar>(())
/// ```
#[repr(C)]
pub struct WithExemplars<M: Exemplary, const T: usize> {
    metric: M::Metric,
    exemplars: M::Memory<T>,
}

impl<const T: usize> Deref for WithExemplars<Counter, T> {
    type Target = Counter;

    #[inline]
    fn deref(&self) -> &Counter {
        &self.metric
    }
}

impl<const N: usize, const T: usize> Deref for WithExemplars<Histogram<N>, T> {
    type Target = Histogram<N>;

    #[inline]
    fn deref(&self) -> &Histogram<N> {
        &self.metric
    }
}

impl<const N: usize, const T: usize> Clone for WithExemplars<Histogram<N>, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<const N: usize, const T: usize> Copy for WithExemplars<Histogram<N>, T> {}

impl<const T: usize> WithExemplars<Counter, T> {
    /// A counter at 0, without an exemplar.
    pub const fn new() -> Self {
        Self {
            metric: Created::<Counter>::new(),
            exemplars: CounterExemplar(ExemplarMemory::new()),
        }
    }

    /// Adds `amount`, and replaces the exemplar by one with this value, these labels and this time, in
    /// seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    ///
    /// As for [`Counter::inc_by`], and where the exemplar is not legal (OpenMetrics 1.0, Exemplars) or
    /// has no room; neither counter nor exemplar is changed then.
    pub fn inc_with_exemplar(
        &self,
        amount: f64,
        labels: &[(&str, &str)],
        timestamp: Option<f64>,
    ) -> Result<(), BadExemplar> {
        let label = |at| pair_at(labels, at);
        exemplar::inc(self, self.exemplars(), amount, &label, timestamp)
    }

    /// Back to 0, as [`Counter::reset`], without an exemplar, and created now (OpenMetrics 1.0, Counter).
    pub fn reset(&self) {
        self.metric.reset();
        self.exemplars().clear();
    }

    fn exemplars(&self) -> Exemplars {
        Exemplars {
            start: ptr::from_ref(&self.exemplars).cast(),
            size: size_of::<ExemplarMemory<T>>(),
            count: 1,
        }
    }

    #[doc(hidden)]
    pub const fn __declare(_metric: &str) -> Self {
        Self::new()
    }
}

impl<const T: usize> Default for WithExemplars<Counter, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const T: usize> Rich for WithExemplars<Counter, T> {
    const EXEMPLARS: bool = true;

    fn parts(&self, _: u32) -> Parts<'_> {
        Parts { exemplars: self.exemplars(), ..self.metric.parts(0) }
    }
}

/// The memory of a histogram with `N` bounds and as many exemplars and one more, each with `T` bytes of
/// label text.
#[repr(C)]
pub struct ExemplarHistogramCells<const N: usize, const T: usize> {
    created: CreatedHistogramCells<N>,
    above: ExemplarMemory<T>,
    buckets: [ExemplarMemory<T>; N],
}

impl<const N: usize, const T: usize> ExemplarHistogramCells<N, T> {
    /// No observations.
    pub const fn new() -> Self {
        Self {
            created: CreatedHistogramCells::new(),
            above: ExemplarMemory::new(),
            buckets: [const { ExemplarMemory::new() }; N],
        }
    }
}

impl<const N: usize, const T: usize> Default for ExemplarHistogramCells<N, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize, const T: usize> WithExemplars<Histogram<N>, T> {
    /// A histogram with upper bounds in ascending order, `+Inf` left out.
    ///
    /// # Panics
    ///
    /// Where a bound is not finite or not above the one before: at compile time in a `static`.
    pub const fn new(
        cells: &'static ExemplarHistogramCells<N, T>,
        bounds: &'static [f64; N],
    ) -> Self {
        if let Some(fault) = buckets::fault(bounds) {
            panic!("{}", fault);
        }
        Self::from_parts((&raw const *cells).cast(), bounds)
    }

    const fn from_parts(cells: *const HistogramCells<N>, bounds: *const [f64; N]) -> Self {
        // SAFETY: both live for ever.
        Self { metric: unsafe { Histogram::at(cells, bounds) }, exemplars: TextSize::new(T) }
    }

    /// Counts `value`, and replaces the exemplar of its bucket by one with this value, these labels and
    /// this time, in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    ///
    /// Where `value` is NaN, and where the exemplar is not legal (OpenMetrics 1.0, Exemplars) or has no
    /// room; neither histogram nor exemplar is changed then.
    pub fn observe_with_exemplar(
        &self,
        value: f64,
        labels: &[(&str, &str)],
        timestamp: Option<f64>,
    ) -> Result<(), BadExemplar> {
        let label = |at| pair_at(labels, at);
        // SAFETY: the same fields; only the number of buckets and the size of the text are no longer told.
        let any = unsafe { &*ptr::from_ref(self).cast::<RichHistogram<true>>() };
        any.observe(value, &label, timestamp)
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a histogram without `buckets = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(
        metric: &str,
        cells: &'static ExemplarHistogramCells<N, T>,
        bounds: &'static [f64],
    ) -> Self {
        let bounds = buckets::without_infinity(bounds, N);
        match bounds.first_chunk() {
            Some(first) if bounds.len() == N => Self::from_parts((&raw const *cells).cast(), first),
            _ => declaration(metric, "has another number of buckets than its Histogram<N>"),
        }
    }
}

impl<const N: usize, const T: usize> __Declare for WithExemplars<Histogram<N>, T> {
    type Cells = ExemplarHistogramCells<N, T>;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = ExemplarHistogramCells::new();
}

/// A family of counters with exemplars.
pub static EXEMPLAR_COUNTER_FAMILY: KindCell = {
    static KIND: crate::kind::Kind = extras::family::<ExemplarCounter>();
    KindCell::new(&KIND)
};
/// One histogram with exemplars.
pub static EXEMPLAR_HISTOGRAM: KindCell = {
    static KIND: crate::kind::Kind =
        extras::single::<RichHistogram<true>>(Type::Histogram, Shape::OpenHistogram);
    KindCell::new(&KIND)
};
/// A family of histograms with exemplars.
pub static EXEMPLAR_HISTOGRAM_FAMILY: KindCell = {
    static KIND: crate::kind::Kind = extras::family::<OfHistogram<true>>();
    KindCell::new(&KIND)
};
/// One counter of C with an exemplar.
pub static EXEMPLAR_COUNTER: KindCell = {
    static KIND: crate::kind::Kind =
        extras::single::<extras::RichCounter>(Type::Counter, Shape::Open);
    KindCell::new(&KIND)
};

impl<M: Exemplary, const T: usize> Sealed for WithExemplars<M, T> {}

impl<const T: usize> MetricValue for WithExemplars<Counter, T> {
    const KIND: &'static KindCell =
        &KindCell::new(&const { extras::single::<Self>(Type::Counter, Shape::Open) });
}

impl<const N: usize, const T: usize> MetricValue for WithExemplars<Histogram<N>, T> {
    const KIND: &'static KindCell = &EXEMPLAR_HISTOGRAM;
}

impl<const T: usize> Child for WithExemplars<Counter, T> {
    type Cell = Self;
    type Handle = &'static Self;
    type Bound = f64;
    const CELL: Self = Self::new();
    const FAMILY: &'static KindCell = &EXEMPLAR_COUNTER_FAMILY;
    const BOUNDS: usize = 0;

    #[inline]
    unsafe fn handle(cell: &'static Self, _: *const f64, _: u32) -> &'static Self {
        cell
    }
}

impl<const N: usize, const T: usize> Child for WithExemplars<Histogram<N>, T> {
    type Cell = ExemplarHistogramCells<N, T>;
    type Handle = Self;
    type Bound = f64;
    const CELL: ExemplarHistogramCells<N, T> = ExemplarHistogramCells::new();
    const FAMILY: &'static KindCell = &EXEMPLAR_HISTOGRAM_FAMILY;
    const BOUNDS: usize = N;

    #[inline]
    unsafe fn handle(cells: &'static Self::Cell, bounds: *const f64, _: u32) -> Self {
        Self::from_parts(ptr::from_ref(cells).cast(), bounds.cast())
    }
}
