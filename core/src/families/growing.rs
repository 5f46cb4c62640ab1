//! Families that grow: series on the heap, as many as there is memory for.

use crate::error::Refused;
use crate::families::any_family::AnyFamily;
use crate::families::by_name::in_order;
use crate::families::family::declared_bounds;
use crate::families::heap::{Common, Heap};
use crate::families::overflow::Overflow;
use crate::families::series::Series;
use crate::families::sized::Unfit;
use crate::fault::{declaration, no_ticks};
use crate::kind::sealed::Sealed;
use crate::kind::{
    __Declare, Child, Kind, KindCell, MetricValue, OfFamily, OwnLabel, Part, Shape, Special,
};
use crate::label::{LabelName, bytes_of};
use crate::open::{At, Head, Open, Reading};
use crate::refusals::REFUSALS;
use crate::{families::any_family::LabelValues, numbers::compare};
use core::marker::PhantomData;
use core::ptr;

/// The part of a [`GrowingFamily`] that lies in RAM: where its series are. They are freed when it is
/// dropped.
pub struct GrowingCells(Heap);

impl GrowingCells {
    /// No series yet, and as many as there is memory for.
    pub const fn new() -> Self {
        Self::with_limit(u32::MAX)
    }

    /// No series yet, and never more than `most`. More than 1 048 574 are as many.
    pub const fn with_limit(most: u32) -> Self {
        Self(Heap::new(most))
    }
}

impl Default for GrowingCells {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Family`](crate::Family) whose series lie on the heap: for label values that nobody can count
/// beforehand. Feature `alloc`.
///
/// [`labels`](Self::labels) finds a child without a lock. To add or remove one takes a spin lock, and memory of
/// the global allocator, so that is neither for interrupt and signal handlers nor for tasks of different
/// priority on one core: one that spins would never let the other go on. Children never move, and are plain
/// metrics: those with exemplars, creation times or states are for [`Family`](crate::Family). A series of a
/// counter with two short labels takes about 100 bytes, in use or removed; there may be up to 1 048 574.
///
/// ```
/// use nanoprom::{Counter, GrowingFamily};
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Requests by user.
///     pub static REQUESTS: GrowingFamily<Counter, 1> = "requests_total", labels = ["user"];
/// }
///
/// for user in 0..1000 {
///     REQUESTS.labels([&user.to_string()])?.inc();
/// }
/// # Ok::<(), nanoprom::Refused>(())
/// ```
#[repr(transparent)]
pub struct GrowingFamily<M: Child, const L: usize> {
    any: AnyGrowing,
    marker: PhantomData<fn() -> M>,
}

/// The handle of a family that grows, whatever its children are: that of a static one, with its records
/// on the heap.
#[repr(transparent)]
pub struct AnyGrowing(AnyFamily);

// SAFETY: the series are shared by atomics, all else is constant.
unsafe impl Send for AnyGrowing {}
// SAFETY: as above.
unsafe impl Sync for AnyGrowing {}

impl AnyGrowing {
    /// A family of children of `kind`, that of a static family, with cells of `cell_size` bytes.
    ///
    /// # Safety
    ///
    /// All pointers are good for as long as this is used: `cells`, which are no other family's, the
    /// names, and the bounds that the kind asks for. A cell of zeros is one at 0, and has `cell_size`
    /// bytes.
    pub const unsafe fn new(
        kind: *const KindCell,
        cells: *const GrowingCells,
        (names, label_count): (*const LabelName<'static>, u16),
        (bounds, bound_count): (*const (), u16),
        cell_size: u16,
    ) -> Self {
        Self(AnyFamily {
            kind,
            head: ptr::null(),
            slots: ptr::null(),
            records: cells.cast_mut().cast(),
            text: ptr::null_mut(),
            names,
            bounds,
            ticks_per_unit: 1,
            capacity: 0,
            text_size: 0,
            record_size: 0,
            cell_size,
            label_count,
            overflow: None,
            bound_count,
        })
    }

    /// A family like `described`, of which all but its memory is said, with the series that `cells` have.
    ///
    /// # Errors
    ///
    /// Where there is no such family.
    ///
    /// # Safety
    ///
    /// As for [`new`](Self::new), with what `described` points to.
    pub unsafe fn like(described: &AnyFamily, cells: *const GrowingCells) -> Result<Self, Unfit> {
        if child_fault(described.kind()).is_some() {
            return Err(Unfit::Child);
        }
        let (_, cell_size, bound_count) = described.sizes()?;
        // SAFETY: the caller's promise; all were looked at by `plan`.
        let mut family = unsafe {
            Self::new(
                described.kind,
                cells,
                (described.names, described.label_count),
                (described.bounds, bound_count as u16),
                cell_size as u16,
            )
        };
        family.0.ticks_per_unit = described.ticks_per_unit;
        family.0.overflow = described.overflow;
        Ok(family)
    }

    /// The cells it was made with; null in a family of C that is not made yet.
    pub fn cells(&self) -> *mut GrowingCells {
        self.0.records.cast()
    }

    fn heap(&self) -> &Heap {
        // SAFETY: `new` was given cells.
        unsafe { &(*self.0.records.cast::<GrowingCells>()).0 }
    }

    fn common(&self) -> Common<'_> {
        Common {
            names: self.0.names(),
            bounds: self.0.bounds(),
            cell_size: usize::from(self.0.cell_size),
            reset: self.0.kind().reset,
            other: self.0.overflow.is_some(),
        }
    }

