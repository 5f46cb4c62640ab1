//! A metric that is made at run time: its series, and what is done with one of them.

use super::description::Description;
use super::series::Series;
use crate::atomic::{Link, Word};
use crate::buckets::Bounds;
use crate::error::Refused;
use crate::extras::birth::{self, Birth};
use crate::extras::exemplar::{EXEMPLAR_SIZE, Exemplars};
use crate::extras::{self, Parts, Rich};
use crate::families::heap::{Common, Heap};
use crate::families::series;
use crate::kind::sealed::Sealed;
use crate::kind::{KindCell, MetricValue, Reset, Shape, Type};
use crate::label::LabelName;
use crate::metrics::counter::{COUNTER_FAMILY, Counter};
use crate::metrics::gauge::{GAUGE_FAMILY, Gauge};
use crate::metrics::histogram::{HISTOGRAM_FAMILY, HistogramCells};
use crate::metrics::summary::{SUMMARY_FAMILY, Summary};
use crate::numbers::number::Number;
use crate::open::Head;
#[cfg(all(feature = "share", target_os = "linux"))]
use crate::sharing::memory::Memory;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::mem::offset_of;
use core::ptr::{self, NonNull};

/// Bytes of text that an exemplar has room for: 128 characters, escaped, and what is around them.
const EXEMPLAR_TEXT: usize = 1024;

/// In front of the cell of each series.
#[repr(C)]
pub(super) struct Front {
    pub(super) birth: Birth,
    /// What [`Series::tag`] gives.
    pub(super) tag: Link<()>,
    /// Memory of exemplars, once there is one.
    pub(super) exemplars: Link<u64>,
}

/// What a type of metric is made of.
pub(super) struct Plan {
    plain: &'static KindCell,
    pub(super) reset: Reset,
    /// Bytes of its cell, and for each bound.
    size: usize,
    size_of_bound: usize,
    has_times: bool,
}

macro_rules! plan {
    ($name:ident, $kind:ident, $cell:ty, $size_of_bound:expr, $has_times:literal) => {
        static $name: Plan = Plan {
            plain: &$kind,
            // SAFETY: `Reset` is given a front with a cell of this kind behind it.
            reset: |front, bounds| unsafe {
                ($kind.get().reset)(front.cast::<Front>().add(1).cast(), bounds);
                (*front.cast::<Front>()).birth.end();
            },
            size: size_of::<$cell>(),
            size_of_bound: $size_of_bound,
            has_times: $has_times,
        };
    };
}
plan!(COUNTERS, COUNTER_FAMILY, Counter, 0, true);
plan!(GAUGES, GAUGE_FAMILY, Gauge, 0, false);
plan!(SUMMARIES, SUMMARY_FAMILY, Summary, 0, true);
plan!(
    HISTOGRAMS,
    HISTOGRAM_FAMILY,
    HistogramCells<0>,
    size_of::<HistogramCells<1>>() - size_of::<HistogramCells<0>>(),
    true
);

/// Whether creation times are on the page, of all families of this module.
static TIMES_HIDDEN: Word = Word::new(0);

/// Puts creation times onto the pages of all families of this module, or takes them off. They are there to
/// begin with, where [`set_clock`](crate::set_clock) was called.
pub fn show_creation_times(show: bool) {
    TIMES_HIDDEN.set(u32::from(!show));
}

/// A metric that is made at run time, with all its series, on the heap. Without labels it has one.
///
/// Looking a series up takes no lock; to add one takes a lock and memory. Series never move. All functions
/// may be called from any thread; none is for interrupt handlers.
pub struct Family {
    pub(super) description: Arc<Description>,
    /// A box of its own, or in shared memory, which never ends.
    heap: NonNull<Heap>,
}

// SAFETY: the heap is the family's own, and may be used by any thread.
unsafe impl Send for Family {}
// SAFETY: as above.
unsafe impl Sync for Family {}

impl Family {
    /// A metric without series. One without labels has its series once it was asked for.
    pub fn new(description: Arc<Description>) -> Self {
        let heap = Box::leak(Box::new(Heap::new(u32::MAX)));
        Self { description, heap: NonNull::from(heap) }
    }

