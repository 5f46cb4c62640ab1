//! Constant series: labels for metrics that lie anywhere, such as in the structs of a driver.

use crate::buckets::{self, Bounds};
use crate::families::fixed::{Fixed, FixedRow};
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Kind, KindCell, MetricValue, Shape, Special, Type};
use crate::label::{Label, LabelName};
use crate::name::equal;
use crate::name_hash::{HASH_SEED, hash_bytes};
use crate::open::Open;
use crate::table::{Str, slice_at};
use crate::tables::metric::Target;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::str;

/// A row of [`Series`]: the values of its `L` labels, and the metric that has them.
///
/// A constant of 1 + 2·`L` words.
#[repr(C)]
pub struct SeriesRow<'a, M, const L: usize> {
    metric: *const M,
    values: [Str<'a>; L],
    marker: PhantomData<&'a M>,
}

// SAFETY: shared strings, and a metric that is shared.
unsafe impl<M: Sync, const L: usize> Send for SeriesRow<'_, M, L> {}
// SAFETY: as above.
unsafe impl<M: Sync, const L: usize> Sync for SeriesRow<'_, M, L> {}

impl<'a, M: MetricValue, const L: usize> SeriesRow<'a, M, L> {
    /// The series of `metric`, with its label values in the order of the label names.
    pub const fn new(values: [&'a str; L], metric: &'a M) -> Self {
        let mut row = Self { metric, values: [Str::new(""); L], marker: PhantomData };
        let mut at = 0;
        while at < L {
            row.values[at] = Str::new(values[at]);
            at += 1;
        }
        row
    }
}

/// Series whose labels are constants and whose metrics lie anywhere: in the structs of a driver, in an array
/// for each channel. For labels that are known only at run time, use [`Family`](crate::Family); where
/// the values are those of enums, [`EnumFamily`](crate::EnumFamily).
///
/// Updates are those of the metric itself. The page shows all series from the beginning, in the order
/// of the table. That is a constant, 1 + 2·`L` words a row; no RAM but the metrics' own is taken. `M` is
/// any plain type of metric: an [`Info`](crate::Info) or a [`StateSet`](crate::StateSet) gets the
/// labels in front of its own. Families have labels already; exemplars and creation times are for them.
///
/// ```
/// use nanoprom::{IntCounter, Series};
///
/// struct Port { received: IntCounter, sent: IntCounter }
///
/// static PORTS: [Port; 2] =
///     [const { Port { received: IntCounter::new(), sent: IntCounter::new() } }; 2];
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Frames received or sent.
///     static FRAMES: Series<IntCounter, 2> = "frames_total", labels = ["port", "direction"],
///         series = [
///             ["0", "in"] => &PORTS[0].received,
///             ["0", "out"] => &PORTS[0].sent,
///             ["1", "in"] => &PORTS[1].received,
///             ["1", "out"] => &PORTS[1].sent,
///         ];
/// }
///
/// PORTS[1].sent.inc();
/// let mut page = String::new();
/// nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page))?;
/// assert!(page.contains("frames_total{port=\"1\",direction=\"out\"} 1\n"));
/// # Ok::<(), core::fmt::Error>(())
/// ```
#[repr(transparent)]
pub struct Series<'a, M, const L: usize> {
    any: AnySeries,
    marker: PhantomData<&'a M>,
}

impl<'a, M: MetricValue, const L: usize> Series<'a, M, L> {
    /// The series of a table; [`metrics!`](crate::metrics) does this for you.
    ///
    /// [`check`](crate::check) sees that no two have the same labels.
    ///
    /// # Panics
    ///
    /// Where `M` is a family, or there are more than 2^32 − 1 rows: at compile time in a constant.
    pub const fn new(names: &'a [LabelName<'static>; L], rows: &'a [SeriesRow<'a, M, L>]) -> Self {
        const { assert!(L >= 1 && L <= 255, "a series has 1 to 255 labels") };
        assert!(
            has_one_series(M::KIND.get()),
            "series are of plain metrics: no families, no exemplars or creation times"
        );
        assert!(rows.len() < u32::MAX as usize, "there are more than 4294967294 series");
        let any = AnySeries {
            child: M::KIND,
            names: names.as_ptr(),
            rows: rows.as_ptr().cast(),
            count: rows.len() as u32,
            label_count: L as u32,
        };
        Self { any, marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn __declare_series(
        metric: &str,
        names: &'a [LabelName<'static>],
        rows: &'a [SeriesRow<'a, M, L>],
    ) -> Self {
        match names.first_chunk() {
            Some(first) if names.len() == L => Self::new(first, rows),
            _ => declaration(metric, "has another number of labels than its Series<M, L>"),
        }
    }
}

