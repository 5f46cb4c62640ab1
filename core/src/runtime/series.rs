//! One series of a metric that is made at run time.

use super::family::{Family, Front};
use crate::extras::exemplar::{self, BadExemplar, Exemplars};
use crate::families::heap::Heap;
use crate::kind::Type;
use crate::metrics::counter::Counter;
use crate::metrics::gauge::Gauge;
use crate::metrics::histogram::AnyHistogram;
use crate::metrics::summary::Summary;
use crate::sharing::memory::Memory;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use core::alloc::Layout;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::{self, NonNull};

/// One series of a [`Family`], which it keeps alive.
#[derive(Clone)]
pub struct Series {
    pub(super) family: Arc<Family>,
    pub(super) front: NonNull<Front>,
}

impl PartialEq for Series {
    fn eq(&self, other: &Self) -> bool {
        self.front == other.front
    }
}

impl Eq for Series {}

// SAFETY: the family is shared by atomics, and keeps the series where it is.
unsafe impl Send for Series {}
// SAFETY: as above.
unsafe impl Sync for Series {}

impl Series {
    /// The family that it is one of.
    pub fn family(&self) -> &Arc<Family> {
        &self.family
    }

    #[inline]
    fn front(&self) -> &Front {
        // SAFETY: it lives as long as the family.
        unsafe { self.front.as_ref() }
    }

    #[inline]
    fn cell<C>(&self, of: Type) -> Option<&C> {
        // SAFETY: behind the front lies a cell of the family's type.
        (self.family.description.of == of)
            .then(|| unsafe { &*self.front.as_ptr().add(1).cast::<C>() })
    }

    /// Calls `each` with its label values, in the order of their names.
    pub fn for_each_label(&self, mut each: impl FnMut(&str, &str)) {
        let common = self.family.common();
        // SAFETY: the front is the cell of a record of this family.
        let series = unsafe { Heap::series_at(&common, self.front.as_ptr().cast()) };
        for (name, value) in common.names.iter().zip(series.values(common.names)) {
            // Names and values were strings when they came in.
            if let (Ok(name), Ok(value)) = (str::from_utf8(name.name()), str::from_utf8(value)) {
                each(name, value);
            }
        }
    }

    /// Its counter, where the family is one of counters.
    #[inline]
    pub fn counter(&self) -> Option<&Counter> {
        self.cell(Type::Counter)
    }

    /// Its gauge, where the family is one of gauges.
    #[inline]
    pub fn gauge(&self) -> Option<&Gauge> {
        self.cell(Type::Gauge)
    }

    /// Its summary, where the family is one of summaries.
    #[inline]
    pub fn summary(&self) -> Option<&Summary> {
        self.cell(Type::Summary)
    }

    /// Its histogram, where the family is one of histograms.
    #[inline]
    pub fn histogram(&self) -> Option<Buckets<'_>> {
        self.cell(Type::Histogram).map(|cells| Buckets {
            // SAFETY: as many buckets as bounds lie behind the head.
            histogram: unsafe { AnyHistogram::at(&self.family.description.bounds, cells) },
            series: PhantomData,
        })
    }

    /// Whether it is on the page: it was not removed, or came back.
    pub fn is_shown(&self) -> bool {
        // SAFETY: the front is the cell of a record of this family.
        unsafe { Heap::is_live(self.front.as_ptr().cast()) }
    }

    /// Sets it to 0 and its creation time to now.
    pub fn reset(&self) {
        // SAFETY: kind, cell and bounds go together.
        unsafe { (self.family.plan().reset)(self.front.as_ptr().cast(), &self.family.bounds()) };
        self.front().birth.begin();
    }

    /// A pointer that is the caller's, null to begin with. It is kept when the series is removed. Null for ever in a
    /// [shared](Family::shared) family.
    #[inline]
    pub fn tag(&self) -> *mut () {
        self.front().tag.get()
    }

    /// Replaces what [`tag`](Self::tag) gives.
    #[inline]
    pub fn set_tag(&self, tag: *mut ()) {
        if self.family.is_shared() {
            return;
        }
        let old = &self.front().tag;
        while old.push(old.get(), tag).is_err() {}
    }

    /// When it came to life, in seconds since 1970-01-01 UTC.
    pub fn created(&self) -> f64 {
        self.front().birth.seconds().unwrap_or(0.0)
    }

    /// As [`WithExemplars::inc_with_exemplar`](crate::WithExemplars::inc_with_exemplar), of a counter.
    ///
    /// # Errors
    ///
    /// As there; nothing is changed then.
    pub fn inc_with_exemplar(
        &self,
        amount: f64,
        labels: &[(&str, &str)],
        timestamp: Option<f64>,
    ) -> Result<(), BadExemplar> {
        let Some(counter) = self.counter() else { return Ok(()) };
        let label =
            |at: usize| labels.get(at).map(|label| (label.0.as_bytes(), label.1.as_bytes()));
        exemplar::inc(counter, self.exemplars(), amount, &label, timestamp)
    }

    /// As [`WithExemplars::observe_with_exemplar`](crate::WithExemplars::observe_with_exemplar), of a histogram.
    ///
    /// # Errors
    ///
    /// As there; nothing is changed then.
    pub fn observe_with_exemplar(
        &self,
        value: f64,
        labels: &[(&str, &str)],
        timestamp: Option<f64>,
    ) -> Result<(), BadExemplar> {
        let Some(histogram) = self.histogram() else { return Ok(()) };
        let label =
            |at: usize| labels.get(at).map(|label| (label.0.as_bytes(), label.1.as_bytes()));
        exemplar::observe(&histogram, self.exemplars(), value, &label, timestamp)
    }

    /// Its exemplars, with memory for them.
    fn exemplars(&self) -> Exemplars {
        let (count, size) = self.family.exemplar_shape();
        let link = &self.front().exemplars;
        if link.get().is_null() && self.family.is_shared() {
            // Where there is no memory left they are not kept. Where another was faster, theirs are.
            let memory = Layout::array::<u64>(count * size / 8).ok();
            let memory = memory.and_then(|layout| Memory::of(link).zeros(layout));
            let Some(memory) = memory else {
                return Exemplars { start: ptr::null(), size, count: 0 };
            };
            let _ = link.push(ptr::null_mut(), memory.cast());
        } else if link.get().is_null() {
            let memory = Box::into_raw(vec![0_u64; count * size / 8].into_boxed_slice());
            if link.push(ptr::null_mut(), memory.cast()).is_err() {
                // SAFETY: another thread was faster, nobody knows of this one.
                drop(unsafe { Box::from_raw(memory) });
            }
        }
        Exemplars { start: link.get().cast_const().cast(), size, count }
    }
}

/// The histogram of a [`Series`].
pub struct Buckets<'a> {
    histogram: AnyHistogram,
    series: PhantomData<&'a Series>,
}

impl Deref for Buckets<'_> {
    type Target = AnyHistogram;

    #[inline]
    fn deref(&self) -> &AnyHistogram {
        &self.histogram
    }
}
