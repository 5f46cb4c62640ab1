//! Open rows: metrics that tell by functions what families, series and labels they have.
//!
//! Most rows are one cell or a family of cells, which the walk reads by itself. What does more than
//! that (collectors, exemplars, creation times, families on the heap) is an [`Open`], behind a pointer
//! in its kind: a program without such metrics does not link them, and the walk knows only this file.

use crate::atomic::COMPACT;
use crate::declared::Declared;
use crate::kind::{InText, Item, OwnLabel, Part, Prefixes, Type};
use crate::numbers::number::Number;
use crate::out::Out;
use core::marker::PhantomData;
use core::{iter, ptr, slice};

/// Where a walk is inside of a row: plain numbers, kept from read to read.
#[derive(Clone, Copy)]
pub(crate) struct At {
    /// Which of the row's families; rows that are not open have one.
    pub(crate) family: u32,
    /// For the row's own use; set to 0 where a family begins. For a family of cells: number of the
    /// record behind the current series.
    pub(crate) series: u32,
    /// How far the series is loaded: [`Part::START`] where [`Open::next`] is to begin one.
    pub(crate) part: Part,
    /// The sample of the current line.
    pub(crate) item: Item,
    /// For the row's own use, such as how much of the scratch memory holds what. 0 where a row begins.
    pub(crate) kept: [u16; 2],
}

impl At {
    /// Before the first family of a row. No constant: to copy one is a call of `memcpy`, for a small target
    /// 1 kB.
    #[inline]
    pub(crate) fn start() -> Self {
        let zero = Number::unsigned(0);
        // Of no use yet. Without a bound so many zeros would lie side by side that to set them were a call.
        let item = Item { bound: Some(zero), ..Item::plain("", zero) };
        Self { family: 0, series: 0, part: Part::done(), item, kept: [0; 2] }
    }

    /// To where a row begins. The item stays: there is no line that shows it.
    pub(crate) fn restart(&mut self) {
        self.family = 0;
        self.kept = [0; 2];
        self.restart_family();
    }

    fn restart_family(&mut self) {
        self.series = 0;
        // All of it, where [`Open::advance`] comes to it.
        self.part.last = true;
    }
}

/// Memory that a reader lends for what may change while a line is written in parts. It holds what was
/// put there until the row at hand puts something else; between rows it holds nothing.
#[derive(Clone, Copy)]
pub(crate) struct Scratch<'e> {
    start: *mut u8,
    size: usize,
    marker: PhantomData<&'e mut [u8]>,
}

impl<'e> Scratch<'e> {
    pub(crate) const NONE: Self =
        Self { start: ptr::NonNull::dangling().as_ptr(), size: 0, marker: PhantomData };

    /// # Safety
    ///
    /// Nothing else uses `memory` while this is used: its lifetime is lost here, because it has nothing
    /// to do with that of the table.
    pub(crate) unsafe fn new(memory: &mut [u8]) -> Self {
        Self { start: memory.as_mut_ptr(), size: memory.len(), marker: PhantomData }
    }

    pub(crate) fn size(self) -> usize {
        self.size
    }

    /// Puts `bytes` to position `at` on; `None`, and nothing is put, where there is no room, else the
    /// position behind it.
    pub(crate) fn put(self, at: usize, bytes: &[u8]) -> Option<usize> {
        let end = at.checked_add(bytes.len()).filter(|end| *end <= self.size)?;
        // SAFETY: inside the memory, which is the row's to write; shared slices of it are of what was
        // put before, elsewhere (see `get`).
        unsafe { ptr::copy(bytes.as_ptr(), self.start.add(at), bytes.len()) };
        Some(end)
    }

    /// What was put from position `at` on, cut to what there is.
    ///
    /// # Safety
    ///
    /// It was put there, and is not put anew while the slice lives.
    pub(crate) unsafe fn get(self, at: usize, len: usize) -> &'e [u8] {
        let at = at.min(self.size);
        // SAFETY: inside the memory, and initialised by the caller's promise.
        unsafe { slice::from_raw_parts(self.start.add(at), len.min(self.size - at)) }
    }
}

/// What a reader brings along for the time of one read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'e> {
    pub(crate) scratch: Scratch<'e>,
    /// Whether creation times are samples of their family, and exemplars may be written: so in
    /// OpenMetrics. In text the times are a family of their own.
    pub(crate) rich: bool,
    /// Which families are wanted; all if not said.
    pub(crate) only: Option<Only<'e>>,
    /// The page and the row's place on it, where [`Open::enter`] and [`Open::next`] are called; nameless
    /// on this floor.
    pub(crate) page: *const (),
}

impl Reading<'_> {
    pub(crate) const PLAIN: Self =
        Self { scratch: Scratch::NONE, rich: false, only: None, page: ptr::null() };
}

/// A choice of families, by names of theirs or of their samples. No trait object: the function is found where
/// names are chosen, so that a reader that has none to give links nothing that compares them.
#[derive(Clone, Copy)]
pub(crate) struct Only<'e> {
    names: *const (),
    wants: Wants,
    marker: PhantomData<&'e ()>,
}

/// Whether a family with these prefixes, this name and this type is among the names. The caller vouches that
/// they are what the function takes.
pub(crate) type Wants = unsafe fn(*const (), Option<&dyn Prefixes>, &[u8], Type) -> bool;

