//! Families: one metric for each set of label values.

use crate::atomic::Word;
use crate::buckets::without_infinity;
use crate::error::Refused;
use crate::families::any_family::{AnyFamily, Head, MAX_TEXT};
use crate::families::by_name::in_order;
use crate::families::index::MAX_RECORDS;
use crate::families::overflow::Overflow;
use crate::families::record::Record;
use crate::fault::{declaration, no_ticks};
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Child, KindCell, MetricValue};
use crate::label::{LabelName, bytes_of};
use crate::table::slice_at;
use core::cell::UnsafeCell;
use core::marker::PhantomData;

/// The memory of a [`Family`]: `N` series with `L` labels, and `T` bytes of label text for each of
/// them on average. All zeros, so it costs no flash.
#[repr(C, align(8))]
pub struct FamilyCells<M: Child, const L: usize, const N: usize, const T: usize>(
    UnsafeCell<Memory<M::Cell, L, N, T>>,
);

#[repr(C)]
struct Memory<C, const L: usize, const N: usize, const T: usize> {
    head: Head,
    slots: [[Word; 2]; N],
    records: [Record<C, L>; N],
    text: [[u8; T]; N],
}

// SAFETY: shared parts are atomics; a record's text and lengths are written by the one writer that
// took it from the pool, before it is published.
unsafe impl<M: Child, const L: usize, const N: usize, const T: usize> Sync
    for FamilyCells<M, L, N, T>
{
}

impl<M: Child, const L: usize, const N: usize, const T: usize> FamilyCells<M, L, N, T> {
    /// Room for `N` series, none of them in use.
    pub const fn new() -> Self {
        assert!(L >= 1 && L <= 255, "a family has 1 to 255 labels");
        assert!(N >= 1 && N <= MAX_RECORDS, "a family has 1 to 1048574 series");
        assert!(T.saturating_mul(N) < MAX_TEXT, "label text of a family is below 2 GiB");
        Self(UnsafeCell::new(Memory {
            head: Head::new(),
            slots: [const { [Word::new(0), Word::new(0)] }; N],
            records: [const { Record::new(M::CELL) }; N],
            text: [[0; T]; N],
        }))
    }
}

impl<M: Child, const L: usize, const N: usize, const T: usize> Default for FamilyCells<M, L, N, T> {
    fn default() -> Self {
        Self::new()
    }
}

/// A metric with labels: one child of type `M` for each set of values of its `L` labels, up to `N`
/// series.
///
/// `T` is the memory for label text, in bytes for each series on average; the series share it, so one
/// of them may have longer values. The text is kept as it stands on the page:
/// `{method="GET",code="200` takes 23 bytes (and the values once more where one needs escaping). The
/// memory is static: `N` · (18 + the child's size + 2·`L`, rounded up to 8, + `T`) bytes, and 24. This
/// handle lies in read-only memory.
///
/// [`labels`](Self::labels) finds or adds a child. Look-ups and additions take no lock and no heap, and
/// may be made from any thread and any interrupt handler; where compare-and-swap does not exist
/// each step is a short critical section. Keep the child to save the look-up.
///
/// While a family's last free series is being taken by one thread, another that asks for the same new
/// labels waits for a moment; an interrupt handler that stopped that thread is refused.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Responses by method and status code.
///     pub static RESPONSES: Family<Counter, 2, 16> = "http_responses_total",
///         labels = ["method", "code"];
/// }
/// use nanoprom::{Counter, Family};
///
/// RESPONSES.labels(["GET", "200"])?.inc();
/// assert_eq!(RESPONSES.labels(["GET", "200"])?.get(), 1.0);
/// # Ok::<(), nanoprom::Refused>(())
/// ```
#[repr(transparent)]
pub struct Family<M: Child, const L: usize, const N: usize, const T: usize = 48> {
    any: AnyFamily,
    marker: PhantomData<fn() -> M>,
}

