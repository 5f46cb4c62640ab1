//! Kinds: what a row of the table needs to know about its metric's type.
//!
//! A row points to its kind instead of holding a tag, so that the linker drops the kinds that nobody
//! uses. A new kind is one file with one static [`Kind`].

use crate::buckets::Bounds;
use crate::declared::Declared;
use crate::label::Label;
use crate::numbers::compare;
use crate::numbers::number::Number;
use crate::open::{At, Head, Open, Reading};
use crate::out::{Out, Sink};
pub(crate) use crate::types::{InText, Type};

/// What a row's value pointer points to. What the walk reads in one way stands together: small cores compare
/// then, instead of keeping a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The cell itself.
    Cell,
    /// A function to be asked.
    Callback,
    /// The labels of an info.
    Info,
    /// The handle of a state set of C.
    StateSet,
    /// What tells by itself what it has.
    Open,
    /// A constant table of series.
    Series,
    /// The handle of a family whose labels are enums.
    EnumFamily,
    /// A histogram's handle.
    Histogram,
    /// A histogram's handle, which has more than the walk knows of.
    OpenHistogram,
    /// The handle of a histogram of ticks.
    IntHistogram,
    /// A family's handle.
    Family,
    /// A family's handle, of children that have more than the walk knows of.
    OpenFamily,
    /// Another group.
    Group,
}

/// How far the samples of one series are loaded.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub(crate) index: u32,
    /// Whether the sample loaded last is the last of its series.
    pub(crate) last: bool,
    /// Sum of the buckets so far: a histogram's `_count` cannot disagree with them.
    pub(crate) running: u64,
}

impl Part {
    /// Before the first sample.
    pub(crate) const START: Self = Self { index: 0, last: false, running: 0 };

    /// Behind the last sample. No constant: compilers put all constants of 16 bytes into one section, and a C
    /// program that takes one from the library has them all.
    #[inline]
    pub(crate) const fn done() -> Self {
        Self { index: 0, last: true, running: 0 }
    }
}

/// One sample, loaded once: it does not change while its line is written in parts.
#[derive(Clone, Copy)]
pub(crate) struct Item {
    pub(crate) suffix: &'static str,
    pub(crate) bound: Option<Number>,
    pub(crate) number: Number,
}

impl Item {
    #[inline]
    pub(crate) const fn plain(suffix: &'static str, number: Number) -> Self {
        Self { suffix, bound: None, number }
    }
}

/// The count of a bucket and of those below it.
#[inline]
pub(crate) const fn bucket_item(bound: Number, count: u64) -> Item {
    Item { suffix: "_bucket", bound: Some(bound), number: Number::unsigned(count) }
}

/// Loads the next sample of a series, from [`Part::START`] on until it sets `last`.
///
/// It is given the series' cell and the bounds of its buckets, where it has any. The caller vouches
/// for both: the cell is of this kind, with as many buckets as bounds, and these are ticks where its
/// kind says so.
pub(crate) type Load = unsafe fn(*const (), &Bounds<'_>, &mut Part, &mut Item);

/// Sets the cell of a series to zero. The caller vouches for both as for [`Load`].
pub(crate) type Reset = unsafe fn(*const (), &Bounds<'_>);

/// A label that a kind itself puts onto a sample: name and value. An empty name stands for the metric's
/// own, with its prefixes.
pub(crate) type OwnLabel<'r> = (&'r [u8], &'r [u8]);

/// Gives label `at` of the sample with this index (the first is 0) of a single metric's cell; `None`
/// behind the last. The caller vouches for the cell as for [`Load`].
pub(crate) type LabelOf = unsafe fn(*const (), u32, u32) -> Option<OwnLabel<'static>>;

/// How a kind puts labels of its own onto samples.
pub(crate) struct OwnLabels {
    pub(crate) of: LabelOf,
    /// Behind a pointer, so that a program without such kinds does not link it.
    pub(crate) write: WriteLabels,
}

/// Writes the labels of a sample, for a metric with these prefixes and this name. The first opens with a
/// brace if the flag says so; gives back whether that is still to come.
pub(crate) type WriteLabels = fn(&mut Out<'_>, &Labelled<'_>, bool, &dyn Prefixes, &[u8]) -> bool;

/// A sample whose kind has labels of its own.
pub(crate) struct Labelled<'r> {
    pub(crate) row: &'r Declared<'r>,
    pub(crate) at: &'r At,
    pub(crate) reading: &'r Reading<'r>,
}

impl<'r> Labelled<'r> {
    /// Label `number` of those that the kind itself puts onto the sample.
    pub(crate) fn label(&self, number: u32) -> Option<OwnLabel<'r>> {
        let (kind, value) = (self.row.kind(), self.row.value);
        // SAFETY: the kind goes with the value, which is the cell where the row is not open.
        unsafe {
            match kind.as_open() {
                Some(open) => (*open(value)).label(self.at, self.reading, number),
                None => (kind.labels()?.of)(value, self.at.part.index.wrapping_sub(1), number),
            }
        }
    }
}

