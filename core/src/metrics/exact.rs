//! Names shown as they are declared, without the suffix of their type.

use crate::buckets::Bounds;
use crate::kind::sealed::Sealed;
use crate::kind::{
    Child, Item, Kind, KindCell, Load, MetricValue, OwnLabels, Part, Shape, Special, Type, kinds,
};
use crate::label::Label;
use crate::metrics::counter::{Counter, Counter32, IntCounter, plain_cell};
use crate::metrics::info::{self, Info};
use core::ops::Deref;

/// A counter or an info whose name the page shows as it is declared: for names that dashboards already know.
///
/// Nothing is added to the name and nothing taken from it. An exact counter is a `counter` in the text format
/// and `unknown` in OpenMetrics, whose counters all end in `_total`; an exact [`Info`] is a `gauge` in
/// both. All else is as with the metric inside; families have exact children, too.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Frames lost.
///     pub static LOST: Exact<IntCounter> = "frames_lost";
/// }
/// use nanoprom::{Exact, FmtWriter, Format, IntCounter, encode};
///
/// LOST.inc();
/// let mut page = String::new();
/// encode(&METRICS, Format::Text, &mut FmtWriter(&mut page))?;
/// assert!(page.ends_with("# TYPE frames_lost counter\nframes_lost 1\n"));
/// # Ok::<(), core::fmt::Error>(())
/// ```
#[repr(transparent)]
pub struct Exact<M>(M);

impl<M> Exact<M> {
    /// The metric under an exact name.
    pub const fn new(metric: M) -> Self {
        Self(metric)
    }
}

impl<M> Deref for Exact<M> {
    type Target = M;

    #[inline]
    fn deref(&self) -> &M {
        &self.0
    }
}

/// An exact counter: its kinds are those of the counter, with another type and without the suffix.
macro_rules! exact {
    ($counter:ident, $plain:expr, $single:ident, $family:ident) => {
        kinds!(
            ExactCounter,
            Cell,
            |cell, bounds: &Bounds<'_>, part: &mut Part, item: &mut Item| {
                // SAFETY: `Load` is given a cell of this kind, which is a counter's.
                unsafe { load($plain.get().load, cell, bounds, part, item) };
            },
            // SAFETY: `Reset` is given a cell of this kind.
            |cell, _| unsafe { &*cell.cast::<$counter>() }.reset(),
            $single,
            $family
        );
        plain_cell!(Exact<$counter>, Exact::new($counter::new()), $single, $family);
    };
}

/// # Safety
///
/// As for [`Load`].
unsafe fn load(
    plain: Load,
    cell: *const (),
    bounds: &Bounds<'_>,
    part: &mut Part,
    item: &mut Item,
) {
    // SAFETY: the caller's promise.
    unsafe { plain(cell, bounds, part, item) };
    item.suffix = "";
}

exact!(Counter, crate::metrics::counter::COUNTER, COUNTER_EXACT, COUNTER_EXACT_FAMILY);
exact!(
    IntCounter,
    crate::metrics::counter::INT_COUNTER,
    INT_COUNTER_EXACT,
    INT_COUNTER_EXACT_FAMILY
);
exact!(Counter32, crate::metrics::counter::COUNTER32, COUNTER32_EXACT, COUNTER32_EXACT_FAMILY);

impl Exact<Info> {
    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        Self(Info::__declare(metric))
    }

    #[doc(hidden)]
    pub const fn __declare_info(_metric: &str, labels: &'static [Label<'static>]) -> Self {
        Self(Info::new(labels))
    }
}

impl Sealed for Exact<Info> {}

impl MetricValue for Exact<Info> {
    const KIND: &'static KindCell = &INFO_EXACT;
}

/// One info under an exact name.
pub static INFO_EXACT: KindCell = {
    static KIND: Kind = Kind::single(
        Type::Gauge,
        Shape::Info,
        |cell, bounds, part, item| {
            // SAFETY: `Load` is given a cell of this kind, which is an info's.
            unsafe { load(info::load, cell, bounds, part, item) };
        },
        &const { Special::labelled(&const { OwnLabels::new(info::label) }) },
    );
    KindCell::new(&KIND)
};
