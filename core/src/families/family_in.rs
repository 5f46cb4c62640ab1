//! Families sized at run time, in memory that the program gives them.

use crate::error::Refused;
use crate::families::any_family::AnyFamily;
use crate::families::overflow::Overflow;
use crate::families::sized::Unfit;
use crate::kind::sealed::Sealed;
use crate::kind::{Child, KindCell, MetricValue};
use crate::label::{LabelName, bytes_of};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr;

/// A [`Family`](crate::Family) whose size, labels and memory are known only at run time: from a
/// configuration, or from the hardware that was found.
///
/// All else is as with a static family: no lock, no heap, any thread and any interrupt handler.
///
/// ```
/// use nanoprom::{Counter, FamilyIn, FmtWriter, Format, Group, LabelName, Metric, encode};
/// use std::mem::MaybeUninit;
///
/// let names = Box::leak(Box::new([LabelName::new_in(vec![0; 8].leak(), "port")?]));
/// let words = FamilyIn::<Counter>::words(1, 24, 16).ok_or("too large")?;
/// let memory = vec![MaybeUninit::uninit(); words].leak();
/// let frames = FamilyIn::<Counter>::new(memory, names, 24, 16)?;
///
/// frames.labels(&["eth0"])?.inc();
///
/// let rows = [Metric::new("frames_total", "Frames sent.", &frames)];
/// let mut page = String::new();
/// encode(&Group::new(&rows), Format::Text, &mut FmtWriter(&mut page))?;
/// assert!(page.contains("frames_total{port=\"eth0\"} 1\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[repr(transparent)]
pub struct FamilyIn<M: Child> {
    any: AnyFamily,
    marker: PhantomData<fn() -> M>,
}

// SAFETY: all that is shared and changed behind the pointers is atomic or not yet published.
unsafe impl<M: Child> Sync for FamilyIn<M> {}
// SAFETY: as above.
unsafe impl<M: Child> Send for FamilyIn<M> {}

fn pairs_of<'v>(
    labels: &'v [(&'v str, &'v str)],
) -> impl Iterator<Item = (&'v [u8], &'v [u8])> + Clone {
    labels.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()))
}

impl<M: Child> FamilyIn<M> {
    /// How many words of 8 bytes a family takes with this many labels and series, and `text` bytes of
    /// label text for each series on average; `None` where there is no such family.
    pub const fn words(labels: usize, series: u32, text: u32) -> Option<usize> {
        AnyFamily::words(size_of::<M::Cell>(), labels, series, text)
    }

