//! The walk over all families and samples of a source: what every format and every consumer shares.

use crate::atomic::COMPACT;
use crate::buckets::Bounds;
use crate::families::series::Series;
use crate::kind::{Item, Kind, Labelled, Part, Type};
use crate::label::LabelName;
use crate::name_hash::{HASH_SEED, NameHashes, hash_bytes, hash_name};
use crate::numbers::number::Number;
use crate::open::{At, Head, Reading};
use crate::out::Out;
use crate::reclaimed::Seen;
use crate::refusals::REFUSED;
use crate::tables::group::{Group, Place};
#[cfg(feature = "std")]
use crate::tables::list::Held;
use crate::tables::list::{Groups, Position};
use crate::tables::metric::{Metric, Target};
use crate::tables::registry::Registry;
use core::ptr;

/// What can be exposed: a [`Group`], a [`Registry`] or the `default_registry`.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The first group.
    group: &'a Group<'a>,
    /// The groups behind it, where there are any.
    rest: Option<Groups<'a>>,
}

/// What keeps the groups of a source where they are, where they could leave.
#[cfg(feature = "std")]
pub(crate) type Hold<'a> = Option<Held<'a>>;

static EMPTY: Group<'static> = Group::new(&[]);

impl<'a> From<&'a Group<'a>> for Source<'a> {
    fn from(group: &'a Group<'a>) -> Self {
        Self { group, rest: group.list() }
    }
}

impl<'s, 'a: 's> From<&'s Registry<'a>> for Source<'s> {
    fn from(registry: &'s Registry<'a>) -> Self {
        registry.groups().into()
    }
}

impl<'a> From<Groups<'a>> for Source<'a> {
    fn from(groups: Groups<'a>) -> Self {
        Self { group: &EMPTY, rest: Some(groups) }
    }
}

impl<'a> Source<'a> {
    /// Before the groups behind the first.
    fn start(self) -> Position {
        self.rest.map_or(Position::END, Groups::start)
    }

    /// The group at this position, which moves behind it.
    fn next(self, position: &mut Position) -> Option<&'a Group<'a>> {
        self.rest?.next(position)
    }

    /// Keeps groups from leaving until what is given is dropped; `None` where one is just doing so.
    #[cfg(feature = "std")]
    pub(crate) fn hold(self) -> Option<Hold<'a>> {
        match self.rest {
            Some(groups) => groups.hold().map(Some),
            None => Some(None),
        }
    }

    /// Whether a histogram declares a bound below 0.
    #[cfg(feature = "http")]
    pub(crate) fn has_negative_bound(self) -> bool {
        let (mut place, mut position) = (Place::start(self.group), self.start());
        loop {
            while let Some(metric) = place.settle() {
                if Row::new(metric).has_negative_bound(&At::start()) {
                    return true;
                }
                place.step();
            }
            let Some(group) = self.next(&mut position) else { return false };
            place.restart(group);
        }
    }
}

/// What stands around an open row while it is asked.
#[derive(Clone)]
pub(crate) struct Page<'a> {
    source: Source<'a>,
    pub(crate) place: Place<'a>,
}

impl<'a> Page<'a> {
    /// That of a row which is being asked.
    pub(crate) fn of<'e>(reading: &'e Reading<'a>) -> Option<&'e Self> {
        // SAFETY: null, or from the walk, which has it there until the row has answered.
        unsafe { reading.page.cast::<Self>().as_ref() }
    }

    /// Whether a row of the page exposes a name that a family of this hash and type exposes too.
    pub(crate) fn exposes(&self, names: &NameHashes) -> bool {
        let (mut place, mut position) = (Place::start(self.source.group), self.source.start());
        if names.clash(hash_bytes(HASH_SEED, REFUSED.as_bytes()), Type::Counter) {
            return true;
        }
        loop {
            while let Some(row) = place.settle() {
                if names.clash(hash_name(&place, row), row.kind().of) {
                    return true;
                }
                place.step();
            }
            let Some(group) = self.source.next(&mut position) else { return false };
            place.restart(group);
        }
    }
}

/// What is written in one piece, all about the row at which the walk is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Before the first.
    Start,
    /// The metadata of a family.
    Head,
    /// A sample of a family.
    Line,
    /// The metadata of the library's own family of refusals, which stands outside of all groups.
    OwnHead,
    /// The number of refusals of a family.
    OwnLine,
    /// Nothing more.
    End,
}

/// Small enough that what else a line holds can be added to it.
const MOST: usize = usize::MAX / 2;

/// A row, with what is read from its table once for all its samples.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    metric: &'a Metric<'a>,
    /// What the metadata of the family tell.
    pub(crate) head: Head<'a>,
    pub(crate) kind: &'static Kind,
    value: Target<'a>,
    /// Most bytes of a line without its labels and what belongs to the sample.
    pub(crate) bound: usize,
}

