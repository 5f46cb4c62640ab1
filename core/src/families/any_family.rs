//! Families of any kind of child: the records of their series, how they are found and added.

use crate::atomic::{COMPACT, Total, Word};
use crate::buckets::Bounds;
use crate::error::Refused;
use crate::families::hash::{equal, hash};
use crate::families::index::{self, Found, Pool};
use crate::families::overflow::OverflowCell;
use crate::families::record::{
    ESCAPED, FREE, HIDDEN, LIVE, REMOVING, RETURNING, Record, RecordHead, STATE_BITS,
};
use crate::families::series::{Series, Shape};
use crate::kind::{Kind, KindCell, OfFamily, Show, Special};
use crate::label::LabelName;
use crate::refusals::REFUSALS;
use crate::table::slice_at;
use core::mem::offset_of;
use core::ptr;
use core::slice;

/// Families with less label text than this keep its position in 31 bits.
pub(crate) const MAX_TEXT: usize = ESCAPED as usize;

/// What a family counts about itself; it changes, so it lies in RAM.
#[repr(C)]
pub(crate) struct Head {
    pub(crate) pool: Pool,
    /// Bytes of label text in use.
    pub(crate) text: Word,
    /// How many records were published.
    pub(crate) published: Word,
    refused: Total,
}

impl Head {
    pub(crate) const fn new() -> Self {
        Self {
            pool: Pool::new(),
            text: Word::new(0),
            published: Word::new(0),
            refused: Total::new(),
        }
    }
}

/// How often a family without free records looks for one that is just being published.
const PATIENCE: u32 = 100;

/// What all families have in common: where their memory is, and how much of everything.
#[repr(C)]
pub struct AnyFamily {
    pub(crate) kind: *const KindCell,
    pub(crate) head: *const Head,
    pub(crate) slots: *const Word,
    pub(crate) records: *mut u8,
    pub(crate) text: *mut u8,
    pub(crate) names: *const LabelName<'static>,
    /// Floats, or ticks where its kind says so.
    pub(crate) bounds: *const (),
    /// What is done with labels that are refused; nothing if null.
    pub(crate) overflow: Option<&'static OverflowCell>,
    pub(crate) ticks_per_unit: u32,
    pub(crate) capacity: u32,
    pub(crate) text_size: u32,
    pub(crate) record_size: u16,
    pub(crate) cell_size: u16,
    pub(crate) label_count: u16,
    pub(crate) bound_count: u16,
}

/// Label values, in the order of the label names.
pub trait LabelValues<'v>: Iterator<Item = &'v [u8]> + Clone {}

impl<'v, I: Iterator<Item = &'v [u8]> + Clone> LabelValues<'v> for I {}

