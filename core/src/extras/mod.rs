//! What all metrics with creation times and exemplars have in common: how the walk reads them.

pub(crate) mod birth;
pub(crate) mod created;
pub(crate) mod exemplar;
pub(crate) mod with_exemplars;

use crate::buckets::Bounds;
use crate::families::any_family::{AnyFamily, of_family};
use crate::families::record::{FREE, HIDDEN, LIVE, REMOVING, RETURNING};
use crate::families::series::Series;
use crate::kind::{
    AsOpen, InText, Item, Kind, KindCell, OfFamily, OwnLabel, OwnLabels, Part, Shape, Special, Type,
};
use crate::label::{LabelAt, LabelName};
use crate::metrics::counter::{COUNTER, Counter, INT_COUNTER, IntCounter};
use crate::metrics::histogram::{AnyHistogram, HISTOGRAM, HistogramCells};
use crate::metrics::summary::{SUMMARY, Summary};
use crate::numbers::compare;
use crate::numbers::number::Number;
use crate::open::{At, CREATED, Head, Open, Reading};
use crate::out::{Out, Sink};
use birth::Birth;
use core::marker::PhantomData;
use core::mem::offset_of;
use exemplar::{BadExemplar, EXEMPLAR_SIZE, Exemplars};

/// Where the parts of a series are: the plain metric's cell, its time, its exemplars.
pub(crate) struct Parts<'a> {
    pub(crate) kind: &'static Kind,
    pub(crate) cell: *const (),
    pub(crate) bounds: Bounds<'a>,
    pub(crate) birth: &'a Birth,
    pub(crate) exemplars: Exemplars,
}

/// A metric, or a family of metrics, with creation times and perhaps exemplars.
pub(crate) trait Rich: Sync {
    const EXEMPLARS: bool;
    /// Whether the values of exemplars are floats on the page.
    const POINTED: bool = false;

    /// Moves behind the next series; `false` where there is none.
    fn next_series(&self, series: &mut u32) -> bool {
        let first = *series == 0;
        *series = 1;
        first
    }

    /// Those of the series in front of this place.
    fn parts(&self, series: u32) -> Parts<'_>;

    fn bounds(&self) -> Bounds<'_> {
        Bounds::NONE
    }

    /// Where it has several series: the one at this place, and the names of its labels.
    fn series(&self, _number: u32) -> Option<(Series, &[LabelName<'static>])> {
        None
    }

    /// Says what the row does not.
    fn describe<'r>(&'r self, _head: &mut Head<'r>) {}

    /// The creation time of a series as the page shows it.
    fn time(&self, birth: &Birth) -> Option<Number> {
        birth.time()
    }

    /// Whether its creation times are on the page, where there are any.
    fn shows_times(&self) -> bool {
        birth::is_known()
    }
}

/// The family of its creation times, where they have one of their own: so in the text format.
const TIMES: u32 = 1;

impl<R: Rich> Open for R {
    fn enter(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        // A family of times without any would have nothing to say.
        let has_times = || self.shows_times() && self.next_series(&mut 0);
        at.family == 0 || at.family == TIMES && !reading.rich && has_times()
    }

