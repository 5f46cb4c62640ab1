//! Series on the heap: the records, label text and index of a family that grows.
//!
//! In shared memory (`share`) it is the same, but that a process may be killed at any point while it has the
//! lock. Then the next one to get it mends what may be half done (`heap_removal`). A record is written before `taken`
//! counts it, and a segment or an index before it is linked, so that up to there only memory is
//! lost. Two things are left: the last record may be missing in the index, and any may be in removal.
//!
//! Records lie in segments, each twice as large as all before it, and never move. The index is a table
//! of record numbers as in a static family; when it is half full a larger one takes its place, and the
//! old one stays readable. So look-ups take no lock; additions and removals take one.

use crate::atomic::{Link, Total, Word};
use crate::buckets::Bounds;
use crate::error::Refused;
use crate::families::any_family::LabelValues;
use crate::families::hash::{equal, hash};
use crate::families::index::{self, Found, MAX_RECORDS};
use crate::families::overflow::other_values;
use crate::families::record::{ESCAPED, HIDDEN, LIVE};
use crate::families::series::{Series, Shape};
use crate::kind::{CELL_ALIGN, Reset};
use crate::label::LabelName;
use crate::sharing::memory::{Held, Lock, Memory};
use core::alloc::Layout;
use core::{ptr, slice};

/// Records of the first segment.
const FIRST: u32 = 16;
/// As many as hold [`MAX_RECORDS`].
const SEGMENTS: usize = 17;
/// Slots of the first index.
const SLOTS: usize = 64;

/// In front of each cell, in the states of a record of a static family but free. Aligned as cells are, on
/// 32-bit cores too, where pointers are not.
#[repr(C, align(8))]
pub(crate) struct Record {
    state: Word,
    pub(crate) hash: u32,
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
    pub(crate) fn slots(&self) -> &[Word] {
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
    /// Whether refused labels are those of the child `other`.
    pub(crate) other: bool,
}

impl Common<'_> {
    /// A record and its cell.
    const fn record_size(&self) -> usize {
        (size_of::<Record>() + self.cell_size).next_multiple_of(CELL_ALIGN)
    }
}

/// The series of one family. Nothing is on the heap before the first. Where this lies in shared memory, they do.
pub(crate) struct Heap {
    lock: Lock,
    /// How many records there are.
    pub(crate) taken: Word,
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

/// Holds the lock until it is dropped.
pub(crate) struct Locked<'h> {
    heap: &'h Heap,
    memory: Memory,
    _held: Held<'h>,
}