    /// A family of counters or gauges with up to `series` children, and `text` bytes of label text for each
    /// on average. The memory may hold anything before, and be larger than [`words`](Self::words) says.
    ///
    /// # Errors
    ///
    /// Where no family can be made of that. Histograms need [`with_buckets`](Self::with_buckets).
    pub fn new(
        memory: &'static mut [MaybeUninit<u64>],
        names: &'static [LabelName<'static>],
        series: u32,
        text: u32,
    ) -> Result<Self, Unfit> {
        Self::with_buckets(memory, names, &[], series, text)
    }

    /// A family of histograms, with the upper bounds that all its children share: floats, or ticks where
    /// they observe ticks.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new), and where the bounds are not as many as the child's, or do not ascend.
    pub fn with_buckets(
        memory: &'static mut [MaybeUninit<u64>],
        names: &'static [LabelName<'static>],
        bounds: &'static [M::Bound],
        series: u32,
        text: u32,
    ) -> Result<Self, Unfit> {
        let mut any = AnyFamily {
            kind: M::FAMILY,
            head: ptr::null(),
            slots: ptr::null(),
            records: ptr::null_mut(),
            text: ptr::null_mut(),
            names: names.as_ptr(),
            bounds: bounds.as_ptr().cast(),
            overflow: None,
            ticks_per_unit: 1,
            capacity: series,
            text_size: series.saturating_mul(text),
            record_size: 0,
            cell_size: u16::try_from(size_of::<M::Cell>()).map_err(|_| Unfit::Size)?,
            label_count: u16::try_from(names.len()).map_err(|_| Unfit::Labels)?,
            bound_count: u16::try_from(bounds.len()).map_err(|_| Unfit::Size)?,
        };
        if any.finite_bounds()? != M::BOUNDS {
            return Err(Unfit::Bounds);
        }
        // A last one that is +Inf has no bucket of its own.
        any.bound_count = M::BOUNDS as u16;
        // SAFETY: the memory is this family's for ever, and nobody has the family yet.
        unsafe { any.place(memory.as_mut_ptr().cast(), size_of_val(memory))? };
        Ok(Self { any, marker: PhantomData })
    }

    /// The same family of histograms of ticks, of which `ticks_per_unit` make one unit of the page.
    ///
    /// # Errors
    ///
    /// Where it is 0, the children observe no ticks, or there are some already.
    pub fn with_ticks_per_unit(mut self, ticks_per_unit: u32) -> Result<Self, Unfit> {
        if ticks_per_unit == 0 || !self.any.kind().ticks {
            return Err(Unfit::Bounds);
        }
        self.unused()?;
        self.any.ticks_per_unit = ticks_per_unit;
        Ok(self)
    }

    /// The same family with a policy for labels that it refuses; see
    /// [`Family::with_overflow`](crate::Family::with_overflow).
    ///
    /// # Errors
    ///
    /// Where there is no room for its child `other`, or there are children already.
    pub fn with_overflow(mut self, overflow: Overflow) -> Result<Self, Unfit> {
        self.unused()?;
        self.any.overflow = overflow.cell();
        self.any.memory_size()?;
        Ok(self)
    }

    fn unused(&self) -> Result<(), Unfit> {
        if self.any.head().pool.taken() == 0 { Ok(()) } else { Err(Unfit::Used) }
    }

    /// The child with these label values, in the order of the label names; it starts at 0.
    ///
    /// The same values give the same child. Keep it: it stays valid for ever.
    ///
    /// # Errors
    ///
    /// Where the child is new and there is no room for it or its text, or where there are not as many values
    /// as labels. That changes nothing but the count of refusals.
    pub fn labels(&self, values: &[&str]) -> Result<M::Handle, Refused> {
        if values.len() != self.any.label_count() {
            self.any.count_refusal();
            return Err(Refused::LabelCount);
        }
        self.any.cell_of(bytes_of(values)).map(|cell| self.handle(cell))
    }

    /// As [`labels`](Self::labels), with the labels' names in front of their values, in any order.
    ///
    /// # Errors
    ///
    /// As for [`labels`](Self::labels), and where the names are not those of the family, each once.
    pub fn labels_by_name(&self, labels: &[(&str, &str)]) -> Result<M::Handle, Refused> {
        match self.in_order(labels) {
            Ok(values) => self.any.cell_of(values).map(|cell| self.handle(cell)),
            Err(refused) => {
                self.any.count_refusal();
                Err(refused)
            }
        }
    }

    fn in_order<'v>(
        &self,
        labels: &'v [(&'v str, &'v str)],
    ) -> Result<impl Iterator<Item = &'v [u8]> + Clone, Refused> {
        if labels.len() != self.any.label_count() {
            return Err(Refused::LabelCount);
        }
        self.any.in_order(pairs_of(labels))
    }

    fn handle(&self, cell: *const ()) -> M::Handle {
        // SAFETY: the cell lies in the memory of a family of `M`, which is its for ever, as do its bounds.
        unsafe {
            let bounds = self.any.bounds.cast();
            M::handle(&*cell.cast::<M::Cell>(), bounds, self.any.ticks_per_unit)
        }
    }

    /// Takes the child with these label values off the page and sets it to 0; `false` where there was
    /// none. See [`Family::remove`](crate::Family::remove).
    pub fn remove(&self, values: &[&str]) -> bool {
        values.len() == self.any.label_count() && self.any.remove(bytes_of(values))
    }

    /// As [`remove`](Self::remove), with the labels' names in front of their values, in any order.
    ///
    /// # Errors
    ///
    /// Where the names are not those of the family, each once.
    pub fn remove_by_name(&self, labels: &[(&str, &str)]) -> Result<bool, Refused> {
        self.in_order(labels).map(|values| self.any.remove(values))
    }

    /// Removes all children with these label values, `None` standing for any; returns how many there were.
    pub fn remove_matching(&self, pattern: &[Option<&str>]) -> u32 {
        if pattern.len() != self.any.label_count() {
            return 0;
        }
        self.any.remove_matching(pattern.iter().map(|value| value.map(str::as_bytes)))
    }

    /// Takes all children off the page, as [`remove`](Self::remove) does.
    pub fn clear(&self) {
        self.any.clear();
    }

    /// Lets other labels use the memory of removed children; returns how many may be added again.
    ///
    /// # Safety
    ///
    /// As for [`Family::reclaim`](crate::Family::reclaim).
    pub unsafe fn reclaim(&self) -> u32 {
        // SAFETY: the caller's promise.
        unsafe { self.any.reclaim() }
    }

    /// How many times [`labels`](Self::labels) refused to add a child.
    pub fn refused(&self) -> u64 {
        self.any.refused()
    }
}

impl<M: Child> Sealed for FamilyIn<M> {}

impl<M: Child> MetricValue for FamilyIn<M> {
    const KIND: &'static KindCell = M::FAMILY;
}