    fn head<'r>(&'r self, at: &At, reading: &Reading<'r>, head: &mut Head<'r>) {
        self.describe(head);
        if at.family == TIMES {
            (head.of, head.in_text) = (Type::Gauge, &InText { word: "gauge", suffix: CREATED });
        }
        head.is_plain = !(R::EXEMPLARS && reading.rich);
    }

    fn next(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        at.kept[EXEMPLAR] = 0;
        if at.family == TIMES {
            while self.next_series(&mut at.series) {
                if load_time(self, at) {
                    return true;
                }
            }
            return false;
        }
        if at.part.last {
            if at.series > 0 && reading.rich && at.kept[TIMED] == 0 && self.shows_times() {
                at.kept[TIMED] = 1;
                if load_time(self, at) {
                    return true;
                }
            }
            if !self.next_series(&mut at.series) {
                return false;
            }
            (at.part, at.kept[TIMED]) = (Part::START, 0);
        }
        load::<R>(&self.parts(at.series), at, reading);
        true
    }

    fn labels<'r>(&'r self, at: &At, _: &Reading<'r>) -> &'r [u8] {
        // Behind the last series the walk asks for nothing.
        let series = self.series(at.series.saturating_sub(1));
        series.map_or(&[], |(series, names)| series.page_text(names))
    }

    fn label<'r>(&'r self, at: &At, _: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>> {
        let (series, names) = self.series(at.series.checked_sub(1)?)?;
        let value = series.values(names).nth(number as usize)?;
        Some((names.get(number as usize)?.name(), value))
    }

    fn tail(&self, at: &At, reading: &Reading<'_>, out: &mut Out<'_>) {
        // SAFETY: so much was put there with this sample.
        out.put(unsafe { reading.scratch.get(0, at.kept[EXEMPLAR].into()) });
    }

    fn has_negative_bound(&self, _: &At) -> bool {
        // SAFETY: only histograms of floats have exemplars and times.
        unsafe { self.bounds().floats() }.first().is_some_and(|&bound| compare::less(bound, 0.0))
    }

    fn born(&self, number: u32) {
        let parts = self.parts(number + 1);
        parts.birth.begin();
        parts.exemplars.clear();
    }
}

// What is kept of the sample at hand.
/// Length of its exemplar in the scratch memory.
const EXEMPLAR: usize = 0;
/// Whether the time of the series was given.
const TIMED: usize = 1;

fn load_time<R: Rich>(metric: &R, at: &mut At) -> bool {
    let time = metric.time(metric.parts(at.series).birth);
    if let Some(time) = time {
        at.item = Item::plain("_created", time);
    }
    time.is_some()
}

/// Loads a sample of the plain metric, and what exemplar goes with it.
fn load<R: Rich>(parts: &Parts<'_>, at: &mut At, reading: &Reading<'_>) {
    // SAFETY: kind, cell and bounds go together.
    unsafe { (parts.kind.load)(parts.cell, &parts.bounds, &mut at.part, &mut at.item) };
    if parts.exemplars.count == 0 || !reading.rich {
        return;
    }
    let bounds = parts.exemplars.count - 1;
    let number = match at.item.bound {
        Some(_) => Exemplars::of_bucket(at.part.index.wrapping_sub(1) as usize, bounds),
        None if bounds == 0 && matches!(parts.kind.of, Type::Counter) => 0,
        None => return,
    };
    let load = if R::POINTED { exemplar::load::<true> } else { exemplar::load::<false> };
    at.kept[EXEMPLAR] = parts.exemplars.slot(number).map_or(0, |slot| load(slot, reading.scratch));
}

/// Which plain metric has times, or exemplars, too.
pub(crate) trait Plain: Sync + 'static {
    const KIND: &'static KindCell;
    const EXEMPLARS: bool;
    /// Bytes of its cell, without those for bounds.
    const SIZE: usize;
    const SIZE_OF_BOUND: usize = 0;
}

macro_rules! plain {
    ($($name:ident, $kind:ident, $exemplars:literal, $size:expr;)+) => {
        $(
            pub(crate) struct $name;
            impl Plain for $name {
                const KIND: &'static KindCell = &$kind;
                const EXEMPLARS: bool = $exemplars;
                const SIZE: usize = $size;
            }
        )+
    };
}
plain! {
    CreatedCounter, COUNTER, false, size_of::<Counter>();
    CreatedIntCounter, INT_COUNTER, false, size_of::<IntCounter>();
    CreatedSummary, SUMMARY, false, size_of::<Summary>();
    ExemplarCounter, COUNTER, true, size_of::<Counter>();
}

pub(crate) struct OfHistogram<const EXEMPLARS: bool>;

impl<const EXEMPLARS: bool> Plain for OfHistogram<EXEMPLARS> {
    const KIND: &'static KindCell = &HISTOGRAM;
    const EXEMPLARS: bool = EXEMPLARS;
    const SIZE: usize = size_of::<HistogramCells<0>>();
    const SIZE_OF_BOUND: usize = size_of::<HistogramCells<1>>() - Self::SIZE;
}