/// What stands around a metric.
pub(crate) trait Prefixes {
    /// Prefix and constant labels of the enclosing group at `level`, the outermost being 0.
    fn around(&self, level: usize) -> Option<(&[u8], &[Label<'_>])>;

    /// Writes all prefixes.
    fn write(&self, out: &mut Out<'_>);
}

impl OwnLabels {
    /// For open rows, which are asked themselves.
    pub(crate) const OPEN: Self = Self::new(|_, _, _| None);

    pub(crate) const fn new(of: LabelOf) -> Self {
        Self { of, write: write_all }
    }
}

fn write_all(
    out: &mut Out<'_>,
    sample: &Labelled<'_>,
    first: bool,
    prefixes: &dyn Prefixes,
    metric: &[u8],
) -> bool {
    write_labels(out, (0..).map_while(|number| sample.label(number)), first, prefixes, metric)
}

/// As [`WriteLabels`], for these labels.
pub(crate) fn write_labels<'r>(
    out: &mut Out<'_>,
    labels: impl Iterator<Item = OwnLabel<'r>>,
    mut first: bool,
    prefixes: &dyn Prefixes,
    metric: &[u8],
) -> bool {
    for (name, value) in labels {
        out.put(if first { b"{" } else { b"\"," });
        first = false;
        out.put(name);
        if name.is_empty() {
            prefixes.write(out);
            out.put(metric);
        }
        out.put(b"=\"");
        out.put_escaped(value, true);
    }
    first
}

/// The alignment of every cell: that of 64-bit atomics, also where plain integers of 64 bits have less.
pub(crate) const CELL_ALIGN: usize = 8;

/// A metric type: what the table check and the encoder know of it.
pub(crate) struct Kind {
    pub(crate) of: Type,
    pub(crate) in_text: &'static InText,
    pub(crate) shape: Shape,
    /// Whether its buckets have bounds in ticks.
    pub(crate) ticks: bool,
    pub(crate) load: Load,
    pub(crate) reset: Reset,
    pub(crate) special: &'static Special,
}

/// What only some kinds have. Behind a pointer: small programs have many kinds, and most of these have nothing
/// of it.
pub(crate) struct Special {
    /// Where its samples have labels of the kind's own, or something behind their values.
    pub(crate) labels: Option<&'static OwnLabels>,
    /// Makes an open row of its value.
    pub(crate) open: Option<AsOpen>,
    /// Where it is a family.
    pub(crate) family: Option<&'static OfFamily>,
}

/// What the kind of a family knows besides. Behind a pointer, so that a program without families links none
/// of it.
pub(crate) struct OfFamily {
    /// What the library's own family of refusals is called.
    pub(crate) refusals: &'static Head<'static>,
    /// How many series it refused. The caller vouches for the value of the row as for [`Load`].
    pub(crate) refused: unsafe fn(*const ()) -> u64,
    /// Where it is not open, for small cores: others read their families faster than by a call.
    pub(crate) come_to: ComeTo,
    /// Puts a series on the page. Here, so that a program links what tells a series that it is born only where
    /// its families need that.
    pub(crate) show: Show,
}

/// Puts the series with this number, which is published, on the page, from whatever state it is in. The
/// caller vouches for the value of the row as for [`Load`].
pub(crate) type Show = unsafe fn(*const (), u32);

/// Comes to the series behind `at`, if so asked, and else stays at the one before it: gives its cell, null
/// where there is none, and its labels as they stand on the page. The caller vouches for the value of the
/// row as for [`Load`].
pub(crate) type ComeTo =
    for<'a> unsafe fn(*const (), next: bool, at: &mut u32, labels: &mut &'a [u8]) -> *const ();

/// Makes an [`Open`] of the value of a row, with the row's lifetime. The caller vouches for it as for
/// [`Load`].
pub(crate) type AsOpen = unsafe fn(*const ()) -> *const dyn Open;

impl Special {
    pub(crate) const NONE: Self = Self { labels: None, open: None, family: None };

    pub(crate) const fn labelled(labels: &'static OwnLabels) -> Self {
        Self { labels: Some(labels), open: None, family: None }
    }

    /// Of a metric that tells by itself what it has. With `labels` these are written one by one, and there may
    /// be something behind the value.
    pub(crate) const fn open(open: AsOpen, labels: Option<&'static OwnLabels>) -> Self {
        Self { labels, open: Some(open), family: None }
    }

    /// Of a metric whose series are there from the beginning.
    pub(crate) const fn fixed(open: AsOpen) -> Self {
        Self::open(open, Some(&OwnLabels::OPEN))
    }
}

impl Kind {
    /// The kind of a metric that is never one of a family.
    pub(crate) const fn single(
        of: Type,
        shape: Shape,
        load: Load,
        special: &'static Special,
    ) -> Self {
        // Only series of families are removed.
        Self {
            of,
            in_text: of.in_text(),
            shape,
            ticks: matches!(shape, Shape::IntHistogram),
            load,
            reset: |_, _| {},
            special,
        }
    }

    /// The kind of a metric that tells by itself what it has.
    pub(crate) const fn open(of: Type, special: &'static Special) -> Self {
        Self::single(of, Shape::Open, |_, _, part, _| part.last = true, special)
    }