impl AnyFamily {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 15] = [
        offset_of!(Self, kind),
        offset_of!(Self, head),
        offset_of!(Self, slots),
        offset_of!(Self, records),
        offset_of!(Self, text),
        offset_of!(Self, names),
        offset_of!(Self, bounds),
        offset_of!(Self, overflow),
        offset_of!(Self, ticks_per_unit),
        offset_of!(Self, capacity),
        offset_of!(Self, text_size),
        offset_of!(Self, record_size),
        offset_of!(Self, cell_size),
        offset_of!(Self, label_count),
        offset_of!(Self, bound_count),
    ];
    /// Size of the head, and offsets of cell and lengths in a record with a cell of 4 bytes, for the
    /// C ABI.
    pub const RECORD: [usize; 3] =
        [size_of::<Head>(), offset_of!(Record<u32, 1>, cell), offset_of!(Record<u32, 1>, page_len)];

    pub(crate) const fn names(&self) -> &[LabelName<'static>] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.names, self.label_count as usize) }
    }

    pub(crate) const fn kind(&self) -> &'static Kind {
        // SAFETY: points to one of this library's kind cells.
        unsafe { (*self.kind).get() }
    }

    pub(crate) const fn bounds(&self) -> Bounds<'_> {
        Bounds::new(self.bounds, self.bound_count as u32, self.ticks_per_unit)
    }

    pub(crate) fn head(&self) -> &Head {
        // SAFETY: points to the head of the family's static memory.
        unsafe { &*self.head }
    }

    #[inline]
    pub(crate) fn slots(&self) -> &[Word] {
        // SAFETY: one table of atomics, two for each series.
        unsafe { slice_at(self.slots, 2 * self.capacity as usize) }
    }

    /// `number` is below the capacity.
    #[inline]
    fn record(&self, number: u32) -> *mut RecordHead {
        // SAFETY: `number` came from the pool, so it is inside the table of records.
        unsafe { self.records.add(number as usize * usize::from(self.record_size)).cast() }
    }

    #[inline]
    pub(crate) fn state(&self, number: u32) -> &Word {
        // SAFETY: inside the table of records; the state is an atomic.
        unsafe { &(*self.record(number)).state }
    }

    /// The cell of a record, without a look at its text: that of the child `other` may be just written.
    #[inline]
    pub(crate) fn cell(&self, number: u32) -> *const () {
        // SAFETY: the cell lies behind the head of the record.
        unsafe { self.record(number).add(1) as *const () }
    }

    /// `number` is that of a record that was taken from the pool.
    #[inline]
    pub(crate) fn series(&self, number: u32) -> Series {
        let record = self.record(number);
        // SAFETY: the record is published: its text position no longer changes, and cell and lengths
        // lie behind its head.
        unsafe {
            let text = (*record).text;
            let cell = record.add(1).cast::<u8>();
            Series {
                cell: cell.cast(),
                lens: cell.add(usize::from(self.cell_size)).cast(),
                text: self.text.add((text & !ESCAPED) as usize),
                escaped: text & ESCAPED != 0,
            }
        }
    }

    /// Moves `at` behind the next series on the page; `false` where there is none.
    #[inline]
    pub(crate) fn next_live(&self, at: &mut u32) -> bool {
        let taken = self.head().pool.taken();
        while *at < taken {
            let number = *at;
            *at += 1;
            if self.state(number).get() == LIVE {
                return true;
            }
        }
        false
    }

    /// Comes to the next series, if so asked, and else stays: its cell, null where there is none, and its
    /// labels as they stand on the page.
    #[inline(always)]
    pub(crate) fn come_to<'a>(
        &'a self,
        kind: &Kind,
        next: bool,
        at: &mut u32,
        labels: &mut &'a [u8],
    ) -> *const () {
        if !COMPACT {
            return self.find_series(next, at, labels);
        }
        // SAFETY: the kind is that of this family.
        kind.family().map_or(ptr::null(), |family| unsafe {
            (family.come_to)(ptr::from_ref(self).cast(), next, at, labels)
        })
    }

    #[inline(always)]
    fn find_series<'a>(&'a self, next: bool, at: &mut u32, labels: &mut &'a [u8]) -> *const () {
        if next && !self.next_live(at) {
            return ptr::null();
        }
        let series = self.series(*at - 1);
        *labels = series.page_text(self.names());
        series.cell
    }

    /// How many labels each series has.
    pub fn label_count(&self) -> usize {
        usize::from(self.label_count)
    }

    /// How many times `labels` refused to add a series.
    pub fn refused(&self) -> u64 {
        self.head().refused.get()
    }

    /// Counts a child that was refused before it came here.
    pub fn count_refusal(&self) {
        self.head().refused.inc();
    }

    /// Whether a record has these values.
    #[inline(always)]
    pub(crate) fn same<'v>(&self, number: u32, values: impl LabelValues<'v>) -> bool {
        if COMPACT { self.has_compact(number, values) } else { self.has(number, values) }
    }

    #[inline(never)]
    fn has_compact<'v>(&self, number: u32, values: impl LabelValues<'v>) -> bool {
        self.has(number, values)
    }

    #[inline]
    fn has<'v>(&self, number: u32, values: impl Iterator<Item = &'v [u8]>) -> bool {
        let series = self.series(number);
        // By hand, as on every look-up: an iterator over the record was seen to cost half as much
        // again. The first value has a brace in front, all others have two bytes.
        let mut text = series.text.wrapping_sub(if series.escaped { 0 } else { 1 });
        let (mut name, mut len) = (self.names, series.lens.wrapping_add(1));
        for value in values {
            // SAFETY: as many names, lengths and values as labels; the values of a published record
            // lie one behind the other, with their glue or without, and do not change.
            unsafe {
                if !series.escaped {
                    text = text.wrapping_add((*name).glue_len());
                }
                if usize::from(*len) != value.len()
                    || !equal(slice::from_raw_parts(text, value.len()), value)
                {
                    return false;
                }
                (name, len) = (name.add(1), len.add(1));
            }
            text = text.wrapping_add(value.len());
        }
        true
    }

    /// The cell of the series with these label values, added if it is new. `values` gives as many
    /// values as the family has labels.
    ///
    /// # Errors
    ///
    /// Where the series is new and cannot be added; that is counted.
    #[inline]
    pub fn cell_of<'v>(&self, values: impl LabelValues<'v>) -> Result<*const (), Refused> {
        if COMPACT { self.cell_of_compact(values) } else { self.find_or_add(values) }
    }

    #[inline(never)]
    fn cell_of_compact<'v>(&self, values: impl LabelValues<'v>) -> Result<*const (), Refused> {
        self.find_or_add(values)
    }

    #[inline(always)]
    fn find_or_add<'v>(&self, values: impl LabelValues<'v>) -> Result<*const (), Refused> {
        let hash = hash(values.clone());
        let number = match index::find(self.slots(), hash, |n| self.same(n, values.clone())) {
            Found::Record(number) => number,
            Found::Vacant(vacant) => self.insert(hash, vacant, values)?,
        };
        if self.state(number).get() != LIVE {
            self.show(number);
        }
        Ok(self.cell(number))
    }

    /// A record that is published, and perhaps not yet on the page.
    #[cold]
    #[inline(never)]
    fn insert<'v>(
        &self,
        hash: u32,
        vacant: usize,
        values: impl LabelValues<'v>,
    ) -> Result<u32, Refused> {
        let instead = self.overflow.and_then(|overflow| overflow.prepare(self));
        self.add(hash, vacant, values).or_else(|refused| {
            self.count_refusal();
            instead.ok_or(refused)
        })
    }

    fn add<'v>(
        &self,
        hash: u32,
        vacant: usize,
        values: impl LabelValues<'v>,
    ) -> Result<u32, Refused> {
        let shape = Shape::of(self.names(), values.clone())?;
        let pool = &self.head().pool;
        let next_of = |number| self.state(number).get() >> STATE_BITS;
        // Refused for its text before a record is taken: what is refused again and again must not
        // keep the pool busy.
        if !self.has_room_for(shape.len()) {
            return Err(Refused::TextFull);
        }
        let mut number = None;
        for _ in 0..=PATIENCE {
            number = pool.take(self.capacity, next_of);
            // The last records are on their way to be published by others, perhaps with these labels.
            // Not for long, and not for ever: the other may be the one that this interrupt stopped.
            if number.is_some() || self.head().published.get() >= self.capacity {
                break;
            }
            core::hint::spin_loop();
            let there = index::find_again(self.slots(), hash, |n| self.same(n, values.clone()));
            if let Found::Record(winner) = there {
                return Ok(winner);
            }
        }
        let number = number.ok_or(Refused::Full)?;
        let link = |next| self.state(number).set((next << STATE_BITS) | FREE);
        let mut refused = Refused::TextFull;
        let published = self.room_for(number, shape.len()).ok_or(None).and_then(|position| {
            refused = Refused::Full;
            self.write(number, position, &shape, values.clone());
            self.state(number).set(FREE);
            let same = |n| self.same(n, values.clone());
            match self.overflow.and_then(|overflow| overflow.instead_of(self, number)) {
                None => index::publish(self.slots(), hash, vacant, number, same),
                other => Err(other),
            }
        });
        match published {
            Ok(()) => {
                self.head().published.add(1);
                Ok(number)
            }
            Err(winner) => {
                pool.give_back(self.capacity, number, link);
                winner.ok_or(refused)
            }
        }
    }

    /// Writes the label text of a record that nobody else can see; `shape.len()` bytes from `position` on
    /// are its own.
    ///
    /// Inlined, as what follows on it is small beside a call with all that it is given.
    #[inline(always)]
    pub(crate) fn write<'v>(
        &self,
        number: u32,
        position: u32,
        shape: &Shape,
        values: impl LabelValues<'v>,
    ) {
        let lens = self.series(number).lens.cast_mut();
        // SAFETY: `shape.len()` bytes from `position` on are ours, and so is the record.
        unsafe {
            shape.write(self.names(), values, lens, self.text.add(position as usize));
            (*self.record(number)).text = position | if shape.escaped { ESCAPED } else { 0 };
        }
    }

    pub(crate) fn text_position(&self, number: u32) -> u32 {
        // SAFETY: inside the table of records, and written before the record was published.
        unsafe { (*self.record(number)).text }
    }

    /// Moves the text of a record to `position`, which is not behind it, and returns its length.
    ///
    /// # Safety
    ///
    /// Nobody else uses the family.
    pub(crate) unsafe fn move_text(&self, number: u32, position: u32) -> u32 {
        let series = self.series(number);
        let len = series.text_len(self.names());
        // SAFETY: both lie in the family's text, which is the caller's alone, as is the record.
        unsafe {
            core::ptr::copy(series.text, self.text.add(position as usize), len);
            let record = self.record(number);
            (*record).text = position | ((*record).text & ESCAPED);
        }
        len as u32
    }

    /// From now on a record has no text that it may use again.
    ///
    /// # Safety
    ///
    /// Nobody else uses the record.
    pub(crate) unsafe fn forget_text(&self, number: u32) {
        // SAFETY: the caller's promise.
        unsafe {
            self.series(number).lens.cast_mut().write(0);
            (*self.record(number)).text = 0;
        }
    }

    /// Whether there is unused memory for `len` bytes of label text, or a spare record that may have it.
    fn has_room_for(&self, len: usize) -> bool {
        let unused = (self.text_size as usize).saturating_sub(self.head().text.get() as usize);
        len <= unused || self.head().pool.has_spare(self.capacity)
    }

    /// Where `len` bytes of label text for this record may stand: where a spare record had its text
    /// before, or in memory that was not used yet.
    #[inline(always)]
    fn room_for(&self, number: u32, len: usize) -> Option<u32> {
        if len <= self.series(number).page_text(self.names()).len() {
            // SAFETY: the record is ours alone until it is published.
            return Some(unsafe { (*self.record(number)).text } & !ESCAPED);
        }
        let more = |used: u32| {
            let end = (used as usize).checked_add(len)?;
            (end <= self.text_size as usize).then_some(end as u32)
        };
        self.head().text.update(more)
    }

    /// Tells a family of more than cells that a record comes to life.
    pub(crate) fn born(&self, number: u32) {
        if let Some(open) = self.kind().as_open() {
            // SAFETY: the family's kind goes with it.
            unsafe { &*open(ptr::from_ref(self).cast()) }.born(number);
        }
    }

    /// Puts a published record on the page, from whatever state it is in.
    #[cold]
    #[inline(never)]
    fn show(&self, number: u32) {
        if let Some(family) = self.kind().family() {
            // SAFETY: the kind is that of this family.
            unsafe { (family.show)(ptr::from_ref(self).cast(), number) };
        }
    }
}

/// What kinds of families have in common.
pub(crate) static OF_FAMILY: OfFamily = of_family(|family, number| {
    // SAFETY: the value of a row of such a kind is a family.
    unsafe { &*family.cast::<AnyFamily>() }.state(number).update(|state| match state {
        FREE | HIDDEN => Some(LIVE),
        REMOVING => Some(RETURNING),
        _ => None,
    });
});

/// What all kinds of plain families have.
pub(crate) static FAMILY: Special = Special { labels: None, open: None, family: Some(&OF_FAMILY) };

/// The same for those that put a series on the page in another way.
pub(crate) const fn of_family(show: Show) -> OfFamily {
    OfFamily {
        refusals: &REFUSALS,
        // SAFETY: the value of a row of such a kind is a family.
        refused: |family| unsafe { &*family.cast::<AnyFamily>() }.refused(),
        come_to: |family, next, at, labels| {
            // SAFETY: as above.
            unsafe { &*family.cast::<AnyFamily>() }.find_series(next, at, labels)
        },
        show,
    }
}
