//! Families: one metric for each set of label values.

use crate::atomic::{Total, Word};
use crate::error::Refused;
use crate::fault::declaration;
use crate::hash::{equal, hash};
use crate::index::{self, Found, MAX_RECORDS, Pool};
use crate::kind::sealed::Sealed;
use crate::kind::{__Declare, Cells, Child, KindCell, MetricValue};
use crate::label::LabelName;
use crate::table::slice_at;
use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::{ptr, str};

/// What a family counts about itself; it changes, so it lies in RAM.
#[repr(C)]
pub(crate) struct Head {
    pool: Pool,
    /// Bytes of label text in use.
    text: Word,
    _reserved: u32,
    refused: Total,
}

/// One series: the state it is in, where its label text lies, its cell, and the lengths of its values.
#[repr(C)]
struct Record<C, const L: usize> {
    state: Word,
    text: u32,
    cell: C,
    lens: [u16; L],
}

/// The part of a record that does not depend on its family.
#[repr(C)]
struct RecordHead {
    state: Word,
    text: u32,
}

// States of a record. A free record keeps its neighbour in the pool above these bits.
/// Not published, or about to be.
const FREE: u32 = 0;
/// On the page.
const LIVE: u32 = 1;
/// Removed, and at zero.
const HIDDEN: u32 = 2;
/// Being set to zero by `remove`.
const REMOVING: u32 = 3;
/// As `REMOVING`, and asked for again meanwhile.
const RETURNING: u32 = 4;
const STATE_BITS: u32 = 3;

/// Top bit of a record's text position: a value needs escaping.
const ESCAPE: u32 = 1 << 31;

/// The memory of a [`Family`]: `N` series with `L` labels, and `T` bytes of label text for each of
/// them on average. All zeros, so it costs no flash.
#[repr(C, align(8))]
pub struct FamilyCells<M: Child, const L: usize, const N: usize, const T: usize>(
    UnsafeCell<Memory<M::Cell, L, N, T>>,
);

#[repr(C)]
struct Memory<C, const L: usize, const N: usize, const T: usize> {
    head: Head,
    slots: [[Word; 2]; N],
    records: [Record<C, L>; N],
    text: [[u8; T]; N],
}

// SAFETY: shared parts are atomics; a record's text and lengths are written by the one writer that
// took it from the pool, before it is published.
unsafe impl<M: Child, const L: usize, const N: usize, const T: usize> Sync
    for FamilyCells<M, L, N, T>
{
}

impl<M: Child, const L: usize, const N: usize, const T: usize> FamilyCells<M, L, N, T> {
    /// Room for `N` series, none of them in use.
    pub const fn new() -> Self {
        assert!(L >= 1 && L <= 255, "a family has 1 to 255 labels");
        assert!(N >= 1 && N <= MAX_RECORDS, "a family has 1 to 1048574 series");
        assert!(T.saturating_mul(N) < ESCAPE as usize, "label text of a family is below 2 GiB");
        Self(UnsafeCell::new(Memory {
            head: Head {
                pool: Pool::new(),
                text: Word::new(0),
                _reserved: 0,
                refused: Total::new(),
            },
            slots: [const { [Word::new(0), Word::new(0)] }; N],
            records: [const { Record { state: Word::new(FREE), text: 0, cell: M::CELL, lens: [0; L] } };
                N],
            text: [[0; T]; N],
        }))
    }
}

impl<M: Child, const L: usize, const N: usize, const T: usize> Default for FamilyCells<M, L, N, T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What all families have in common: where their memory is, and how much of everything.
#[repr(C)]
pub struct AnyFamily {
    kind: *const KindCell,
    head: *const Head,
    slots: *const Word,
    records: *mut u8,
    text: *mut u8,
    names: *const LabelName<'static>,
    bounds: *const f64,
    slot_count: u32,
    capacity: u32,
    text_size: u32,
    record_size: u16,
    cell_size: u16,
    label_count: u16,
    bound_count: u16,
}

/// A series of a family, as the encoder sees it.
#[derive(Clone, Copy)]
pub(crate) struct Series {
    pub(crate) cell: *const (),
    lens: *const u16,
    text: *const u8,
    /// Whether a label value holds characters that the formats escape.
    pub(crate) escape: bool,
}

impl Series {
    /// Most bytes that the values of its `count` labels take on a line.
    #[inline]
    pub(crate) fn bound(self, count: usize) -> usize {
        // SAFETY: `lens` has one length for each label.
        let len: usize = (0..count).map(|at| usize::from(unsafe { *self.lens.add(at) })).sum();
        if self.escape { 2 * len } else { len }
    }