    /// The same, with its series in memory that is shared with processes that are forked later: each
    /// sees the values and the series of all. [`share::reserve`](crate::share::reserve) comes before.
    ///
    /// Its memory is never given back, not when the family is dropped either. It has no
    /// [tags](Series::tag), whose pointers are good in one process only.
    ///
    /// # Errors
    ///
    /// Where no memory was reserved, or none is left.
    #[cfg(all(feature = "share", target_os = "linux"))]
    pub fn shared(description: Arc<Description>) -> Result<Self, Refused> {
        let memory = Memory::Shared.zeros(core::alloc::Layout::new::<Heap>());
        let heap = memory.and_then(|memory| NonNull::new(memory.cast::<Heap>()));
        let heap = heap.ok_or(Refused::OutOfMemory)?;
        // SAFETY: memory that was handed out for it.
        unsafe { heap.write(Heap::new(u32::MAX)) };
        Ok(Self { description, heap })
    }

    #[inline]
    fn heap(&self) -> &Heap {
        // SAFETY: it lives as long as the family.
        unsafe { self.heap.as_ref() }
    }

    /// Whether its series are those of all processes.
    pub(super) fn is_shared(&self) -> bool {
        self.heap().is_shared()
    }

    /// What it is called.
    pub fn description(&self) -> &Arc<Description> {
        &self.description
    }

    pub(super) fn plan(&self) -> &'static Plan {
        match self.description.of {
            Type::Counter => &COUNTERS,
            Type::Summary => &SUMMARIES,
            Type::Histogram => &HISTOGRAMS,
            _ => &GAUGES,
        }
    }

    pub(super) fn bounds(&self) -> Bounds<'_> {
        let bounds = &self.description.bounds;
        Bounds::new(bounds.as_ptr().cast(), bounds.len() as u32, 1)
    }

    pub(super) fn common(&self) -> Common<'_> {
        let (plan, bounds) = (self.plan(), self.bounds());
        let cell_size = plan.size + self.description.bounds.len() * plan.size_of_bound;
        Common {
            names: &self.description.names,
            bounds,
            cell_size: size_of::<Front>() + cell_size,
            reset: plan.reset,
            other: false,
        }
    }

    /// The values in the order of the names on the page.
    fn sorted<'v>(&'v self, values: &'v [&'v str]) -> impl Iterator<Item = &'v [u8]> + Clone {
        let order = self.description.order.iter();
        order.map(move |at| values.get(*at).map_or(&b""[..], |value| value.as_bytes()))
    }

    /// The series with these label values, in the order in which the labels were declared; missing values are
    /// empty. It is added if it is new, at 0.
    ///
    /// # Errors
    ///
    /// Where it cannot be added.
    #[inline]
    pub fn series(self: &Arc<Self>, values: &[&str]) -> Result<Series, Refused> {
        let cell = self.heap().cell_of(&self.common(), self.sorted(values))?;
        let front = NonNull::new(cell.cast_mut().cast::<Front>()).ok_or(Refused::OutOfMemory)?;
        // SAFETY: a front lies at the start of each cell, which lives as long as the family.
        unsafe { front.as_ref() }.birth.begin();
        Ok(Series { family: self.clone(), front })
    }

    /// Takes the series with these label values off the page and sets it to 0; `false` where there was none.
    ///
    /// A [`Series`] that somebody holds stays good: what it adds is on the page when the labels come back.
    pub fn remove(&self, values: &[&str]) -> bool {
        self.heap().remove(&self.common(), self.sorted(values))
    }

    /// Removes all series with these label values, `None` standing for any; gives their number.
    pub fn remove_matching(&self, pattern: &[Option<&str>]) -> u32 {
        let common = self.common();
        let wanted = |at: &usize| pattern.get(*at).copied().flatten().map(str::as_bytes);
        let matches = |series: series::Series| {
            let mut pairs = series.values(common.names).zip(self.description.order.iter());
            pairs.all(|(value, at)| wanted(at).is_none_or(|wanted| wanted == value))
        };
        self.heap().remove_where(&common, matches)
    }

    /// How many series are on the page, and how many were removed whose memory is still reserved.
    pub fn counts(&self) -> (u32, u32) {
        let (common, mut at, mut live) = (self.common(), 0, 0);
        while self.heap().next_live(&common, &mut at) {
            live += 1;
        }
        (live, self.heap().taken() - live)
    }

    /// A family of the same description with the series that are on the page, their values and creation times;
    /// tags and exemplars stay behind. What is updated through a [`Series`] of this family later is not seen there.
    ///
    /// # Errors
    ///
    /// Where there is no memory for it. Where the series are [shared](Self::shared): others would not know of it.
    pub fn compacted(&self) -> Result<Self, Refused> {
        if self.is_shared() {
            return Err(Refused::OutOfMemory);
        }
        let (new, common) = (Self::new(self.description.clone()), self.common());
        let mut at = 0;
        while self.heap().next_live(&common, &mut at) {
            let series = self.heap().series(&common, at - 1);
            let to = new
                .heap()
                .cell_of(&common, series.values(common.names).collect::<Vec<_>>().into_iter())?;
            let words = common.cell_size / size_of::<Word>();
            // The pointers stay behind.
            let kept = |word: &usize| {
                let at = word * size_of::<Word>();
                at < offset_of!(Front, tag) || at >= size_of::<Front>()
            };
            for word in (0..words).filter(kept) {
                // SAFETY: both cells have this size, all of it atomics, and the new one is nobody else's.
                unsafe {
                    (*to.cast::<Word>().add(word))
                        .set((*series.cell.cast::<Word>().add(word)).get());
                }
            }
        }
        Ok(new)
    }

    /// Calls `each` with the label values, as declared, and the series, for all that are on the page.
    pub fn for_each_series(self: &Arc<Self>, mut each: impl FnMut(&[&str], Series)) {
        let (common, mut at) = (self.common(), 0);
        let mut values = vec![""; common.names.len()];
        while self.heap().next_live(&common, &mut at) {
            let series = self.heap().series(&common, at - 1);
            for (value, at) in series.values(common.names).zip(&self.description.order) {
                if let (Some(to), Ok(value)) = (values.get_mut(*at), str::from_utf8(value)) {
                    *to = value;
                }
            }
            if let Some(front) = NonNull::new(series.cell.cast_mut().cast()) {
                each(&values, Series { family: self.clone(), front });
            }
        }
    }

    fn front(&self, number: u32) -> &Front {
        // SAFETY: the walk asks for series that there are.
        unsafe { &*self.heap().series(&self.common(), number).cell.cast::<Front>() }
    }

    /// How many exemplars a series has, and bytes of the memory of each.
    pub(super) fn exemplar_shape(&self) -> (usize, usize) {
        (self.description.bounds.len() + 1, EXEMPLAR_SIZE + EXEMPLAR_TEXT)
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        if self.is_shared() {
            return;
        }
        let (common, (count, size)) = (self.common(), self.exemplar_shape());
        for number in 0..self.heap().taken() {
            // SAFETY: a record that was published, and nobody uses it any more.
            let memory = unsafe {
                (*self.heap().series(&common, number).cell.cast::<Front>()).exemplars.get()
            };
            if !memory.is_null() {
                // SAFETY: made of such a box by `Series::exemplars`.
                drop(unsafe {
                    Box::from_raw(ptr::slice_from_raw_parts_mut(memory, count * size / 8))
                });
            }
        }
        // SAFETY: made of a box by `new`.
        drop(unsafe { Box::from_raw(self.heap.as_ptr()) });
    }
}