impl Heap {
    pub(crate) const fn new(most: u32) -> Self {
        Self {
            lock: Lock::new(),
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

    /// How many series there are, removed ones too.
    #[cfg(feature = "runtime")]
    pub(crate) fn taken(&self) -> u32 {
        self.taken.get()
    }

    pub(crate) fn count_refusal(&self) {
        self.refused.inc();
    }

    /// Whether it lies in shared memory, and its series with it.
    pub(crate) fn is_shared(&self) -> bool {
        Memory::of(self).is_shared()
    }

    pub(crate) fn lock(&self, common: &Common<'_>) -> Option<Locked<'_>> {
        let memory = Memory::of(self);
        let held = self.lock.hold(memory)?;
        if held.after_death {
            self.mend(common);
        }
        Some(Locked { heap: self, memory, _held: held })
    }

    /// `number` is below `taken`, or that of the record that is being written.
    pub(crate) fn record(&self, common: &Common<'_>, number: u32) -> *mut Record {
        let (segment, at) = place(number);
        let start = self.segments.get(segment).map_or(ptr::null_mut(), Link::get);
        start.wrapping_add(at * common.record_size()).cast()
    }

    pub(crate) fn state(&self, common: &Common<'_>, number: u32) -> &Word {
        // SAFETY: records stay where they are as long as the heap lives; the state is an atomic.
        unsafe { &(*self.record(common, number)).state }
    }

    pub(crate) fn series(&self, common: &Common<'_>, number: u32) -> Series {
        // SAFETY: a record that was published.
        unsafe { Self::series_of(common, self.record(common, number)) }
    }

    /// The series whose cell this is.
    ///
    /// # Safety
    ///
    /// It is the cell of a series of this heap.
    #[cfg(feature = "runtime")]
    pub(crate) unsafe fn series_at(common: &Common<'_>, cell: *const ()) -> Series {
        // SAFETY: each cell lies behind its record.
        unsafe { Self::series_of(common, cell.cast::<Record>().sub(1)) }
    }

    /// Whether the series whose cell this is is on the page.
    ///
    /// # Safety
    ///
    /// It is the cell of a series of a heap.
    #[cfg(feature = "runtime")]
    pub(crate) unsafe fn is_live(cell: *const ()) -> bool {
        // SAFETY: each cell lies behind its record.
        unsafe { (*cell.cast::<Record>().sub(1)).state.get() == LIVE }
    }

    /// # Safety
    ///
    /// The record was published: it has labels, which do not change.
    unsafe fn series_of(common: &Common<'_>, record: *const Record) -> Series {
        // SAFETY: the caller's promise.
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

    pub(crate) fn slots(&self) -> &[Word] {
        // SAFETY: null, or an index, which lives as long as the heap.
        unsafe { self.index.get().as_ref() }.map_or(&[], Index::slots)
    }

    pub(crate) fn find<'v>(
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
            Found::Vacant(_) => None,
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
            None => self.add(common, hash, values).or_else(|refused| {
                self.count_refusal();
                self.instead(common).ok_or(refused)
            })?,
        };
        Ok(self.series(common, number).cell)
    }

    /// The series of what is refused; `None` where the family has none, or there was no memory for it.
    #[cold]
    fn instead(&self, common: &Common<'_>) -> Option<u32> {
        let values = other_values(common.names);
        let find = || self.find(common, hash(values.clone()), values.clone());
        let number = common.other.then(find)??;
        self.show(common, number);
        Some(number)
    }

    #[cold]
    #[inline(never)]
    fn add<'v>(
        &self,
        common: &Common<'_>,
        hash: u32,
        values: impl LabelValues<'v>,
    ) -> Result<u32, Refused> {
        let locked = self.lock(common).ok_or(Refused::OutOfMemory)?;
        if common.other && self.taken.get() == 0 {
            // Before all others, and not yet on the page.
            locked.append(common, other_values(common.names), HIDDEN)?;
        }
        if let Some(number) = self.find(common, hash, values.clone()) {
            self.put_back(common, number);
            return Ok(number);
        }
        locked.append(common, values, LIVE)
    }
}

impl Locked<'_> {
    /// One series more, which is not there yet.
    fn append<'v>(
        &self,
        common: &Common<'_>,
        values: impl LabelValues<'v>,
        state: u32,
    ) -> Result<u32, Refused> {
        let (heap, hash) = (self.heap, hash(values.clone()));
        let shape = Shape::of(common.names, values.clone())?;
        let number = heap.taken.get();
        if number >= heap.most {
            return Err(Refused::Full);
        }
        self.make_room(common, number).ok_or(Refused::OutOfMemory)?;
        let labels =
            write_labels(self.memory, common, &shape, values).ok_or(Refused::OutOfMemory)?;
        let record = heap.record(common, number);
        // SAFETY: nobody else knows this record yet.
        unsafe {
            (*record).hash = hash;
            (*record).labels = labels;
        }
        heap.state(common, number).set(state);
        // Known to pages first: what is in no index yet is added by nobody but who has the lock.
        heap.taken.set(number + 1);
        enter(heap.slots(), hash, number);
        Ok(number)
    }

    /// Memory for record `number` and its entry in the index.
    fn make_room(&self, common: &Common<'_>, number: u32) -> Option<()> {
        let heap = self.heap;
        let segment = heap.segments.get(place(number).0)?;
        if segment.get().is_null() {
            let size = segment_len(place(number).0).checked_mul(common.record_size())?;
            let memory = self.memory.zeros(Layout::from_size_align(size, CELL_ALIGN).ok()?)?;
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
        let heap = self.heap;
        let layout = Layout::array::<Word>(slot_count).ok()?;
        let slots = self.memory.zeros(layout)?.cast::<Word>();
        let Some(memory) = self.memory.zeros(Layout::new::<Index>()) else {
            // SAFETY: allocated above, with this layout.
            unsafe { self.memory.free(slots.cast(), layout) };
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
pub(crate) fn enter(slots: &[Word], hash: u32, number: u32) {
    if let Found::Vacant(vacant) = index::find(slots, hash, |_| false) {
        // Nobody else adds anything: the caller has the lock.
        let _ = index::publish(slots, hash, vacant, number, |_| false);
    }
}

/// Label text as a [`Series`] finds it; `None` without memory.
fn write_labels<'v>(
    memory: Memory,
    common: &Common<'_>,
    shape: &Shape,
    values: impl LabelValues<'v>,
) -> Option<*mut Labels> {
    let lens_size = (1 + common.names.len()) * size_of::<u16>();
    let size = u32::try_from(size_of::<Labels>() + lens_size + shape.len()).ok()?;
    let size = size | if shape.escaped { ESCAPED } else { 0 };
    let labels = memory.zeros(Labels::layout(size)?)?.cast::<Labels>();
    // SAFETY: just allocated, with room for lengths and text.
    unsafe {
        labels.write(Labels { size });
        let lens = labels.add(1).cast::<u16>();
        shape.write(common.names, values, lens, lens.cast::<u8>().add(lens_size));
    }
    Some(labels)
}

/// Of one that is not in shared memory, where nobody drops it.
impl Drop for Heap {
    fn drop(&mut self) {
        let (record_size, taken) = (self.record_size.get() as usize, self.taken.get());
        let mut index = self.index.get();
        let memory = Memory::Heap;
        // SAFETY: all was allocated here, with these layouts, and nobody uses it any more.
        unsafe {
            for number in 0..taken {
                let (segment, at) = place(number);
                let start = self.segments.get(segment).map_or(ptr::null_mut(), Link::get);
                let record = start.add(at * record_size).cast::<Record>();
                let labels = (*record).labels;
                if let Some(layout) = Labels::layout((*labels).size) {
                    memory.free(labels.cast(), layout);
                }
            }
            for (number, segment) in self.segments.iter().enumerate() {
                let size = segment_len(number) * record_size;
                if !segment.get().is_null()
                    && let Ok(layout) = Layout::from_size_align(size, CELL_ALIGN)
                {
                    memory.free(segment.get(), layout);
                }
            }
            while !index.is_null() {
                let Index { older, slots, slot_count } = index.read();
                if let Ok(layout) = Layout::array::<Word>(slot_count) {
                    memory.free(slots.cast(), layout);
                }
                memory.free(index.cast(), Layout::new::<Index>());
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

    #[test]
    fn a_series_that_is_asked_for_while_it_is_removed_is_back_from_zero() {
        static HEAP: Heap = Heap::new(10);
        const COMMON: Common<'static> = Common {
            names: &crate::label_names!["n"],
            bounds: Bounds::NONE,
            cell_size: 8,
            other: false,
            // In the midst of a removal, somebody else wants the series.
            reset: |_, _| assert!(HEAP.cell_of(&COMMON, values()).is_ok()),
        };
        fn values() -> impl LabelValues<'static> {
            [b"a".as_slice()].into_iter()
        }
        let shown = || HEAP.next_live(&COMMON, &mut 0);
        let cell = HEAP.cell_of(&COMMON, values());
        assert!(HEAP.remove(&COMMON, values()) && shown());
        assert_eq!(HEAP.cell_of(&COMMON, values()), cell);
        assert!(HEAP.remove(&COMMON, values()) && shown(), "as often as it is removed");
    }
}