    /// The values of its `count` labels.
    #[inline]
    pub(crate) fn values<'a>(self, count: usize) -> impl Iterator<Item = &'a [u8]> {
        let mut text = self.text;
        // SAFETY: `lens` has one length for each label, and the values lie one behind the other.
        // Neither changes once the record is published.
        (0..count).map(move |at| unsafe {
            let len = usize::from(*self.lens.add(at));
            let value = slice_at(text, len);
            text = text.add(len);
            value
        })
    }
}

impl AnyFamily {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 14] = [
        offset_of!(Self, kind),
        offset_of!(Self, head),
        offset_of!(Self, slots),
        offset_of!(Self, records),
        offset_of!(Self, text),
        offset_of!(Self, names),
        offset_of!(Self, bounds),
        offset_of!(Self, slot_count),
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
        [size_of::<Head>(), offset_of!(Record<u32, 1>, cell), offset_of!(Record<u32, 1>, lens)];

    pub(crate) const fn names(&self) -> &[LabelName<'static>] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.names, self.label_count as usize) }
    }

    pub(crate) const fn bounds(&self) -> &[f64] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.bounds, self.bound_count as usize) }
    }

    fn head(&self) -> &Head {
        // SAFETY: points to the head of the family's static memory.
        unsafe { &*self.head }
    }

    #[inline]
    fn slots(&self) -> &[Word] {
        // SAFETY: pointer and length of one table of atomics.
        unsafe { slice_at(self.slots, self.slot_count as usize) }
    }

    /// `number` is below the capacity.
    #[inline]
    fn record(&self, number: u32) -> *mut RecordHead {
        // SAFETY: `number` came from the pool, so it is inside the table of records.
        unsafe { self.records.add(number as usize * usize::from(self.record_size)).cast() }
    }

    #[inline]
    fn state(&self, number: u32) -> &Word {
        // SAFETY: inside the table of records; the state is an atomic.
        unsafe { &(*self.record(number)).state }
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
                text: self.text.add((text & !ESCAPE) as usize),
                escape: text & ESCAPE != 0,
            }
        }
    }

    /// The cells of a series.
    #[inline]
    pub(crate) fn cells_of(&self, series: Series) -> Cells {
        Cells { cell: series.cell, bounds: self.bounds, bound_count: u32::from(self.bound_count) }
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

    /// How many labels each series has.
    pub fn label_count(&self) -> usize {
        usize::from(self.label_count)
    }

    /// How many times `labels` refused to add a series.
    pub fn refused(&self) -> u64 {
        self.head().refused.get()
    }

    #[inline]
    fn same<'v>(&self, number: u32, values: impl Iterator<Item = &'v [u8]>) -> bool {
        self.series(number).values(self.label_count()).zip(values).all(|(a, b)| equal(a, b))
    }

    /// The cell of the series with these label values, added if it is new. `values` gives as many
    /// values as the family has labels.
    ///
    /// # Errors
    ///
    /// Where the series is new and cannot be added; that is counted.
    #[inline]
    pub fn cell_of<'v>(
        &self,
        values: impl Iterator<Item = &'v [u8]> + Clone,
    ) -> Result<*const (), Refused> {
        let hash = hash(values.clone());
        let number = match index::find(self.slots(), hash, |n| self.same(n, values.clone())) {
            Found::Record(number) if self.state(number).get() == LIVE => number,
            Found::Record(number) => {
                self.show(number);
                number
            }
            Found::Vacant(vacant) => self.insert(hash, Some(vacant), values)?,
            Found::Nowhere => self.insert(hash, None, values)?,
        };
        Ok(self.series(number).cell)
    }

    #[cold]
    #[inline(never)]
    fn insert<'v>(
        &self,
        hash: u32,
        vacant: Option<usize>,
        values: impl Iterator<Item = &'v [u8]> + Clone,
    ) -> Result<u32, Refused> {
        let added = self.add(hash, vacant, values);
        if added.is_err() {
            self.head().refused.inc();
        }
        added
    }

    fn add<'v>(
        &self,
        hash: u32,
        vacant: Option<usize>,
        values: impl Iterator<Item = &'v [u8]> + Clone,
    ) -> Result<u32, Refused> {
        let mut len = 0_usize;
        for value in values.clone() {
            if value.len() > usize::from(u16::MAX) {
                return Err(Refused::TooLong);
            }
            if str::from_utf8(value).is_err() {
                return Err(Refused::NotUtf8);
            }
            len += value.len();
        }
        let vacant = vacant.ok_or(Refused::Full)?;
        let pool = &self.head().pool;
        let next_of = |number| self.state(number).get() >> STATE_BITS;
        let number = pool.take(self.capacity, next_of).ok_or(Refused::Full)?;
        let link = |next| self.state(number).set(next << STATE_BITS | FREE);
        if !self.write(number, len, values.clone()) {
            pool.give_back(number, link);
            return Err(Refused::TextFull);
        }
        self.state(number).set(FREE);
        match index::publish(self.slots(), hash, vacant, number, |n| self.same(n, values.clone())) {
            Ok(()) => {
                self.show(number);
                Ok(number)
            }
            Err(winner) => {
                pool.give_back(number, link);
                let winner = winner.ok_or(Refused::Full)?;
                self.show(winner);
                Ok(winner)
            }
        }
    }

    /// Writes the label text of a record that nobody else can see; `false` without room for it.
    fn write<'v>(&self, number: u32, len: usize, values: impl Iterator<Item = &'v [u8]>) -> bool {
        let record = self.record(number);
        let series = self.series(number);
        // What a spare record held before is free to be written over.
        let room: usize = series.values(self.label_count()).map(<[u8]>::len).sum();
        let position = if len <= room {
            // SAFETY: the record is ours alone until it is published.
            unsafe { (*record).text & !ESCAPE }
        } else {
            let more = |used: u32| {
                let end = (used as usize).checked_add(len)?;
                (end <= self.text_size as usize).then_some(end as u32)
            };
            match self.head().text.update(more) {
                Some(position) => position,
                None => return false,
            }
        };
        let mut escape = 0;
        let mut lens = series.lens.cast_mut();
        // SAFETY: `len` bytes from `position` on are ours, and so are the record's lengths.
        unsafe {
            let mut to = self.text.add(position as usize);
            for value in values.take(self.label_count()) {
                ptr::copy_nonoverlapping(value.as_ptr(), to, value.len());
                to = to.add(value.len());
                lens.write(value.len() as u16);
                lens = lens.add(1);
                if value.iter().any(|byte| matches!(byte, b'\\' | b'"' | b'\n')) {
                    escape = ESCAPE;
                }
            }
            (*record).text = position | escape;
        }
        true
    }

    /// Puts a published record on the page, from whatever state it is in.
    #[cold]
    fn show(&self, number: u32) {
        self.state(number).update(|state| match state {
            FREE | HIDDEN => Some(LIVE),
            REMOVING => Some(RETURNING),
            _ => None,
        });
    }

    /// Takes the series with these labels off the page and sets it to zero; `false` where it was not
    /// there.
    pub fn remove<'v>(&self, values: impl Iterator<Item = &'v [u8]> + Clone) -> bool {
        match index::find(self.slots(), hash(values.clone()), |n| self.same(n, values.clone())) {
            Found::Record(number) => self.hide(number),
            Found::Vacant(_) | Found::Nowhere => false,
        }
    }

    /// Takes all series off the page and sets them to zero.
    pub fn clear(&self) {
        for number in 0..self.head().pool.taken() {
            self.hide(number);
        }
    }

    fn hide(&self, number: u32) -> bool {
        let state = self.state(number);
        if state.replace(LIVE, REMOVING).is_err() {
            return false;
        }
        // SAFETY: the family's kind goes with its cells.
        unsafe { ((*self.kind).get().reset)(self.cells_of(self.series(number))) };
        // Asked for again meanwhile: back on the page, now that it is at zero.
        if state.replace(REMOVING, HIDDEN).is_err() {
            state.set(LIVE);
        }
        true
    }
}

