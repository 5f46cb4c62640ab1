//! Series on the heap: the records, label text and index of a family that grows.
//!
//! Records lie in segments, each twice as large as all before it, and never move. The index is a table
//! of record numbers as in a static family; when it is half full a larger one takes its place, and the
//! old one stays readable. So look-ups take no lock; additions and removals take one.

use crate::any_family::LabelValues;
use crate::atomic::{Link, Total, Word};
use crate::buckets::Bounds;
use crate::error::Refused;
use crate::hash::{equal, hash};
use crate::index::{self, Found, MAX_RECORDS};
use crate::kind::{CELL_ALIGN, Reset};
use crate::label::LabelName;
use crate::record::{ESCAPED, HIDDEN, LIVE, REMOVING, RETURNING};
use crate::series::{Series, Shape};
use alloc::alloc::{alloc_zeroed, dealloc};
use core::alloc::Layout;
use core::{hint, ptr, slice};

/// Records of the first segment.
const FIRST: u32 = 16;
/// As many as hold [`MAX_RECORDS`].
const SEGMENTS: usize = 17;
/// Slots of the first index.
const SLOTS: usize = 64;

/// In front of each cell, in the states of a record of a static family but free. Aligned as cells are, on
/// 32-bit cores too, where pointers are not.
#[repr(C, align(8))]
struct Record {
    state: Word,
    hash: u32,
    labels: *mut Labels,
}

const _: () = assert!(size_of::<Record>().is_multiple_of(CELL_ALIGN));

/// The label text of a record: behind this lie the lengths as a [`Series`] has them, and the text.
#[repr(C)]
struct Labels {
    /// Of all of it, in bytes; the top bit tells that a value needs escaping.
    size: u32,
}

impl Labels {
    fn layout(size: u32) -> Option<Layout> {
        Layout::from_size_align((size & !ESCAPED) as usize, align_of::<Self>()).ok()
    }
}

/// An index, and the smaller ones before it.
struct Index {
    older: *mut Self,
    slots: *mut Word,
    slot_count: usize,
}

impl Index {
    fn slots(&self) -> &[Word] {
        // SAFETY: one table of words, zeros to begin with, that lives as long as the index.
        unsafe { slice::from_raw_parts(self.slots, self.slot_count) }
    }
}

/// What the handle of a family tells about all its series.
#[derive(Clone, Copy)]
pub(crate) struct Common<'a> {
    pub(crate) names: &'a [LabelName<'static>],
    pub(crate) bounds: Bounds<'a>,
    pub(crate) cell_size: usize,
    pub(crate) reset: Reset,
}

impl Common<'_> {
    /// A record and its cell.
    const fn record_size(&self) -> usize {
        (size_of::<Record>() + self.cell_size).next_multiple_of(CELL_ALIGN)
    }
}

/// The series of one family. Nothing is on the heap before the first.
pub(crate) struct Heap {
    lock: Word,
    /// How many records there are.
    taken: Word,
    /// How many there may be.
    most: u32,
    refused: Total,
    index: Link<Index>,
    segments: [Link<u8>; SEGMENTS],
    /// For `drop`: bytes of a record.
    record_size: Word,
}

// SAFETY: what is shared is atomic, or written before its number is published and not changed then.
unsafe impl Sync for Heap {}
// SAFETY: as above; the memory belongs to no thread.
unsafe impl Send for Heap {}

/// Which segment record `number` is in, and which of its records it is.
fn place(number: u32) -> (usize, usize) {
    let segment = (number / FIRST + 1).ilog2();
    (segment as usize, (number - FIRST * ((1 << segment) - 1)) as usize)
}

/// How many records a segment has.
fn segment_len(segment: usize) -> usize {
    (FIRST as usize) << segment
}

/// Memory of zeros; `None` where there is none.
fn zeros(layout: Layout) -> Option<*mut u8> {
    if layout.size() == 0 {
        return None;
    }
    // SAFETY: its size is not 0.
    let memory = unsafe { alloc_zeroed(layout) };
    (!memory.is_null()).then_some(memory)
}

/// Holds the lock until it is dropped.
struct Locked<'h>(&'h Heap);

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        self.0.lock.set(0);
    }
}

impl Heap {
    pub(crate) const fn new(most: u32) -> Self {
        Self {
            lock: Word::new(0),
            taken: Word::new(0),
            most: if most as usize > MAX_RECORDS { MAX_RECORDS as u32 } else { most },
            refused: Total::new(),
            index: Link::new(),
            segments: [const { Link::new() }; SEGMENTS],
            record_size: Word::new(0),
        }
    }

    pub(crate) fn refused(&self) -> u64 {
        self.refused.get()
    }

    pub(crate) fn count_refusal(&self) {
        self.refused.inc();
    }