    /// The cell of the series with these label values, as many as there are labels.
    ///
    /// # Errors
    ///
    /// Where the series is new and cannot be added; that is counted.
    #[inline]
    pub fn cell_of<'v>(&self, values: impl LabelValues<'v>) -> Result<*const (), Refused> {
        self.heap().cell_of(&self.common(), values)
    }

    /// As [`AnyFamily::in_order`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn in_order<'v>(
        &self,
        labels: impl Iterator<Item = (&'v [u8], &'v [u8])> + Clone,
    ) -> Result<impl LabelValues<'v>, Refused> {
        self.0.in_order(labels)
    }

    /// Counts a child that was refused before it came here.
    pub fn count_refusal(&self) {
        self.heap().count_refusal();
    }

    /// As [`GrowingFamily::remove`].
    pub fn remove<'v>(&self, values: impl LabelValues<'v>) -> bool {
        self.heap().remove(&self.common(), values)
    }

    /// As [`GrowingFamily::remove_matching`]; `None` stands for any value.
    pub fn remove_matching<'v>(
        &self,
        pattern: impl Iterator<Item = Option<&'v [u8]>> + Clone,
    ) -> u32 {
        let common = self.common();
        let matches = |series: Series| {
            let mut pairs = series.values(common.names).zip(pattern.clone());
            pairs.all(|(value, wanted)| wanted.is_none_or(|wanted| wanted == value))
        };
        self.heap().remove_where(&common, matches)
    }

    /// How many labels each series has.
    pub fn label_count(&self) -> usize {
        self.0.label_count()
    }

    /// How many times a series was refused.
    pub fn refused(&self) -> u64 {
        self.heap().refused()
    }
}

impl Open for AnyGrowing {
    fn enter(&self, at: &mut At, _: &Reading<'_>) -> bool {
        at.family == 0 && !self.cells().is_null()
    }

    fn head<'r>(&'r self, _: &At, _: &Reading<'r>, _: &mut Head<'r>) {}

    fn next(&self, at: &mut At, _: &Reading<'_>) -> bool {
        let (heap, common) = (self.heap(), self.common());
        if at.part.last {
            if !heap.next_live(&common, &mut at.series) {
                return false;
            }
            at.part = Part::START;
        }
        let cell = heap.series(&common, at.series - 1).cell;
        // SAFETY: the kind and the bounds go with the cells.
        unsafe { (self.0.kind().load)(cell, &common.bounds, &mut at.part, &mut at.item) };
        true
    }

    fn labels<'r>(&'r self, at: &At, _: &Reading<'r>) -> &'r [u8] {
        let common = self.common();
        self.heap().series(&common, at.series - 1).page_text(common.names)
    }

    fn label<'r>(&'r self, at: &At, _: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>> {
        let (names, number) = (self.0.names(), number as usize);
        let value = self.heap().series(&self.common(), at.series - 1).values(names).nth(number)?;
        Some((names.get(number)?.name(), value))
    }

    fn has_negative_bound(&self, _: &At) -> bool {
        // SAFETY: the kind says what the bounds are.
        !self.cells().is_null()
            && !self.0.kind().ticks
            && unsafe { self.0.bounds().floats() }.first().is_some_and(|&b| compare::less(b, 0.0))
    }
}

