//! Rows of the table: a metric's name, help, value and kind.

use crate::__unit::ends_in;
use crate::buckets::Bounds;
use crate::declared::Declared;
use crate::families::any_family::AnyFamily;
use crate::families::constant_series::AnySeries;
use crate::families::enum_family::AnyEnumFamily;
use crate::kind::{Kind, KindCell, MetricValue, Shape, Special, Type};
use crate::label::LabelName;
use crate::metrics::any_int_histogram::{AnyIntHistogram, Bucket64};
use crate::metrics::histogram::AnyHistogram;
use crate::open::Open;
use crate::tables::group::Group;

/// A row of a [`Group`]: what a metric is called, what it means, and where its value is.
///
/// Rows are constants; they lie in read-only memory (40 bytes each; 20 on 32-bit cores).
#[repr(transparent)]
pub struct Metric<'a>(Declared<'a>);

// SAFETY: constructors take only shared strings and `Sync` values.
unsafe impl Send for Metric<'_> {}
// SAFETY: as above.
unsafe impl Sync for Metric<'_> {}

impl<'a> Metric<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 7] = Declared::OFFSETS;

    /// A row for `value`.
    ///
    /// A counter is declared with or without `_total`; the page always shows it with. An empty help
    /// text leaves the `# HELP` line out.
    ///
    /// # Panics
    ///
    /// Where the name is longer than 255 bytes or the help longer than 65 535: at compile time in a
    /// constant. All other rules are [`check`](crate::check)'s.
    pub const fn new<V: MetricValue>(name: &'a str, help: &'a str, value: &'a V) -> Self {
        Self(Declared::new(name, help, (&raw const *value).cast(), V::KIND))
    }

    /// The same row, whose name ends in this unit, in front of `_total` where that is there: OpenMetrics shows it.
    /// Without, a base unit such as `seconds` or `bytes` is known by the name's last word.
    ///
    /// # Panics
    ///
    /// Where the name does not end in `_` and the unit: at compile time in a constant.
    #[must_use]
    pub const fn with_unit(mut self, unit: &str) -> Self {
        assert!(
            !unit.is_empty() && ends_in(self.name(), unit.as_bytes()),
            "a metric name does not end in its unit"
        );
        self.0.unit_len = unit.len() as u8;
        self
    }

    /// A row that includes a whole group: its rows with its prefix and its constant labels.
    pub const fn group(group: &'a Group<'a>) -> Self {
        Self(Declared::new("", "", (&raw const *group).cast(), &GROUP))
    }

    /// What the row says, whatever its value is.
    #[inline]
    pub(crate) const fn declared(&self) -> &Declared<'a> {
        &self.0
    }

    /// Whether the row is one that a C table left out: nothing else may be read of it then.
    #[inline]
    pub(crate) const fn is_blank(&self) -> bool {
        self.0.is_blank()
    }

    /// The name as declared.
    #[inline]
    pub(crate) const fn declared_name(&self) -> &'a [u8] {
        self.0.declared_name()
    }

    /// The name that the samples' suffixes are put to: without the `_total` of a counter.
    #[inline]
    pub(crate) const fn name(&self) -> &'a [u8] {
        self.0.name()
    }

    #[inline]
    pub(crate) const fn help(&self) -> &'a [u8] {
        self.0.help()
    }

    /// The unit as declared: the end of the name. Empty where it is not.
    #[inline]
    pub(crate) const fn unit_len(&self) -> usize {
        self.0.unit_len as usize
    }

    #[inline]
    pub(crate) const fn kind(&self) -> &'static Kind {
        self.0.kind()
    }

    /// What the walk reads: an open row is asked, whatever it is made of.
    #[inline]
    pub(crate) fn read(&self) -> Target<'a> {
        match self.kind().as_open() {
            // SAFETY: the kind goes with the value, which lives for 'a.
            Some(open) => unsafe { Target::Open(&*open(self.0.value)) },
            None => self.value(),
        }
    }

    /// The group that it includes, where it does nothing else.
    #[inline]
    pub(crate) const fn nested(&self) -> Option<&'a Group<'a>> {
        match self.kind().shape {
            // SAFETY: the kind says what the value pointer points to; it lives for 'a.
            Shape::Group => Some(unsafe { &*self.0.value.cast() }),
            _ => None,
        }
    }

    #[inline]
    pub(crate) const fn value(&self) -> Target<'a> {
        // SAFETY: the kind goes with the value, which lives for 'a.
        unsafe { Target::of(self.kind().shape, self.0.value) }
    }

    /// How many series it has, where they are a constant table.
    pub(crate) const fn series_count(&self) -> usize {
        match self.kind().shape {
            // SAFETY: the kind says what the value is.
            Shape::Series => unsafe { &*self.0.value.cast::<AnySeries>() }.len() as usize,
            _ => 0,
        }
    }

    /// The label names that its series have of their own.
    pub(crate) const fn label_names(&self) -> &'a [LabelName<'static>] {
        match (self.value(), self.kind().shape) {
            (Target::Family(family), _) => family.names(),
            // SAFETY: the kind says what the value is; it lives for 'a.
            (_, Shape::Series) => unsafe { &*self.0.value.cast::<AnySeries>() }.names(),
            // SAFETY: as above.
            (_, Shape::EnumFamily) => unsafe { &*self.0.value.cast::<AnyEnumFamily>() }.names(),
            _ => &[],
        }
    }
}

/// What a row points to.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    /// The cell of its one series, and the bounds of its buckets, where it has any.
    Cell(*const (), Bounds<'a>),
    Family(&'a AnyFamily),
    Group(&'a Group<'a>),
    /// What tells by itself what it has; only the walk asks for it.
    Open(&'a dyn Open),
}

impl Target<'_> {
    /// # Safety
    ///
    /// `value` is what the shape says, as long as this is used.
    #[inline]
    pub(crate) const unsafe fn of(shape: Shape, value: *const ()) -> Self {
        // SAFETY: the caller's promise.
        unsafe {
            match shape {
                Shape::Cell
                | Shape::Callback
                | Shape::Info
                | Shape::StateSet
                | Shape::Open
                | Shape::Series
                | Shape::EnumFamily => Target::Cell(value, Bounds::NONE),
                Shape::Histogram | Shape::OpenHistogram => {
                    let histogram = &*value.cast::<AnyHistogram>();
                    Target::Cell(histogram.cell_start(), histogram.bounds())
                }
                Shape::IntHistogram => {
                    // Handles are alike, whatever their buckets are.
                    let histogram = &*value.cast::<AnyIntHistogram<Bucket64>>();
                    Target::Cell(histogram.cell_start(), histogram.bounds())
                }
                Shape::Family | Shape::OpenFamily => Target::Family(&*value.cast()),
                Shape::Group => Target::Group(&*value.cast()),
            }
        }
    }
}

/// A row that includes a group.
pub static GROUP: KindCell = {
    // Never printed: the walk goes into the group instead.
    static KIND: Kind =
        Kind::single(Type::Gauge, Shape::Group, |_, _, part, _| part.last = true, &Special::NONE);
    KindCell::new(&KIND)
};