impl<'a> Row<'a> {
    #[inline]
    fn new(metric: &'a Metric<'a>) -> Self {
        let (kind, value, head) = (metric.kind(), metric.read(), Head::of(metric.declared()));
        Self { metric, head, kind, value, bound: 0 }
    }

    /// Whether its buckets begin below 0.
    pub(crate) fn has_negative_bound(&self, at: &At) -> bool {
        let bounds = match self.value {
            Target::Cell(_, bounds) => bounds,
            Target::Family(family) => family.bounds(),
            Target::Group(_) => Bounds::NONE,
            Target::Open(open) => return open.has_negative_bound(at),
        };
        // SAFETY: the row's kind goes with its value.
        unsafe { self.kind.begins_below_zero(&bounds) }
    }

    /// A sample of it, for the labels of the kind's own.
    pub(crate) fn labelled<'r>(&'r self, at: &'r At, reading: &'r Reading<'a>) -> Labelled<'r> {
        Labelled { row: self.metric.declared(), at, reading }
    }

    /// Writes what stands behind the value of a sample.
    pub(crate) fn write_tail(&self, at: &At, reading: &Reading<'a>, out: &mut Out<'_>) {
        if let Target::Open(open) = self.value {
            open.tail(at, reading, out);
        }
    }

    /// How many series it refused, where it is a family.
    fn refused(&self) -> Option<u64> {
        // SAFETY: the kind goes with the value.
        self.kind.family().map(|family| unsafe { (family.refused)(self.metric.declared().value) })
    }

    /// Label names, where it is a family.
    pub(crate) fn names(&self) -> &'a [LabelName<'static>] {
        match self.value {
            Target::Family(family) => family.names(),
            _ => &[],
        }
    }
}

/// What lies at the walk's place, found again when a read begins.
pub(crate) struct Here<'a> {
    pub(crate) reading: Reading<'a>,
    /// Whether no enclosing group has a prefix or constant labels.
    plain: bool,
    pub(crate) row: Option<Row<'a>>,
    /// The labels of the current line as they stand on the page, where it is one of a family.
    pub(crate) labels: &'a [u8],
}

impl<'a> Here<'a> {
    /// Before the first [look](Walk::look).
    pub(crate) const fn new(reading: Reading<'a>) -> Self {
        Self { reading, plain: false, row: None, labels: &[] }
    }

    /// Whether no enclosing group has a prefix or constant labels; small cores do not find out.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        !COMPACT && self.plain
    }
}