/// The parts of a series whose cell is followed by its time and its exemplars.
///
/// # Safety
///
/// `cell` points to the cell of a metric of type `P` with these bounds, to a [`Birth`] behind it, and, if
/// it has exemplars, to one of `exemplar_size` bytes for `+Inf` and each bound.
unsafe fn parts_at<P: Plain>(
    cell: *const (),
    bounds: Bounds<'_>,
    exemplar_size: usize,
) -> Parts<'_> {
    // SAFETY: floats, by the caller's promise.
    let count = unsafe { bounds.floats() }.len();
    let cell_size = P::SIZE + count * P::SIZE_OF_BOUND;
    // SAFETY: the caller's promise.
    unsafe {
        let birth = cell.cast::<u8>().add(cell_size).cast::<Birth>();
        let exemplars = Exemplars {
            start: birth.add(1).cast(),
            size: exemplar_size,
            count: if P::EXEMPLARS { count + 1 } else { 0 },
        };
        Parts { kind: P::KIND.get(), cell, bounds, birth: &*birth, exemplars }
    }
}

/// # Safety
///
/// As for [`Reset`](crate::kind::Reset), and a [`Birth`] lies behind the cell.
unsafe fn reset<P: Plain>(cell: *const (), bounds: &Bounds<'_>) {
    // SAFETY: the caller's promise.
    unsafe {
        let parts = parts_at::<P>(cell, *bounds, 0);
        (parts.kind.reset)(parts.cell, bounds);
        parts.birth.end();
    }
}

/// A family of such metrics.
#[repr(transparent)]
struct Children<P>(AnyFamily, PhantomData<P>);

// SAFETY: as `Family`.
unsafe impl<P: Plain> Sync for Children<P> {}

impl<P: Plain> Rich for Children<P> {
    const EXEMPLARS: bool = P::EXEMPLARS;

    fn next_series(&self, series: &mut u32) -> bool {
        self.0.next_live(series)
    }

    fn parts(&self, series: u32) -> Parts<'_> {
        let bounds = self.0.bounds();
        let cell = self.0.cell(series.saturating_sub(1));
        // SAFETY: the kind says what the family's cells are.
        unsafe { parts_at::<P>(cell, bounds, exemplar_size::<P>(&self.0)) }
    }

    fn bounds(&self) -> Bounds<'_> {
        self.0.bounds()
    }

    fn series(&self, number: u32) -> Option<(Series, &[LabelName<'static>])> {
        Some((self.0.series(number), self.0.names()))
    }
}

/// How many bytes an exemplar of this family takes, told by the size of its cells.
fn exemplar_size<P: Plain>(family: &AnyFamily) -> usize {
    if !P::EXEMPLARS {
        return 0;
    }
    let count = usize::from(family.bound_count);
    let before = P::SIZE + count * P::SIZE_OF_BOUND + size_of::<Birth>();
    usize::from(family.cell_size).saturating_sub(before) / (count + 1)
}

/// A histogram with a time, and perhaps exemplars, behind its cells.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RichHistogram<const EXEMPLARS: bool> {
    histogram: AnyHistogram,
    /// Bytes of label text that each exemplar has room for.
    text_size: u32,
}

// SAFETY: the bounds are never changed, all else is shared by atomics.
unsafe impl<const EXEMPLARS: bool> Sync for RichHistogram<EXEMPLARS> {}

impl<const EXEMPLARS: bool> RichHistogram<EXEMPLARS> {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, histogram), offset_of!(Self, text_size)];
}

impl<const EXEMPLARS: bool> Rich for RichHistogram<EXEMPLARS> {
    const EXEMPLARS: bool = EXEMPLARS;

    fn parts(&self, _: u32) -> Parts<'_> {
        let size = EXEMPLAR_SIZE + self.text_size as usize;
        let (cell, bounds) = (self.histogram.cell_start(), self.histogram.bounds());
        // SAFETY: time and exemplars lie behind the cells of this kind.
        unsafe { parts_at::<OfHistogram<EXEMPLARS>>(cell, bounds, size) }
    }

    fn bounds(&self) -> Bounds<'_> {
        self.histogram.bounds()
    }
}