impl Rich for Family {
    const EXEMPLARS: bool = true;
    const POINTED: bool = true;

    fn next_series(&self, series: &mut u32) -> bool {
        self.heap().next_live(&self.common(), series)
    }

    fn parts(&self, series: u32) -> Parts<'_> {
        let front = self.front(series.saturating_sub(1));
        let (count, size) = self.exemplar_shape();
        let memory = front.exemplars.get();
        let count = if memory.is_null() { 0 } else { count };
        Parts {
            kind: self.plan().plain.get(),
            // The cell lies behind its front.
            cell: ptr::from_ref(front).wrapping_add(1).cast(),
            bounds: self.bounds(),
            birth: &front.birth,
            exemplars: Exemplars { start: memory.cast_const().cast(), size, count },
        }
    }

    fn bounds(&self) -> Bounds<'_> {
        Self::bounds(self)
    }

    fn series(&self, number: u32) -> Option<(series::Series, &[LabelName<'static>])> {
        let common = self.common();
        Some((self.heap().series(&common, number), common.names))
    }

    fn describe<'r>(&'r self, head: &mut Head<'r>) {
        let description = &self.description;
        head.of = description.of;
        head.in_text = description.of.in_text();
        head.name = description.name.as_bytes();
        head.help = description.help.as_bytes();
        head.unit_len = description.unit_len;
    }

    fn time(&self, birth: &Birth) -> Option<Number> {
        birth.seconds().map(Number::float)
    }

    fn shows_times(&self) -> bool {
        self.plan().has_times && TIMES_HIDDEN.get() == 0 && birth::is_known()
    }
}

impl Sealed for Family {}

impl MetricValue for Family {
    // What the type is tells `describe`.
    const KIND: &'static KindCell =
        &KindCell::new(&const { extras::single::<Self>(Type::Gauge, Shape::Open) });
}