/// A position in the walk. It knows no format; values are loaded here, once each.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    pub(crate) page: Page<'a>,
    /// Behind the group that is walked.
    position: Position,
    unit: Unit,
    /// Of the families that were passed, if any.
    pub(crate) own: Option<&'static Head<'static>>,
    pub(crate) at: At,
    seen: Seen,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(source: Source<'a>) -> Self {
        Self {
            page: Page { source, place: Place::start(source.group) },
            position: source.start(),
            unit: Unit::Start,
            own: None,
            at: At::start(),
            seen: Seen::new(),
        }
    }

    /// Finds out what lies at this place; keep it between calls of [`advance`](Self::advance).
    ///
    /// It is filled where it lies: moving it would be a call of `memcpy`, for a small target 1 kB.
    #[inline]
    pub(crate) fn look(&mut self, here: &mut Here<'a>) {
        self.settle(here);
        match (self.unit, &here.row) {
            (Unit::Start, _) => self.next_row(here),
            (Unit::Line, Some(row)) => {
                self.watch(row.metric);
                here.labels = match row.value {
                    Target::Open(open) => open.labels(&self.at, &here.reading),
                    Target::Family(family) => {
                        let mut labels: &[u8] = &[];
                        family.come_to(row.kind, false, &mut self.at.series, &mut labels);
                        labels
                    }
                    _ => &[],
                };
            }
            _ => {}
        }
    }

    /// To the row at this place, or to the next one.
    fn settle(&mut self, here: &mut Here<'a>) {
        let metric = loop {
            let metric = self.page.place.settle();
            if metric.is_some() {
                break metric;
            }
            let Some(group) = self.page.source.next(&mut self.position) else { break None };
            self.page.place.restart(group);
        };
        // In place: to move so much is a call of `memcpy`, for a small target 1 kB.
        let Some(metric) = metric else { return here.row = None };
        let row = here.row.insert(Row::new(metric));
        if let Target::Open(open) = row.value {
            open.head(&self.at, &here.reading, &mut row.head);
        }
        if !COMPACT {
            here.plain = self.page.place.is_plain();
            // Written without a look at the buffer's end are only labels that are known before.
            row.bound = match row.head.is_plain {
                true if here.plain => row.head.name.len(),
                true => self.page.place.bound().min(MOST) + row.head.name.len(),
                false => MOST,
            };
        }
    }

    #[inline(never)]
    fn step(&mut self, here: &mut Here<'a>) {
        self.page.place.step();
        self.at.restart();
        self.settle(here);
    }

    /// To the first family of the row that is wanted, from number `at.family` on; `false` where there
    /// is none.
    fn enter_wanted(&mut self, here: &mut Here<'a>) -> bool {
        let Some(row) = &here.row else { return false };
        if let Target::Open(open) = row.value {
            here.reading.page = (&raw const self.page).cast();
            let entered = open.enter_wanted(
                &mut self.at,
                &here.reading,
                row.metric.declared(),
                &self.page.place,
            );
            here.reading.page = ptr::null();
            if entered {
                self.settle(here);
            }
            return entered;
        }
        here.reading
            .only
            .is_none_or(|only| only.wants(Some(&self.page.place), row.head.name, row.head.of))
    }

    /// The series of the current line, where it is one of a family.
    pub(crate) fn series(&self, row: &Row<'a>) -> Option<Series> {
        match row.value {
            Target::Family(family) => Some(family.series(self.at.series - 1)),
            _ => None,
        }
    }

    /// Passes over the samples that the current series has still to give.
    pub(crate) fn leave_series(&mut self) {
        self.at.part.last = true;
    }

    /// The unit at this place, the same until it is advanced.
    #[inline]
    pub(crate) fn unit(&self) -> Unit {
        self.unit
    }

    /// Moves to the next unit.
    #[inline]
    pub(crate) fn advance(&mut self, here: &mut Here<'a>) {
        if self.unit != Unit::Line {
            if self.unit != Unit::Head {
                return self.advance_own(here);
            }
            self.unit = Unit::Line;
        }
        self.next_sample(here);
    }

    /// From a unit of the library's own family; no other comes here.
    #[cold]
    #[inline(never)]
    fn advance_own(&mut self, here: &mut Here<'a>) {
        if self.unit == Unit::OwnHead {
            // What joined meanwhile stays unseen.
            self.position.at = self.page.source.start().at;
            self.page.place.restart(self.page.source.group);
            self.settle(here);
        } else {
            self.step(here);
        }
        while let Some(row) = &here.row {
            if let Some(count) = row.refused() {
                self.at.item = Item::plain("_total", Number::unsigned(count));
                self.unit = Unit::OwnLine;
                return;
            }
            self.step(here);
        }
        self.unit = Unit::End;
    }

    /// To the first family that is wanted from this place on.
    fn next_row(&mut self, here: &mut Here<'a>) {
        here.labels = &[];
        while let Some(row) = &here.row {
            if let Some(family) = row.kind.family() {
                self.own = Some(family.refusals);
            }
            if self.enter_wanted(here) {
                self.unit = Unit::Head;
                return;
            }
            self.step(here);
        }
        let is_wanted = |own: &Head<'_>| {
            here.reading.only.is_none_or(|only| only.wants(None, own.name, own.of))
        };
        let own = self.own.is_some_and(is_wanted);
        self.unit = if own { Unit::OwnHead } else { Unit::End };
    }

    #[inline(always)]
    fn next_sample(&mut self, here: &mut Here<'a>) {
        let Some(row) = &here.row else { return };
        self.watch(row.metric);
        let at = &mut self.at;
        let new = at.part.last;
        if new {
            at.part = Part::START;
        }
        let (cell, bounds) = match row.value {
            Target::Family(family) => {
                let cell = family.come_to(row.kind, new, &mut at.series, &mut here.labels);
                if cell.is_null() {
                    return self.leave_row(here);
                }
                (cell, family.bounds())
            }
            // The one series of a metric without labels.
            Target::Open(_) => return self.next_open(new, here),
            _ if new && at.series > 0 => return self.leave_row(here),
            Target::Cell(cell, bounds) => {
                at.series = 1;
                (cell, bounds)
            }
            Target::Group(_) => return,
        };
        // SAFETY: the row's kind and bounds go with its cell.
        unsafe { (row.kind.load)(cell, &bounds, &mut at.part, &mut at.item) };
    }

    /// In debug builds, sees to it that the family at hand is not reclaimed.
    #[inline(always)]
    fn watch(&mut self, metric: &Metric<'_>) {
        if cfg!(debug_assertions)
            && let Target::Family(family) = metric.value()
        {
            match self.at.series {
                0 => self.seen.enter(family.head.cast()),
                _ => self.seen.check(family.head.cast()),
            }
        }
    }

    /// Out of line: what every line goes through has no room for it.
    #[inline(never)]
    fn next_open(&mut self, new: bool, here: &mut Here<'a>) {
        let Some(Row { value: Target::Open(open), .. }) = here.row else { return };
        here.reading.page = (&raw const self.page).cast();
        let labels = open.advance(new, &mut self.at, &here.reading);
        here.reading.page = ptr::null();
        match labels {
            Some(labels) => here.labels = labels,
            None => self.next_row(here),
        }
    }

    #[cold]
    #[inline(never)]
    fn leave_row(&mut self, here: &mut Here<'a>) {
        self.step(here);
        self.next_row(here);
    }
}