static OF_GROWING: OfFamily = OfFamily {
    refusals: &REFUSALS,
    refused: |family| {
        // SAFETY: the value of a row of such a kind is such a handle, whose memory may still be missing.
        let family = unsafe { &*family.cast::<AnyGrowing>() };
        if family.cells().is_null() { 0 } else { family.refused() }
    },
    // It is open.
    come_to: |_, _, _, _| ptr::null(),
    // It does that itself, see `Heap::show`.
    show: |_, _| {},
};

/// Of kinds without labels of their own, see `child_fault`.
static GROWING: Special = Special {
    labels: None,
    // SAFETY: the value of such a row is such a handle.
    open: Some(|family| unsafe { &*family.cast::<AnyGrowing>() as *const AnyGrowing as _ }),
    family: Some(&OF_GROWING),
};

/// What keeps children of this static family from being in one that grows: it reads cells by itself.
const fn child_fault(family: &Kind) -> Option<&'static str> {
    match family.shape {
        Shape::Family if family.labels().is_none() && family.as_open().is_none() => None,
        _ => Some("a family on the heap has no children with exemplars, creation times or states"),
    }
}

/// The kind of a family that grows, whose children are of this kind of a static family.
pub(crate) const fn kind_of(family: &KindCell) -> Kind {
    let kind = family.get();
    Kind {
        of: kind.of,
        in_text: kind.in_text,
        shape: Shape::OpenFamily,
        ticks: kind.ticks,
        load: kind.load,
        reset: kind.reset,
        special: &GROWING,
    }
}