impl<M: MetricValue, const L: usize> Series<'_, M, L> {
    /// # Safety
    ///
    /// None: unsafe as that of families, which `metrics!` calls in the same words.
    #[doc(hidden)]
    pub const unsafe fn __declare_labels(
        metric: &str,
        (): &(),
        _: &[LabelName<'_>],
        _: &[f64],
    ) -> Self {
        Self::__declare(metric)
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a table of series without `labels = [...], series = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_info(metric: &str, _: &[Label<'_>]) -> Self {
        Self::__declare(metric)
    }
}

impl<M: MetricValue, const L: usize> __Declare for Series<'_, M, L> {
    type Cells = ();
    const CELLS: () = ();
}

impl<M: MetricValue, const L: usize> Sealed for Series<'_, M, L> {}

impl<M: MetricValue, const L: usize> MetricValue for Series<'_, M, L> {
    const KIND: &'static KindCell = &KindCell::new(
        &const { Kind::fixed(M::KIND.get().of, Shape::Series, &const { Special::fixed(as_open) }) },
    );
}

/// Whether a metric of this kind has one series, and nothing that only it can tell.
const fn has_one_series(kind: &Kind) -> bool {
    matches!(
        kind.shape,
        Shape::Cell
            | Shape::Callback
            | Shape::Info
            | Shape::StateSet
            | Shape::Histogram
            | Shape::IntHistogram
    )
}

/// A table of series, whatever their number of labels, as the encoder sees it.
#[repr(C)]
pub struct AnySeries {
    child: &'static KindCell,
    names: *const LabelName<'static>,
    /// Each a pointer to the metric, and the label values.
    rows: *const (),
    count: u32,
    label_count: u32,
}

// SAFETY: constants, and metrics that are shared.
unsafe impl Send for AnySeries {}
// SAFETY: as above.
unsafe impl Sync for AnySeries {}

impl AnySeries {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 5] = [
        offset_of!(Self, child),
        offset_of!(Self, names),
        offset_of!(Self, rows),
        offset_of!(Self, count),
        offset_of!(Self, label_count),
    ];

    pub(crate) const fn names(&self) -> &[LabelName<'static>] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.names, self.label_count as usize) }
    }

    pub(crate) const fn child(&self) -> &'static Kind {
        self.child.get()
    }

    pub(crate) const fn len(&self) -> u32 {
        self.count
    }

    /// The metric of row `at`, null where a C table left it out, and its label values.
    pub(crate) const fn row(&self, at: u32) -> (*const (), &[Str<'static>]) {
        let labels = self.label_count as usize;
        let len = size_of::<*const ()>() + labels * size_of::<Str<'_>>();
        // SAFETY: the caller knows that the row is there, and `SeriesRow` says what it is made of.
        unsafe {
            let row = self.rows.byte_add(at as usize * len);
            let values = row.cast::<*const ()>().add(1).cast();
            (*row.cast::<*const ()>(), slice_at(values, labels))
        }
    }

    /// What the metric of a row is, where it is there.
    pub(crate) const fn target(&self, metric: *const ()) -> Option<(*const (), Bounds<'_>)> {
        if metric.is_null() {
            return None;
        }
        // SAFETY: metrics of a table are of its kind.
        match unsafe { Target::of(self.child().shape, metric) } {
            Target::Cell(cell, bounds) => Some((cell, bounds)),
            _ => None,
        }
    }

    /// What is wrong with the label values, and with the buckets as those of one family.
    ///
    /// `table`: memory for a hash table of the series, two slots each; without it all pairs are compared.
    pub(crate) const fn fault(&self, of: Type, table: &mut [u64]) -> Option<&'static str> {
        if !has_one_series(self.child()) || self.child().of as u8 != of as u8 {
            return Some("has series of another type");
        }
        if self.count == 0 {
            return Some("has no series");
        }
        let mut at = 0;
        while at < table.len() as u32 {
            table[at as usize] = 0;
            at += 1;
        }
        at = 0;
        while at < self.count {
            let (metric, values) = self.row(at);
            let Some((_, bounds)) = self.target(metric) else {
                return Some("has a series without a metric");
            };
            if let Some(fault) = values_fault(values) {
                return Some(fault);
            }
            if self.is_there_before(at, table) {
                return Some("has two series with the same labels");
            }
            if let Some((_, first)) = self.target(self.row(0).0)
                // SAFETY: the bounds are those of the child's kind.
                && !unsafe { buckets::are_equal(&first, &bounds, self.child().ticks) }
            {
                return Some("has series with different buckets");
            }
            at += 1;
        }
        None
    }
}

impl AnySeries {
    /// Whether an earlier row has the labels of row `at`; puts that into the table if not.
    const fn is_there_before(&self, at: u32, table: &mut [u64]) -> bool {
        let values = self.row(at).1;
        if table.len() <= self.count as usize {
            let mut before = 0;
            while before < at {
                if are_equal(self.row(before).1, values) {
                    return true;
                }
                before += 1;
            }
            return false;
        }
        let (mut hash, mut label) = (HASH_SEED, 0);
        while label < values.len() {
            hash = hash_bytes(hash_bytes(hash, values[label].bytes()), b"\"");
            label += 1;
        }
        let mut slot = hash as usize % table.len();
        while table[slot] != 0 {
            let earlier = table[slot] as u32 - 1;
            // Equal hashes are not equal labels.
            if (table[slot] >> 32) as u32 == hash && are_equal(self.row(earlier).1, values) {
                return true;
            }
            slot = (slot + 1) % table.len();
        }
        table[slot] = (hash as u64) << 32 | (at as u64 + 1);
        false
    }
}

const fn values_fault(values: &[Str<'_>]) -> Option<&'static str> {
    let mut at = 0;
    while at < values.len() {
        if values[at].is_missing() {
            return Some("has a series with fewer values than labels");
        }
        if str::from_utf8(values[at].bytes()).is_err() {
            return Some("has a label value that is not UTF-8");
        }
        at += 1;
    }
    None
}

const fn are_equal(a: &[Str<'_>], b: &[Str<'_>]) -> bool {
    let mut at = 0;
    while at < a.len() {
        if !equal(a[at].bytes(), b[at].bytes()) {
            return false;
        }
        at += 1;
    }
    true
}

impl Fixed for AnySeries {
    fn child(&self) -> &'static Kind {
        self.child()
    }

    fn names(&self) -> &[LabelName<'static>] {
        self.names()
    }

    fn len(&self) -> u32 {
        self.count
    }

    fn cell(&self, series: u32) -> Option<(*const (), Bounds<'_>)> {
        (series < self.count).then(|| self.row(series)).and_then(|(metric, _)| self.target(metric))
    }

    fn value(&self, series: u32, at: u32) -> &[u8] {
        let value =
            (series < self.count).then(|| self.row(series)).and_then(|(_, v)| v.get(at as usize));
        value.map_or(&[], Str::bytes)
    }
}

/// # Safety
///
/// As for [`AsOpen`](crate::kind::AsOpen).
unsafe fn as_open(series: *const ()) -> *const dyn Open {
    series.cast::<FixedRow<AnySeries>>()
}

/// Tables of series of C, by type.
macro_rules! kinds_of_tables {
    ($($name:ident: $of:ident,)+) => {
        $(
            #[doc = concat!("A table of series of type ", stringify!($of), ".")]
            pub static $name: KindCell = {
                static KIND: Kind = Kind::fixed(Type::$of, Shape::Series, &const { Special::fixed(as_open) });
                KindCell::new(&KIND)
            };
        )+
    };
}
kinds_of_tables! {
    COUNTER_SERIES: Counter,
    GAUGE_SERIES: Gauge,
    HISTOGRAM_SERIES: Histogram,
    SUMMARY_SERIES: Summary,
    INFO_SERIES: Info,
    STATE_SET_SERIES: StateSet,
    UNTYPED_SERIES: Unknown,
}