    /// The heap is no place for interrupt handlers, so one thread may wait for another.
    fn lock(&self) -> Locked<'_> {
        let mut tries = 0_u32;
        while self.lock.replace(0, 1).is_err() {
            tries = tries.wrapping_add(1);
            hint::spin_loop();
            #[cfg(feature = "std")]
            if tries > 100 {
                std::thread::yield_now();
            }
        }
        Locked(self)
    }

    /// `number` is below `taken`, or that of the record that is being written.
    fn record(&self, common: &Common<'_>, number: u32) -> *mut Record {
        let (segment, at) = place(number);
        let start = self.segments.get(segment).map_or(ptr::null_mut(), Link::get);
        start.wrapping_add(at * common.record_size()).cast()
    }

    fn state(&self, common: &Common<'_>, number: u32) -> &Word {
        // SAFETY: records stay where they are as long as the heap lives; the state is an atomic.
        unsafe { &(*self.record(common, number)).state }
    }

    pub(crate) fn series(&self, common: &Common<'_>, number: u32) -> Series {
        let record = self.record(common, number);
        // SAFETY: a record that was published has labels, which do not change.
        unsafe {
            let labels = (*record).labels;
            let lens = labels.add(1).cast::<u16>();
            Series {
                cell: record.add(1).cast(),
                lens,
                text: lens.add(1 + common.names.len()).cast(),
                escaped: (*labels).size & ESCAPED != 0,
            }
        }
    }

    /// Moves `at` behind the next series on the page; `false` where there is none.
    pub(crate) fn next_live(&self, common: &Common<'_>, at: &mut u32) -> bool {
        let taken = self.taken.get();
        while *at < taken {
            let number = *at;
            *at += 1;
            if self.state(common, number).get() == LIVE {
                return true;
            }
        }
        false
    }

    fn slots(&self) -> &[Word] {
        // SAFETY: null, or an index, which lives as long as the heap.
        unsafe { self.index.get().as_ref() }.map_or(&[], Index::slots)
    }

    fn find<'v>(
        &self,
        common: &Common<'_>,
        hash: u32,
        values: impl LabelValues<'v>,
    ) -> Option<u32> {
        let same = |number| {
            let mut there = self.series(common, number).values(common.names);
            values.clone().all(|value| there.next().is_some_and(|found| equal(found, value)))
        };
        match index::find(self.slots(), hash, same) {
            Found::Record(number) => Some(number),
            Found::Vacant(_) | Found::Nowhere => None,
        }
    }

    /// The cell of the series with these label values, added if it is new. `values` gives as many
    /// values as the family has labels.
    pub(crate) fn cell_of<'v>(
        &self,
        common: &Common<'_>,
        values: impl LabelValues<'v>,
    ) -> Result<*const (), Refused> {
        let hash = hash(values.clone());
        let number = match self.find(common, hash, values.clone()) {
            Some(number) if self.state(common, number).get() == LIVE => number,
            Some(number) => {
                self.show(common, number);
                number
            }
            None => self.add(common, hash, values).inspect_err(|_| self.count_refusal())?,
        };
        Ok(self.series(common, number).cell)
    }

    #[cold]
    #[inline(never)]
    fn add<'v>(
        &self,
        common: &Common<'_>,
        hash: u32,
        values: impl LabelValues<'v>,
    ) -> Result<u32, Refused> {
        let shape = Shape::of(common.names, values.clone())?;
        let locked = self.lock();
        if let Some(number) = self.find(common, hash, values.clone()) {
            self.show(common, number);
            return Ok(number);
        }
        let number = self.taken.get();
        if number >= self.most {
            return Err(Refused::Full);
        }
        locked.make_room(common, number).ok_or(Refused::OutOfMemory)?;
        let labels = write_labels(common, &shape, values).ok_or(Refused::OutOfMemory)?;
        let record = self.record(common, number);
        // SAFETY: nobody else knows this record yet.
        unsafe {
            (*record).hash = hash;
            (*record).labels = labels;
        }
        self.state(common, number).set(LIVE);
        // Known to look-ups first, then to pages.
        enter(self.slots(), hash, number);
        self.taken.set(number + 1);
        Ok(number)
    }

    /// Puts a series back on the page.
    #[cold]
    fn show(&self, common: &Common<'_>, number: u32) {
        self.state(common, number).update(|state| match state {
            HIDDEN => Some(LIVE),
            REMOVING => Some(RETURNING),
            _ => None,
        });
    }

    /// Takes the series with these labels off the page and sets it to zero; `false` where it was not
    /// there.
    pub(crate) fn remove<'v>(&self, common: &Common<'_>, values: impl LabelValues<'v>) -> bool {
        let number = self.find(common, hash(values.clone()), values);
        number.is_some_and(|number| self.hide(common, number))
    }

    /// Takes all series off the page for which `which` holds, and sets them to zero; gives their number.
    pub(crate) fn remove_where(
        &self,
        common: &Common<'_>,
        mut which: impl FnMut(Series) -> bool,
    ) -> u32 {
        let (mut at, mut removed) = (0, 0);
        while self.next_live(common, &mut at) {
            if which(self.series(common, at - 1)) && self.hide(common, at - 1) {
                removed += 1;
            }
        }
        removed
    }

    fn hide(&self, common: &Common<'_>, number: u32) -> bool {
        let state = self.state(common, number);
        if state.replace(LIVE, REMOVING).is_err() {
            return false;
        }
        // SAFETY: the family's kind goes with its cells.
        unsafe { (common.reset)(self.series(common, number).cell, &common.bounds) };
        // Asked for again meanwhile: back on the page, now that it is at zero.
        if state.replace(REMOVING, HIDDEN).is_err() {
            state.set(LIVE);
        }
        true
    }
}

