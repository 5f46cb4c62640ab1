//! Families whose labels are enums: the child is found while compiling.

use crate::buckets::{Bounds, without_infinity};
use crate::families::fixed::{Fixed, FixedRow};
use crate::families::label_value::LabelEnums;
use crate::fault::{declaration, no_ticks};
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Child, Kind, KindCell, MetricValue, Shape, Special};
use crate::label::LabelName;
use crate::name::equal;
use crate::open::Open;
use crate::table::slice_at;
use core::marker::PhantomData;

/// A family whose label values are all known: its labels `V` are a tuple of 1 to 4 enums made by
/// [`label_values!`](crate::label_values), and there is a child for each of their `N` combinations.
///
/// [`labels`](Self::labels) cannot fail, and where its values are constants an update is that of a
/// single metric. No look-up, no label text in RAM: the memory is that of the children, and this handle
/// a constant. The page shows all children from the beginning; none can be removed.
/// `labels` may be called from any thread and any interrupt handler, as may the updates that its children allow there.
///
/// ```
/// nanoprom::label_values! {
///     pub enum Method { Get = "GET", Put = "PUT" }
/// }
/// nanoprom::label_values! {
///     pub enum Outcome { Done = "done", Refused = "refused", Failed = "failed" }
/// }
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Requests by method and outcome.
///     pub static REQUESTS: EnumFamily<IntCounter, (Method, Outcome), 6> = "requests_total",
///         labels = ["method", "outcome"];
/// }
/// use nanoprom::{EnumFamily, IntCounter};
///
/// REQUESTS.labels(Method::Put, Outcome::Failed).inc();
/// let mut page = String::new();
/// nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page))?;
/// assert!(page.contains("requests_total{method=\"PUT\",outcome=\"failed\"} 1\n"));
/// # Ok::<(), core::fmt::Error>(())
/// ```
#[repr(transparent)]
pub struct EnumFamily<M: Child, V, const N: usize> {
    any: AnyEnumFamily,
    marker: PhantomData<fn(V) -> M>,
}