/// A metric with labels: one child of type `M` for each set of values of its `L` labels, up to `N`
/// series.
///
/// `T` is the memory for label text, in bytes for each series on average; the series share it, so one
/// of them may have longer values. The memory is static: `N` · (16 + the child's size + 2·`L` + `T`)
/// bytes, rounded up to 8, and 24. This handle lies in read-only memory.
///
/// [`labels`](Self::labels) finds or adds a child. Look-ups and additions take no lock and no heap, and
/// may be made from any thread, interrupt or signal handler; where compare-and-swap does not exist
/// each step is a short critical section. Keep the child to save the look-up.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Responses by method and status code.
///     pub static RESPONSES: Family<Counter, 2, 16> = "http_responses_total",
///         labels = ["method", "code"];
/// }
/// use nanoprom::{Counter, Family};
///
/// RESPONSES.labels(["GET", "200"])?.inc();
/// assert_eq!(RESPONSES.labels(["GET", "200"])?.get(), 1.0);
/// # Ok::<(), nanoprom::Refused>(())
/// ```
#[repr(transparent)]
pub struct Family<M: Child, const L: usize, const N: usize, const T: usize = 32> {
    any: AnyFamily,
    marker: PhantomData<fn() -> M>,
}

// SAFETY: all that is shared and changed behind the pointers is atomic or not yet published.
unsafe impl<M: Child, const L: usize, const N: usize, const T: usize> Sync for Family<M, L, N, T> {}
// SAFETY: as above.
unsafe impl<M: Child, const L: usize, const N: usize, const T: usize> Send for Family<M, L, N, T> {}