impl Locked<'_> {
    /// Memory for record `number` and its entry in the index.
    fn make_room(&self, common: &Common<'_>, number: u32) -> Option<()> {
        let heap = self.0;
        let segment = heap.segments.get(place(number).0)?;
        if segment.get().is_null() {
            let size = segment_len(place(number).0).checked_mul(common.record_size())?;
            let memory = zeros(Layout::from_size_align(size, CELL_ALIGN).ok()?)?;
            heap.record_size.set(common.record_size() as u32);
            // Nobody else puts a segment there: we have the lock.
            let _ = segment.push(ptr::null_mut(), memory);
        }
        let slot_count = heap.slots().len();
        if (number as usize + 1) * 2 > slot_count {
            self.grow_index(common, number, (slot_count * 2).max(SLOTS))?;
        }
        Some(())
    }

    /// An index of that many slots with the first `count` records.
    fn grow_index(&self, common: &Common<'_>, count: u32, slot_count: usize) -> Option<()> {
        let heap = self.0;
        let slots = zeros(Layout::array::<Word>(slot_count).ok()?)?.cast::<Word>();
        let Some(memory) = zeros(Layout::new::<Index>()) else {
            // SAFETY: allocated above, with this layout.
            unsafe { dealloc(slots.cast(), Layout::array::<Word>(slot_count).ok()?) };
            return None;
        };
        let (index, older) = (memory.cast::<Index>(), heap.index.get());
        // SAFETY: just allocated for this.
        unsafe { index.write(Index { older, slots, slot_count }) };
        // SAFETY: written above.
        let new = unsafe { &*index }.slots();
        for number in 0..count {
            // SAFETY: a record that was published.
            enter(new, unsafe { (*heap.record(common, number)).hash }, number);
        }
        // Nobody else changes the index: we have the lock.
        let _ = heap.index.push(older, index);
        Some(())
    }
}

/// Puts a record that is not in the index into it.
fn enter(slots: &[Word], hash: u32, number: u32) {
    if let Found::Vacant(vacant) = index::find(slots, hash, |_| false) {
        // Nobody else adds anything: the caller has the lock.
        let _ = index::publish(slots, hash, vacant, number, |_| false);
    }
}

/// Label text as a [`Series`] finds it; `None` without memory.
fn write_labels<'v>(
    common: &Common<'_>,
    shape: &Shape,
    values: impl LabelValues<'v>,
) -> Option<*mut Labels> {
    let lens_size = (1 + common.names.len()) * size_of::<u16>();
    let size = u32::try_from(size_of::<Labels>() + lens_size + shape.len()).ok()?;
    let size = size | if shape.escaped { ESCAPED } else { 0 };
    let labels = zeros(Labels::layout(size)?)?.cast::<Labels>();
    // SAFETY: just allocated, with room for lengths and text.
    unsafe {
        labels.write(Labels { size });
        let lens = labels.add(1).cast::<u16>();
        shape.write(common.names, values, lens, lens.cast::<u8>().add(lens_size));
    }
    Some(labels)
}

impl Drop for Heap {
    fn drop(&mut self) {
        let (record_size, taken) = (self.record_size.get() as usize, self.taken.get());
        let mut index = self.index.get();
        // SAFETY: all was allocated here, with these layouts, and nobody uses it any more.
        unsafe {
            for number in 0..taken {
                let (segment, at) = place(number);
                let start = self.segments.get(segment).map_or(ptr::null_mut(), Link::get);
                let record = start.add(at * record_size).cast::<Record>();
                let labels = (*record).labels;
                if let Some(layout) = Labels::layout((*labels).size) {
                    dealloc(labels.cast(), layout);
                }
            }
            for (number, segment) in self.segments.iter().enumerate() {
                let size = segment_len(number) * record_size;
                if !segment.get().is_null()
                    && let Ok(layout) = Layout::from_size_align(size, CELL_ALIGN)
                {
                    dealloc(segment.get(), layout);
                }
            }
            while !index.is_null() {
                let Index { older, slots, slot_count } = index.read();
                if let Ok(layout) = Layout::array::<Word>(slot_count) {
                    dealloc(slots.cast(), layout);
                }
                dealloc(index.cast(), Layout::new::<Index>());
                index = older;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_each_other_without_a_gap() {
        let mut expected = (0, 0);
        for number in 0..100_000 {
            assert_eq!(place(number), expected, "{number}");
            expected.1 += 1;
            if expected.1 == segment_len(expected.0) {
                expected = (expected.0 + 1, 0);
            }
        }
        assert!(place(MAX_RECORDS as u32 - 1).0 < SEGMENTS);
    }
}
