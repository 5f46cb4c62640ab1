//! Rows of the table: a metric's name, help, value and kind.

use crate::any_family::AnyFamily;
use crate::any_int_histogram::{AnyIntHistogram, Bucket64};
use crate::buckets::Bounds;
use crate::group::Group;
use crate::histogram::AnyHistogram;
use crate::kind::{Kind, KindCell, MetricValue, Shape, Type};
use crate::name::{MAX_NAME, strip_suffix};
use crate::table::slice_at;
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::offset_of;

/// A row of a [`Group`]: what a metric is called, what it means, and where its value is.
///
/// Rows are constants; they lie in read-only memory (40 bytes each; 20 on 32-bit cores).
#[repr(C)]
pub struct Metric<'a> {
    name: *const c_char,
    help: *const c_char,
    value: *const (),
    kind: *const KindCell,
    name_len: u8,
    unit_len: u8,
    help_len: u16,
    marker: PhantomData<&'a ()>,
}

// SAFETY: constructors take only shared strings and `Sync` values.
unsafe impl Send for Metric<'_> {}
// SAFETY: as above.
unsafe impl Sync for Metric<'_> {}

impl<'a> Metric<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 7] = [
        offset_of!(Self, name),
        offset_of!(Self, help),
        offset_of!(Self, value),
        offset_of!(Self, kind),
        offset_of!(Self, name_len),
        offset_of!(Self, unit_len),
        offset_of!(Self, help_len),
    ];

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
        Self::row(name, help, (&raw const *value).cast(), V::KIND)
    }

    /// A row that includes a whole group: its rows with its prefix and its constant labels.
    pub const fn group(group: &'a Group<'a>) -> Self {
        Self::row("", "", (&raw const *group).cast(), &GROUP)
    }

    const fn row(name: &'a str, help: &'a str, value: *const (), kind: &'static KindCell) -> Self {
        assert!(name.len() <= MAX_NAME, "a metric name is longer than 255 bytes");
        assert!(help.len() <= u16::MAX as usize, "a help text is longer than 65535 bytes");
        Self {
            name: name.as_ptr().cast(),
            help: help.as_ptr().cast(),
            value,
            kind,
            name_len: name.len() as u8,
            unit_len: 0,
            help_len: help.len() as u16,
            marker: PhantomData,
        }
    }

    /// Whether the row is one that a C table left out: nothing else may be read of it then.
    pub(crate) const fn is_blank(&self) -> bool {
        self.kind.is_null() || self.value.is_null()
    }

    /// The name as declared.
    pub(crate) const fn declared_name(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.name.cast(), self.name_len as usize) }
    }

    /// The name that the samples' suffixes are put to: without the `_total` of a counter.
    #[inline]
    pub(crate) const fn name(&self) -> &'a [u8] {
        strip_suffix(self.declared_name(), self.kind().of.text_suffix().as_bytes())
    }

    pub(crate) const fn help(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.help.cast(), self.help_len as usize) }
    }

    #[inline]
    pub(crate) const fn kind(&self) -> &'static Kind {
        // SAFETY: points to one of this library's kind cells.
        unsafe { (*self.kind).get() }
    }

    #[inline]
    pub(crate) const fn value(&self) -> Target<'a> {
        // SAFETY: the kind says what the value pointer points to; it lives for 'a.
        unsafe {
            match self.kind().shape {
                Shape::Cell | Shape::Callback | Shape::Info | Shape::StateSet => {
                    Target::Cell(self.value, Bounds::NONE)
                }
                Shape::Histogram => {
                    let histogram = &*self.value.cast::<AnyHistogram>();
                    Target::Cell(histogram.cell_start(), histogram.bounds())
                }
                Shape::IntHistogram => {
                    // Handles are alike, whatever their buckets are.
                    let histogram = &*self.value.cast::<AnyIntHistogram<Bucket64>>();
                    Target::Cell(histogram.cell_start(), histogram.bounds())
                }
                Shape::Family => Target::Family(&*self.value.cast()),
                Shape::Group => Target::Group(&*self.value.cast()),
            }
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
}

/// A row that includes a group.
pub static GROUP: KindCell = {
    // Never printed: the walk goes into the group instead.
    static KIND: Kind =
        Kind::single(Type::Gauge, Shape::Group, |_, _, part, _| part.last = true, None);
    KindCell::new(&KIND)
};