// SAFETY: all that is shared and changed behind the pointers is atomic or not yet published.
unsafe impl<M: Child, const L: usize, const N: usize, const T: usize> Sync for Family<M, L, N, T> {}
// SAFETY: as above.
unsafe impl<M: Child, const L: usize, const N: usize, const T: usize> Send for Family<M, L, N, T> {}

impl<M: Child, const L: usize, const N: usize, const T: usize> Family<M, L, N, T> {
    /// A family of counters or gauges. [`metrics!`](crate::metrics) does this for you.
    ///
    /// # Safety
    ///
    /// No other `Family` is made of these cells: their label text is found by the label names.
    ///
    /// # Panics
    ///
    /// Where `M` is a histogram, which needs [`with_buckets`](Self::with_buckets): at compile time in
    /// a `static`.
    pub const unsafe fn new(
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>; L],
    ) -> Self {
        Self::from_parts(cells, names, &[])
    }

    /// A family of histograms, with the upper bounds that all its children share: floats, or ticks
    /// where they observe ticks.
    ///
    /// # Safety
    ///
    /// As for [`new`](Self::new).
    ///
    /// # Panics
    ///
    /// Where the number of bounds is not that of the child: at compile time in a `static`.
    pub const unsafe fn with_buckets(
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>; L],
        bounds: &'static [M::Bound],
    ) -> Self {
        Self::from_parts(cells, names, bounds)
    }

    /// The same family of histograms of ticks, of which `ticks_per_unit` make one unit of the page: of all
    /// children, also where there are some already.
    ///
    /// # Panics
    ///
    /// Where it is 0, or the children observe no ticks: at compile time in a `static`.
    pub const fn with_ticks_per_unit(mut self, ticks_per_unit: u32) -> Self {
        assert!(self.any.kind().ticks, "the children of this family observe no ticks");
        assert!(ticks_per_unit > 0, "0 ticks per unit");
        self.any.ticks_per_unit = ticks_per_unit;
        self
    }

    /// The same family with a policy for labels that it refuses: [`Overflow::Error`] if nothing else is
    /// said. In [`metrics!`](crate::metrics) it is written `overflow = other`, behind the labels.
    ///
    /// With [`Overflow::Other`], labels that are new and have no room, or are longer than 65 535 bytes (or
    /// from C no UTF-8), are counted as refused and give the child whose label values are all `other`. It
    /// always has room: one of the `N` series and its text are kept back for it, and
    /// [`check`](crate::check) sees that they are large enough. So [`labels`](Self::labels) does not fail;
    /// only [`labels_by_name`](Self::labels_by_name) still does where the names are wrong. Whoever
    /// asks for these values gets that child too. It is on the page from the first time on, and may
    /// be removed like any other. Say it before there are children: to a family that has some, it does
    /// nothing.
    ///
    /// ```
    /// nanoprom::metrics! {
    ///     pub static METRICS;
    ///     /// Requests by path.
    ///     pub static REQUESTS: Family<Counter, 1, 3> = "http_requests_total",
    ///         labels = ["path"], overflow = other;
    /// }
    /// use nanoprom::{Counter, Family};
    ///
    /// for path in ["/", "/index.html", "/favicon.ico", "/robots.txt"] {
    ///     REQUESTS.labels([path])?.inc();
    /// }
    /// assert_eq!(REQUESTS.labels(["other"])?.get(), 2.0);
    /// assert_eq!(REQUESTS.refused(), 2);
    /// # Ok::<(), nanoprom::Refused>(())
    /// ```
    pub const fn with_overflow(mut self, overflow: Overflow) -> Self {
        self.any.overflow = overflow.cell();
        self
    }

    /// A family in memory that is not a static, such as a leaked box; `bounds` are empty unless its
    /// children are histograms.
    ///
    /// # Panics
    ///
    /// Where the number of bounds is not that of the child.
    pub const fn from_mut(
        cells: &'static mut FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>; L],
        bounds: &'static [M::Bound],
    ) -> Self {
        Self::from_parts(cells, names, bounds)
    }

    const fn from_parts(
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>; L],
        bounds: &'static [M::Bound],
    ) -> Self {
        assert!(bounds.len() == M::BOUNDS, "the number of buckets is not the N of Histogram<N>");
        assert!(size_of::<M::Cell>() <= 60_000, "a child of a family is larger than 60000 bytes");
        let memory = cells.0.get();
        // SAFETY: only addresses inside `cells` are taken.
        let any = unsafe {
            AnyFamily {
                kind: M::FAMILY,
                head: &raw const (*memory).head,
                slots: (&raw const (*memory).slots).cast(),
                records: (&raw mut (*memory).records).cast(),
                text: (&raw mut (*memory).text).cast(),
                names: names.as_ptr(),
                bounds: bounds.as_ptr().cast(),
                overflow: None,
                ticks_per_unit: 1,
                capacity: N as u32,
                text_size: (N * T) as u32,
                record_size: size_of::<Record<M::Cell, L>>() as u16,
                cell_size: size_of::<M::Cell>() as u16,
                label_count: L as u16,
                bound_count: bounds.len() as u16,
            }
        };
        Self { any, marker: PhantomData }
    }

    /// The child with these label values, in the order of the label names; it starts at 0.
    ///
    /// The same values give the same child. Keep it: it stays valid for ever.
    ///
    /// # Errors
    ///
    /// Where the child is new and there is no room for it or its text. That changes nothing but the
    /// count of refusals, which the page shows as `nanoprom_series_refused_total`. See
    /// [`with_overflow`](Self::with_overflow) for another way.
    #[inline]
    pub fn labels(&self, values: [&str; L]) -> Result<M::Handle, Refused> {
        let cell = self.any.cell_of(bytes_of(&values))?;
        // SAFETY: the cell lies in the static memory of a family of `M`, as do its bounds.
        Ok(unsafe {
            let bounds = self.any.bounds.cast();
            M::handle(&*cell.cast::<M::Cell>(), bounds, self.any.ticks_per_unit)
        })
    }

    /// As [`labels`](Self::labels), with the labels' names in front of their values, in any order:
    /// `labels_by_name([("code", "200"), ("method", "GET")])`. It takes longer: each name is looked for.
    ///
    /// # Errors
    ///
    /// As for [`labels`](Self::labels), and where the names are not those of the family, each once; that
    /// is counted as a refusal too.
    pub fn labels_by_name(&self, labels: [(&str, &str); L]) -> Result<M::Handle, Refused> {
        match in_order(self.any.names(), &labels) {
            Some(values) => self.labels(values),
            None => {
                self.any.count_refusal();
                Err(Refused::LabelNames)
            }
        }
    }

    /// Takes the child with these label values off the page and sets it to 0; `false` where there was
    /// none.
    ///
    /// Its memory and label text stay reserved for the same values, which bring it back from 0.
    /// Handles to it stay valid: what they add while it is hidden is on the page when it comes back.
    /// An update at the same moment may be lost with the old value, an observation also in part.
    pub fn remove(&self, values: [&str; L]) -> bool {
        self.any.remove(bytes_of(&values))
    }

    /// As [`remove`](Self::remove), with the labels' names in front of their values, in any order.
    ///
    /// # Errors
    ///
    /// Where the names are not those of the family, each once.
    pub fn remove_by_name(&self, labels: [(&str, &str); L]) -> Result<bool, Refused> {
        let values = in_order(self.any.names(), &labels).ok_or(Refused::LabelNames)?;
        Ok(self.remove(values))
    }

    /// Removes, as [`remove`](Self::remove) does, all children whose label values are those given, `None`
    /// standing for any value: `remove_matching([Some("eth0"), None])`. Returns how many there were.
    ///
    /// It looks at every child once. One that is added meanwhile may stay.
    pub fn remove_matching(&self, pattern: [Option<&str>; L]) -> u32 {
        self.any.remove_matching(pattern.iter().map(|value| value.map(str::as_bytes)))
    }

    /// Takes all children off the page, as [`remove`](Self::remove) does.
    pub fn clear(&self) {
        self.any.clear();
    }

    /// Lets other labels use the memory of removed children, and moves the text of all others together;
    /// returns how many children may be added again. It takes time: `N` · log `N` steps.
    ///
    /// The child `other` of an [overflow policy](Self::with_overflow) keeps its memory. Debug builds panic
    /// where they see that a child is just being added, and where a page goes on that was inside the family.
    ///
    /// # Safety
    ///
    /// From the begin to the end of this call
    ///
    /// * no cursor or walk over samples is inside this family: none is open, or none was read so far and
    ///   not to the end;
    /// * nobody, in no thread and no interrupt handler, makes another call on this family;
    ///
    /// and after it nobody uses a handle to a child that was removed before: it would be that of other
    /// labels. Handles to all other children stay valid.
    pub unsafe fn reclaim(&self) -> u32 {
        // SAFETY: the caller's promise.
        unsafe { self.any.reclaim() }
    }

    /// How many times [`labels`](Self::labels) refused to add a child.
    pub fn refused(&self) -> u64 {
        self.any.refused()
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a family without `labels = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(
        metric: &str,
        _: &'static FamilyCells<M, L, N, T>,
        _: &[M::Bound],
    ) -> Self {
        Self::__declare(metric)
    }

    #[doc(hidden)]
    pub const fn __declare_ticks(mut self, metric: &str, ticks_per_unit: u32) -> Self {
        if !self.any.kind().ticks {
            no_ticks(metric);
        }
        // The table's check looks at it.
        self.any.ticks_per_unit = ticks_per_unit;
        self
    }

    /// # Safety
    ///
    /// No other family is made of these cells.
    #[doc(hidden)]
    pub const unsafe fn __declare_labels(
        metric: &str,
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>],
        bounds: &'static [M::Bound],
    ) -> Self {
        let bounds = declared_bounds::<M>(metric, bounds);
        match names.first_chunk() {
            Some(first) if names.len() == L => Self::from_parts(cells, first, bounds),
            _ => declaration(metric, "has another number of labels than its Family<M, L, N>"),
        }
    }
}

/// The bounds that children of `M` share, as they were declared, `+Inf` left out.
pub(crate) const fn declared_bounds<M: Child>(
    metric: &str,
    bounds: &'static [M::Bound],
) -> &'static [M::Bound] {
    if bounds.is_empty() && M::BOUNDS > 0 {
        declaration(metric, "is a family of histograms without `buckets = [...]`")
    }
    let mut bounds = bounds;
    if M::BOUNDS > 0 && !M::FAMILY.get().ticks {
        // SAFETY: `M::Bound` is `f64` for histograms that observe no ticks, here and back.
        unsafe {
            let floats = slice_at(bounds.as_ptr().cast(), bounds.len());
            let finite = without_infinity(floats, M::BOUNDS);
            bounds = slice_at(finite.as_ptr().cast(), finite.len());
        }
    }
    if bounds.len() != M::BOUNDS {
        declaration(metric, "has another number of buckets than its child");
    }
    bounds
}

impl<M: Child, const L: usize, const N: usize, const T: usize> __Declare for Family<M, L, N, T> {
    type Cells = FamilyCells<M, L, N, T>;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = FamilyCells::new();
}

impl<M: Child, const L: usize, const N: usize, const T: usize> Sealed for Family<M, L, N, T> {}

impl<M: Child, const L: usize, const N: usize, const T: usize> MetricValue for Family<M, L, N, T> {
    const KIND: &'static KindCell = M::FAMILY;
}