impl<M: Child, const L: usize, const N: usize, const T: usize> Family<M, L, N, T> {
    /// A family of counters or gauges.
    ///
    /// # Panics
    ///
    /// Where `M` is a histogram, which needs [`with_buckets`](Self::with_buckets): at compile time in
    /// a `static`.
    pub const fn new(
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>; L],
    ) -> Self {
        Self::with_buckets(cells, names, &[])
    }

    /// A family of histograms, with the upper bounds that all its children share.
    ///
    /// # Panics
    ///
    /// Where the number of bounds is not that of the child: at compile time in a `static`.
    pub const fn with_buckets(
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>; L],
        bounds: &'static [f64],
    ) -> Self {
        assert!(bounds.len() == M::BOUNDS, "the number of buckets is not the N of Histogram<N>");
        assert!(size_of::<M::Cell>() <= 60_000, "a child of a family is larger than 60000 bytes");
        let memory = cells.0.get();
        // SAFETY: only addresses inside `cells` are taken.
        let any = unsafe {
            AnyFamily {
                kind: M::FAMILY,
                head: &raw const (*memory).head,
                slots: (&raw const (*memory).slots).cast(),
                records: (&raw mut (*memory).records).cast(),
                text: (&raw mut (*memory).text).cast(),
                names: names.as_ptr(),
                bounds: bounds.as_ptr(),
                slot_count: 2 * N as u32,
                capacity: N as u32,
                text_size: (N * T) as u32,
                record_size: size_of::<Record<M::Cell, L>>() as u16,
                cell_size: size_of::<M::Cell>() as u16,
                label_count: L as u16,
                bound_count: bounds.len() as u16,
            }
        };
        Self { any, marker: PhantomData }
    }

    /// The child with these label values, in the order of the label names; it starts at 0.
    ///
    /// The same values give the same child. Keep it: it stays valid for ever.
    ///
    /// # Errors
    ///
    /// Where the child is new and there is no room for it or its text. That changes nothing but the
    /// count of refusals, which the page shows as `nanoprom_series_refused_total`.
    #[inline]
    pub fn labels(&self, values: [&str; L]) -> Result<M::Handle, Refused> {
        let cell = self.any.cell_of(values.iter().map(|value| value.as_bytes()))?;
        // SAFETY: the cell lies in the static memory of a family of `M`, as do its bounds.
        Ok(unsafe { M::handle(&*cell.cast::<M::Cell>(), self.any.bounds) })
    }

    /// Takes the child with these label values off the page and sets it to 0; `false` where there was
    /// none.
    ///
    /// Its memory and label text stay reserved for the same values, which bring it back from 0.
    /// Handles to it stay valid: what they add while it is hidden is on the page when it comes back.
    /// An update at the same moment may be lost with the old value.
    pub fn remove(&self, values: [&str; L]) -> bool {
        self.any.remove(values.iter().map(|value| value.as_bytes()))
    }

    /// Takes all children off the page, as [`remove`](Self::remove) does.
    pub fn clear(&self) {
        self.any.clear();
    }

    /// How many times [`labels`](Self::labels) refused to add a child.
    pub fn refused(&self) -> u64 {
        self.any.refused()
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a family without `labels = [...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_buckets(
        metric: &str,
        _: &'static FamilyCells<M, L, N, T>,
        _: &[f64],
    ) -> Self {
        Self::__declare(metric)
    }

    #[doc(hidden)]
    pub const fn __declare_labels(
        metric: &str,
        cells: &'static FamilyCells<M, L, N, T>,
        names: &'static [LabelName<'static>],
        bounds: &'static [f64],
    ) -> Self {
        if bounds.is_empty() && M::BOUNDS > 0 {
            declaration(metric, "is a family of histograms without `buckets = [...]`")
        }
        if bounds.len() != M::BOUNDS {
            declaration(metric, "has another number of buckets than its child");
        }
        match names.first_chunk() {
            Some(first) if names.len() == L => Self::with_buckets(cells, first, bounds),
            _ => declaration(metric, "has another number of labels than its Family<M, L, N>"),
        }
    }
}

impl<M: Child, const L: usize, const N: usize, const T: usize> __Declare for Family<M, L, N, T> {
    type Cells = FamilyCells<M, L, N, T>;
    const CELLS: Self::Cells = FamilyCells::new();
}

impl<M: Child, const L: usize, const N: usize, const T: usize> Sealed for Family<M, L, N, T> {}

impl<M: Child, const L: usize, const N: usize, const T: usize> MetricValue for Family<M, L, N, T> {
    const KIND: &'static KindCell = M::FAMILY;
}