impl Only<'_> {
    /// # Safety
    ///
    /// `names` is what `wants` takes, and lives while this is used.
    pub(crate) unsafe fn new(names: *const (), wants: Wants) -> Self {
        Self { names, wants, marker: PhantomData }
    }

    /// The same without its lifetime, which has nothing to do with that of the table.
    ///
    /// # Safety
    ///
    /// The names live while this is used.
    pub(crate) unsafe fn kept<'k>(self) -> Only<'k> {
        Only { names: self.names, wants: self.wants, marker: PhantomData }
    }

    /// Whether a family with these prefixes, this name and this type is among them.
    pub(crate) fn wants(self, prefixes: Option<&dyn Prefixes>, name: &[u8], of: Type) -> bool {
        // SAFETY: the promise of `new`.
        unsafe { (self.wants)(self.names, prefixes, name, of) }
    }
}

/// The parts of a family's name, prefixes first.
pub(crate) fn name_parts<'p>(
    prefixes: Option<&'p dyn Prefixes>,
    name: &'p [u8],
) -> impl Iterator<Item = &'p [u8]> {
    let around = (0..).map_while(move |level| prefixes?.around(level));
    around.map(|(prefix, _)| prefix).chain(iter::once(name))
}

/// What the metadata of a family tell.
#[derive(Clone, Copy)]
pub(crate) struct Head<'r> {
    /// Without prefixes and without the suffix of its type.
    pub(crate) name: &'r [u8],
    pub(crate) help: &'r [u8],
    pub(crate) of: Type,
    pub(crate) in_text: &'static InText,
    /// Length of the unit, which is the end of the name; 0 where it is not said.
    pub(crate) unit_len: u8,
    /// Whether a line may be written without looks at the buffer's end: if the kind has no labels of its own; of
    /// open rows, if its labels are all given by [`Open::labels`], and it has no tail.
    pub(crate) is_plain: bool,
}

impl<'r> Head<'r> {
    /// What the row itself says.
    #[inline]
    pub(crate) fn of(row: &Declared<'r>) -> Self {
        // Small cores always look at the buffer's end.
        let (of, is_plain) = (row.kind().of, !COMPACT && row.kind().labels().is_none());
        let in_text = row.kind().in_text;
        Self { name: row.name(), help: row.help(), of, in_text, unit_len: row.unit_len, is_plain }
    }

    /// The unit that was said, and ends the name.
    pub(crate) fn unit(&self) -> &'r [u8] {
        self.name.get(self.name.len().saturating_sub(self.unit_len.into())..).unwrap_or_default()
    }
}

/// What the text format puts behind the name of a family of creation times.
pub(crate) const CREATED: &str = "_created";

/// A row that tells by itself what it has.
///
/// The walk calls [`enter`](Self::enter) for each of the row's families, from number 0 on, and
/// [`next`](Self::next) for each of its samples, once each on a page. All other functions may be called
/// any number of times in between and must give the same each time: they only read what these two
/// loaded into `at` and into the scratch memory.
pub(crate) trait Open: Sync {
    /// Comes to family `at.family`; `false` where the row has no more.
    fn enter(&self, at: &mut At, reading: &Reading<'_>) -> bool;

    /// What the family is called; `head` says what the row itself says.
    fn head<'r>(&'r self, at: &At, reading: &Reading<'r>, head: &mut Head<'r>);

    /// Loads the next sample into `at.item`; `false` behind the last.
    fn next(&self, at: &mut At, reading: &Reading<'_>) -> bool;

    /// The labels of the sample as they stand on the page, `{method="GET",code="200`, where they lie in
    /// memory like that.
    fn labels<'r>(&'r self, _at: &At, _reading: &Reading<'r>) -> &'r [u8] {
        &[]
    }

    /// Label `number` of the sample, as name and value; an empty name stands for the metric's own, with
    /// its prefixes. Those that [`labels`](Self::labels) gives are among them; if it gives any, the kind
    /// says that it has no labels to be written one by one.
    fn label<'r>(&'r self, at: &At, reading: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>>;

    /// Writes what stands behind the value: timestamp and exemplar.
    fn tail(&self, _at: &At, _reading: &Reading<'_>, _out: &mut Out<'_>) {}

    /// Record `number` of a family comes to life: it is new, or returns, and is not on the page yet.
    fn born(&self, _number: u32) {}

    // What the walk calls is put together here, so that only a program with such rows links it.

    /// Comes to the first family that is wanted, from number `at.family` on; `false` where there is none.
    fn enter_wanted(
        &self,
        at: &mut At,
        reading: &Reading<'_>,
        row: &Declared<'_>,
        prefixes: &dyn Prefixes,
    ) -> bool {
        loop {
            at.restart_family();
            if !self.enter(at, reading) {
                return false;
            }
            let is_wanted = |only: Only<'_>| {
                let head = self.head_of(at, reading, row);
                // Creation times are samples of the metric, which text shows as a gauge of their own.
                let of = if head.in_text.suffix == CREATED { row.kind().of } else { head.of };
                only.wants(Some(prefixes), head.name, of)
            };
            if reading.only.is_none_or(is_wanted) {
                return true;
            }
            at.family += 1;
        }
    }

    /// What the family is called, given what the row says.
    fn head_of<'r>(&'r self, at: &At, reading: &Reading<'r>, row: &Declared<'r>) -> Head<'r> {
        let mut head = Head::of(row);
        self.head(at, reading, &mut head);
        head
    }

    /// Loads the next sample and gives its labels; behind the last it goes to the next family.
    fn advance<'r>(&'r self, new: bool, at: &mut At, reading: &Reading<'r>) -> Option<&'r [u8]> {
        // The row itself says when a series begins.
        if new {
            at.part = Part::done();
        }
        if self.next(at, reading) {
            return Some(self.labels(at, reading));
        }
        at.family += 1;
        None
    }

    /// Whether a bucket's bound is negative, in the series at hand or, before the first, in any.
    fn has_negative_bound(&self, _at: &At) -> bool {
        false
    }
}