impl<M: Child, const L: usize> GrowingFamily<M, L> {
    /// A family with these label names. `bounds` are empty unless its children are histograms.
    ///
    /// # Safety
    ///
    /// No other family is made of these cells.
    ///
    /// # Panics
    ///
    /// Where the number of bounds is not that of the child, and where the child has exemplars, a creation time
    /// or states: at compile time in a `static`.
    pub const unsafe fn new(
        cells: &'static GrowingCells,
        names: &'static [LabelName<'static>; L],
        bounds: &'static [M::Bound],
    ) -> Self {
        assert!(L >= 1 && L <= 255, "a family has 1 to 255 labels");
        if let Some(fault) = child_fault(M::FAMILY.get()) {
            panic!("{}", fault);
        }
        assert!(bounds.len() == M::BOUNDS, "the number of buckets is not the N of Histogram<N>");
        assert!(size_of::<M::Cell>() <= 60_000, "a child of a family is larger than 60000 bytes");
        // SAFETY: statics; a child's cell is all zeros to begin with.
        let any = unsafe {
            AnyGrowing::new(
                M::FAMILY,
                cells,
                (names.as_ptr(), L as u16),
                (bounds.as_ptr().cast(), bounds.len() as u16),
                size_of::<M::Cell>() as u16,
            )
        };
        Self { any, marker: PhantomData }
    }

    /// The same family with a policy for labels that it refuses, as
    /// [`Family::with_overflow`](crate::Family::with_overflow): with [`Overflow::Other`] they give the child
    /// whose label values are all `other`, which is one of the [limit](GrowingCells::with_limit), and has its
    /// memory before all others. [`labels`](Self::labels) fails only where there is none for this first one.
    pub const fn with_overflow(mut self, overflow: Overflow) -> Self {
        self.any.0.overflow = overflow.cell();
        self
    }

    /// The child with these label values, in the order of the label names; it starts at 0.
    ///
    /// The same values give the same child. Keep it: it stays valid for ever.
    ///
    /// # Errors
    ///
    /// Where the child is new and there is no memory for it, or as many as there may be. That changes
    /// nothing but the count of refusals, which the page shows as `nanoprom_series_refused_total`.
    #[inline]
    pub fn labels(&'static self, values: [&str; L]) -> Result<M::Handle, Refused> {
        let cell = self.any.cell_of(bytes_of(&values))?;
        let family = &self.any.0;
        // SAFETY: the cell is one of `M`, and lives as long as the family's cells.
        Ok(unsafe {
            M::handle(&*cell.cast::<M::Cell>(), family.bounds.cast(), family.ticks_per_unit)
        })
    }

    /// As [`labels`](Self::labels), with the labels' names in front of their values, in any order:
    /// `labels_by_name([("code", "200"), ("user", "ada")])`. It takes longer: each name is looked for.
    ///
    /// # Errors
    ///
    /// As for [`labels`](Self::labels), and where the names are not those of the family, each once; that
    /// is counted as a refusal too.
    pub fn labels_by_name(&'static self, labels: [(&str, &str); L]) -> Result<M::Handle, Refused> {
        match in_order(self.any.0.names(), &labels) {
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
    /// Its memory stays reserved for the same values, which bring it back from 0. Handles to it stay
    /// valid: what they add while it is hidden is on the page when it comes back. An update at the same
    /// moment may be lost with the old value, an observation also in part.
    pub fn remove(&self, values: [&str; L]) -> bool {
        self.any.remove(bytes_of(&values))
    }

    /// As [`remove`](Self::remove), with the labels' names in front of their values, in any order.
    ///
    /// # Errors
    ///
    /// Where the names are not those of the family, each once.
    pub fn remove_by_name(&self, labels: [(&str, &str); L]) -> Result<bool, Refused> {
        let values = in_order(self.any.0.names(), &labels).ok_or(Refused::LabelNames)?;
        Ok(self.remove(values))
    }

    /// Removes all children with these label values, `None` standing for any; gives their number.
    pub fn remove_matching(&self, pattern: [Option<&str>; L]) -> u32 {
        self.any.remove_matching(pattern.iter().map(|value| value.map(str::as_bytes)))
    }

    /// Takes all children off the page, as [`remove`](Self::remove) does.
    pub fn clear(&self) {
        self.remove_matching([None; L]);
    }

    /// How many times [`labels`](Self::labels) refused to add a child.
    pub fn refused(&self) -> u64 {
        self.any.refused()
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a family without `labels = [...]`")
    }

    /// # Safety
    ///
    /// No other family is made of these cells.
    #[doc(hidden)]
    pub const unsafe fn __declare_labels(
        metric: &str,
        cells: &'static GrowingCells,
        names: &'static [LabelName<'static>],
        bounds: &'static [M::Bound],
    ) -> Self {
        if child_fault(M::FAMILY.get()).is_some() {
            declaration(
                metric,
                "is on the heap: its children have no exemplars, creation times or states",
            );
        }
        let bounds = declared_bounds::<M>(metric, bounds);
        match names.first_chunk() {
            // SAFETY: the caller's promise.
            Some(first) if names.len() == L => unsafe { Self::new(cells, first, bounds) },
            _ => declaration(metric, "has another number of labels than its GrowingFamily<M, L>"),
        }
    }

    #[doc(hidden)]
    pub const fn __declare_ticks(mut self, metric: &str, ticks_per_unit: u32) -> Self {
        if !self.any.0.kind().ticks {
            no_ticks(metric);
        }
        // The table's check looks at it.
        self.any.0.ticks_per_unit = ticks_per_unit;
        self
    }
}

impl<M: Child, const L: usize> __Declare for GrowingFamily<M, L> {
    type Cells = GrowingCells;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = GrowingCells::new();
}

impl<M: Child, const L: usize> Sealed for GrowingFamily<M, L> {}

impl<M: Child, const L: usize> MetricValue for GrowingFamily<M, L> {
    const KIND: &'static KindCell = &KindCell::new(&const { kind_of(M::FAMILY) });
}