impl RichHistogram<true> {
    /// As [`WithExemplars::observe_with_exemplar`](crate::WithExemplars::observe_with_exemplar).
    pub fn observe(
        &self,
        value: f64,
        labels: LabelAt<'_>,
        timestamp: Option<f64>,
    ) -> Result<(), BadExemplar> {
        exemplar::observe(&self.histogram, self.parts(0).exemplars, value, labels, timestamp)
    }
}

/// A counter of C with its exemplar behind it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RichCounter {
    counter: *const Counter,
    /// Bytes of label text that the exemplar has room for.
    text_size: u32,
}

// SAFETY: shared by atomics.
unsafe impl Sync for RichCounter {}

impl RichCounter {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, counter), offset_of!(Self, text_size)];

    /// As [`WithExemplars::inc_with_exemplar`](crate::WithExemplars::inc_with_exemplar).
    pub fn inc(
        &self,
        amount: f64,
        labels: LabelAt<'_>,
        timestamp: Option<f64>,
    ) -> Result<(), BadExemplar> {
        // SAFETY: made of a counter's memory.
        let counter = unsafe { &*self.counter };
        exemplar::inc(counter, self.parts(0).exemplars, amount, labels, timestamp)
    }

    /// As [`WithExemplars::reset`](crate::WithExemplars::reset).
    pub fn reset(&self) {
        let parts = self.parts(0);
        parts.birth.renew();
        // SAFETY: made of a counter's memory.
        unsafe { &*self.counter }.reset();
        parts.exemplars.clear();
    }
}

impl Rich for RichCounter {
    const EXEMPLARS: bool = true;

    fn parts(&self, _: u32) -> Parts<'_> {
        let size = EXEMPLAR_SIZE + self.text_size as usize;
        // SAFETY: time and exemplar lie behind the counter.
        unsafe { parts_at::<ExemplarCounter>(self.counter.cast(), Bounds::NONE, size) }
    }
}

/// Writes no labels: those of a family's child stand there already. It says that there is a tail.
static TAIL: OwnLabels = OwnLabels { of: |_, _, _| None, write: |_, _, first, _, _| first };

const fn tail(exemplars: bool) -> Option<&'static OwnLabels> {
    if exemplars { Some(&TAIL) } else { None }
}

/// The kind of a single metric of type `R`.
pub(crate) const fn single<R: Rich + 'static>(of: Type, shape: Shape) -> Kind {
    let mut kind = Kind::open(
        of,
        &const {
            // SAFETY: `AsOpen` is given a value of this kind.
            let open: AsOpen = |value| value.cast::<R>() as *const dyn Open;
            Special::open(open, tail(R::EXEMPLARS))
        },
    );
    kind.shape = shape;
    kind
}

/// What kinds of families have in common whose series are told that they are born: by one of all who show
/// one, before others find it on the page.
static OF_RICH_FAMILY: OfFamily = of_family(|family, number| {
    // SAFETY: the value of a row of such a kind is a family.
    let family = unsafe { &*family.cast::<AnyFamily>() };
    let state = family.state(number);
    let before = state.update(|state| match state {
        FREE | HIDDEN | REMOVING => Some(RETURNING),
        _ => None,
    });
    if let Some(FREE | HIDDEN) = before {
        family.born(number);
        state.set(LIVE);
    }
});

/// The kind of a family of metrics of type `P`.
pub(crate) const fn family<P: Plain>() -> Kind {
    let mut kind = Kind::open(
        P::KIND.get().of,
        &const {
            let open: AsOpen = |value| value.cast::<Children<P>>() as *const dyn Open;
            let mut special = Special::open(open, tail(P::EXEMPLARS));
            special.family = Some(&OF_RICH_FAMILY);
            special
        },
    );
    (kind.shape, kind.reset) = (Shape::OpenFamily, reset::<P>);
    kind
}