impl<M: Child, V: LabelEnums, const N: usize> EnumFamily<M, V, N> {
    /// The child number `at`.
    #[inline]
    fn child(&self, at: usize) -> M::Handle {
        // Never beyond: enums made by hand may give any number.
        let at = at.min(N - 1);
        // SAFETY: `N` cells of `M` lie there for ever, as do the bounds.
        unsafe {
            let cell = &*self.any.cells.cast::<M::Cell>().add(at);
            M::handle(cell, self.any.bounds.cast(), self.any.ticks_per_unit)
        }
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a family without `labels = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(metric: &str, _: &[M::Cell; N], _: &[M::Bound]) -> Self {
        Self::__declare(metric)
    }

    #[doc(hidden)]
    pub const fn __declare_ticks(mut self, metric: &str, ticks_per_unit: u32) -> Self {
        if !M::FAMILY.get().ticks {
            no_ticks(metric);
        }
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
        cells: &'static [M::Cell; N],
        names: &'static [LabelName<'static>],
        bounds: &'static [M::Bound],
    ) -> Self {
        if M::KIND.get().as_open().is_some() {
            declaration(metric, "has children with exemplars or creation times");
        }
        if let Some(fault) = lists_fault(V::LISTS) {
            declaration(metric, fault);
        }
        if combinations(V::LISTS) != N {
            declaration(metric, "has another number of series than its labels have combinations");
        }
        if names.len() != V::LISTS.len() {
            declaration(metric, "has another number of labels than enums");
        }
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
        let any = AnyEnumFamily {
            child: M::FAMILY,
            lists: V::LISTS,
            names,
            cells: cells.as_ptr().cast(),
            cell_size: size_of::<M::Cell>() as u32,
            count: N as u32,
            bounds: bounds.as_ptr().cast(),
            bound_count: bounds.len() as u32,
            ticks_per_unit: 1,
        };
        Self { any, marker: PhantomData }
    }
}

/// `labels`, with as many values as there are enums.
macro_rules! labels {
    ($($($label:ident $value:ident)+;)+) => {
        $(
            impl<M: Child, $($label,)+ const N: usize> EnumFamily<M, ($($label,)+), N>
            where
                ($($label,)+): LabelEnums,
            {
                /// The child with these label values, in the order of the label names.
                #[inline]
                #[must_use]
                pub fn labels(&self, $($value: $label),+) -> M::Handle {
                    self.child(($($value,)+).number())
                }
            }
        )+
    };
}
labels! {
    A a;
    A a B b;
    A a B b C c;
    A a B b C c D d;
}

impl<M: Child, V: LabelEnums, const N: usize> __Declare for EnumFamily<M, V, N> {
    type Cells = [M::Cell; N];
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELLS: Self::Cells = {
        assert!(N >= 1 && N < u32::MAX as usize, "a family has 1 to 4294967294 series");
        assert!(size_of::<M::Cell>() <= 60_000, "a child of a family is larger than 60000 bytes");
        [const { M::CELL }; N]
    };
}

impl<M: Child, V: LabelEnums, const N: usize> Sealed for EnumFamily<M, V, N> {}

impl<M: Child, V: LabelEnums, const N: usize> MetricValue for EnumFamily<M, V, N> {
    const KIND: &'static KindCell = &KindCell::new(
        &const { Kind::fixed(M::FAMILY.get().of, Shape::EnumFamily, &const { Special::fixed(as_open) }) },
    );
}

/// A family whatever its enums, as the encoder sees it.
pub(crate) struct AnyEnumFamily {
    child: &'static KindCell,
    /// The values of each label.
    lists: &'static [&'static [&'static str]],
    names: &'static [LabelName<'static>],
    cells: *const (),
    cell_size: u32,
    count: u32,
    bounds: *const (),
    bound_count: u32,
    ticks_per_unit: u32,
}

// SAFETY: constants, and cells that are shared.
unsafe impl Send for AnyEnumFamily {}
// SAFETY: as above.
unsafe impl Sync for AnyEnumFamily {}

impl AnyEnumFamily {
    pub(crate) const fn names(&self) -> &'static [LabelName<'static>] {
        self.names
    }

    pub(crate) const fn child(&self) -> &'static Kind {
        self.child.get()
    }

    pub(crate) const fn bounds(&self) -> Bounds<'static> {
        Bounds::new(self.bounds, self.bound_count, self.ticks_per_unit)
    }
}

impl Fixed for AnyEnumFamily {
    fn child(&self) -> &'static Kind {
        self.child()
    }

    fn names(&self) -> &[LabelName<'static>] {
        self.names
    }

    fn len(&self) -> u32 {
        self.count
    }

    fn cell(&self, series: u32) -> Option<(*const (), Bounds<'_>)> {
        // SAFETY: there are so many cells.
        let cell = || unsafe { self.cells.byte_add(series as usize * self.cell_size as usize) };
        (series < self.count).then(|| (cell(), self.bounds()))
    }

    fn value(&self, series: u32, at: u32) -> &[u8] {
        let (mut number, mut value) = (series as usize, "");
        // The last label counts fastest.
        for list in self.lists.get(at as usize..).unwrap_or_default().iter().rev() {
            let len = list.len().max(1);
            value = list.get(number % len).unwrap_or(&"");
            number /= len;
        }
        value.as_bytes()
    }
}

/// # Safety
///
/// As for [`AsOpen`](crate::kind::AsOpen).
unsafe fn as_open(family: *const ()) -> *const dyn Open {
    family.cast::<FixedRow<AnyEnumFamily>>()
}

const fn combinations(lists: &[&[&str]]) -> usize {
    let (mut count, mut at) = (1_usize, 0);
    while at < lists.len() {
        count = count.saturating_mul(lists[at].len());
        at += 1;
    }
    count
}

/// What is wrong with the values of the labels.
const fn lists_fault(lists: &[&[&str]]) -> Option<&'static str> {
    let mut list = 0;
    while list < lists.len() {
        let values = lists[list];
        let mut at = 0;
        while at < values.len() {
            let mut before = 0;
            while before < at {
                if equal(values[before].as_bytes(), values[at].as_bytes()) {
                    return Some("has two values of a label that are alike");
                }
                before += 1;
            }
            at += 1;
        }
        list += 1;
    }
    None
}