    /// The kind of a metric whose series are there from the beginning.
    pub(crate) const fn fixed(of: Type, shape: Shape, special: &'static Special) -> Self {
        let mut kind = Self::open(of, special);
        kind.shape = shape;
        kind
    }

    #[inline]
    pub(crate) const fn labels(&self) -> Option<&'static OwnLabels> {
        self.special.labels
    }

    #[inline]
    pub(crate) const fn as_open(&self) -> Option<AsOpen> {
        self.special.open
    }

    #[inline]
    pub(crate) const fn family(&self) -> Option<&'static OfFamily> {
        self.special.family
    }

    /// Whether its buckets, which have these bounds, begin below 0.
    ///
    /// # Safety
    ///
    /// The bounds are what the kind says.
    pub(crate) unsafe fn begins_below_zero(&self, bounds: &Bounds<'_>) -> bool {
        // SAFETY: the caller's promise.
        !self.ticks && unsafe { bounds.floats() }.first().is_some_and(|&b| compare::less(b, 0.0))
    }
}

/// What rows point to: a constant-size cell with a pointer to the kind, so that nothing of the
/// kind's own size becomes part of the C ABI.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct KindCell {
    kind: &'static Kind,
}

impl KindCell {
    pub(crate) const fn new(kind: &'static Kind) -> Self {
        Self { kind }
    }

    pub(crate) const fn get(&self) -> &'static Kind {
        self.kind
    }
}

/// The kinds of a metric type: for a single metric and for a family of it.
macro_rules! kinds {
    ($of:ident, $shape:ident, $load:expr, $reset:expr, $single:ident, $family:ident) => {
        #[doc = concat!("One metric of type ", stringify!($of), ".")]
        pub static $single: $crate::kind::KindCell = {
            static KIND: $crate::kind::Kind = $crate::kind::Kind::single(
                $crate::kind::Type::$of,
                $crate::kind::Shape::$shape,
                $load,
                &$crate::kind::Special::NONE,
            );
            $crate::kind::KindCell::new(&KIND)
        };
        #[doc = concat!("A family of type ", stringify!($of), ".")]
        pub static $family: $crate::kind::KindCell = {
            static KIND: $crate::kind::Kind = $crate::kind::Kind {
                of: $crate::kind::Type::$of,
                in_text: $crate::kind::Type::$of.in_text(),
                shape: $crate::kind::Shape::Family,
                ticks: matches!($crate::kind::Shape::$shape, $crate::kind::Shape::IntHistogram),
                load: $load,
                reset: $reset,
                special: &$crate::families::any_family::FAMILY,
            };
            $crate::kind::KindCell::new(&KIND)
        };
    };
}
pub(crate) use kinds;

/// A type whose values a row of the table can point to.
///
/// Sealed: own metric types come in through collectors.
pub trait MetricValue: Sync + sealed::Sealed {
    #[doc(hidden)]
    const KIND: &'static KindCell;
}

/// A metric type whose cells `metrics!` puts into a static of their own.
#[doc(hidden)]
pub trait __Declare {
    type Cells: Sync;
    const CELLS: Self::Cells;
}

/// A metric type that a family can have children of. Sealed.
///
/// Which types of metrics go where:
///
/// | | a row by itself | [`Family`](crate::Family), [`FamilyIn`](crate::FamilyIn) | `GrowingFamily` | [`EnumFamily`](crate::EnumFamily) | [`Series`](crate::Series) |
/// |---|---|---|---|---|---|
/// | counters, gauges, summaries, untyped metrics, histograms; `Exact` counters | yes | yes | yes | yes | yes |
/// | [`StateSet`](crate::StateSet) | yes | yes | no | yes | yes |
/// | [`Info`](crate::Info), also `Exact`; [`GaugeFn`](crate::GaugeFn), [`CounterFn`](crate::CounterFn) | yes | no | no | no | yes |
/// | [`Created`](crate::Created), [`WithExemplars`](crate::WithExemplars) | yes | yes | no | no | no |
/// | [`InfoCell`](crate::InfoCell), [`Collector`](crate::Collector)s, families | yes | no | no | no | no |
///
/// What says no stops the build.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no metric that a family has children of",
    note = "counters, gauges, histograms, summaries, untyped metrics and state sets are"
)]
pub trait Child: MetricValue + 'static {
    #[doc(hidden)]
    type Cell: Sync;
    /// What `labels` gives: a handle to keep.
    type Handle: Copy;
    /// What the upper bounds of its buckets are: `f64`, or `u32` where it observes ticks.
    type Bound: 'static;
    #[doc(hidden)]
    const CELL: Self::Cell;
    #[doc(hidden)]
    const FAMILY: &'static KindCell;
    #[doc(hidden)]
    const BOUNDS: usize;
    /// # Safety
    ///
    /// `bounds` points to `BOUNDS` bounds that are never changed.
    #[doc(hidden)]
    unsafe fn handle(
        cell: &'static Self::Cell,
        bounds: *const Self::Bound,
        ticks_per_unit: u32,
    ) -> Self::Handle;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}
