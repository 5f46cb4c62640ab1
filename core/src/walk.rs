//! The walk over all families and samples of a source: what every format and every consumer shares.

use crate::atomic::COMPACT;
use crate::buckets::Bounds;
use crate::check::REFUSED;
use crate::compare;
use crate::group::{Group, Place};
use crate::kind::{Item, Kind, OwnLabel, Part, Type};
use crate::label::LabelName;
use crate::metric::{Metric, Target};
use crate::number::Number;
use crate::registry::{Node, Registry};
use crate::series::Series;
use core::ptr;

/// What can be exposed: a [`Group`] or a [`Registry`].
#[derive(Clone, Copy)]
pub struct Source<'a> {
    group: &'a Group<'a>,
    /// Groups of a registry behind the first.
    rest: Option<&'a Node<'a>>,
}

impl<'a> From<&'a Group<'a>> for Source<'a> {
    fn from(group: &'a Group<'a>) -> Self {
        Self { group, rest: None }
    }
}

impl<'a> From<&'a Registry<'a>> for Source<'a> {
    fn from(registry: &'a Registry<'a>) -> Self {
        static EMPTY: Group<'static> = Group::new(&[]);
        match registry.newest() {
            Some(node) => Self { group: node.group(), rest: node.next() },
            None => Self { group: &EMPTY, rest: None },
        }
    }
}

impl<'a> Source<'a> {
    /// Whether a histogram declares a bound below 0.
    #[cfg(feature = "http")]
    pub(crate) fn has_negative_bound(self) -> bool {
        let (mut place, mut rest) = (Place::start(self.group), self.rest);
        loop {
            while let Some(metric) = place.settle() {
                if Row::new(metric, &place).has_negative_bound() {
                    return true;
                }
                place.step();
            }
            let Some(node) = rest else { return false };
            place.restart(node.group());
            rest = node.next();
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

/// A row, with what is read from its table once for all its samples.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    metric: &'a Metric<'a>,
    pub(crate) name: &'a [u8],
    pub(crate) kind: &'static Kind,
    value: Target<'a>,
    /// Most bytes of a line without its labels and what belongs to the sample.
    pub(crate) bound: usize,
}

impl<'a> Row<'a> {
    fn new(metric: &'a Metric<'a>, place: &Place<'a>) -> Self {
        let name = metric.name();
        // Small enough that what else a line holds can be added to it.
        let kind = metric.kind();
        let most = usize::MAX / 2;
        let bound = match kind.labels {
            _ if COMPACT => 0,
            // Written without a look at the buffer's end are only labels that are known before.
            Some(_) => most,
            None => place.bound().min(most) + name.len(),
        };
        Self { metric, name, kind, value: metric.value(), bound }
    }

    pub(crate) fn help(&self) -> &'a [u8] {
        self.metric.help()
    }

    /// Whether its buckets begin below 0.
    pub(crate) fn has_negative_bound(&self) -> bool {
        let bounds = match self.value {
            Target::Cell(_, bounds) => bounds,
            Target::Family(family) => family.bounds(),
            Target::Group(_) => Bounds::NONE,
        };
        // SAFETY: the row's kind says what its bounds are.
        !self.kind.ticks
            && unsafe { bounds.floats() }.first().is_some_and(|&b| compare::less(b, 0.0))
    }

    /// The cell of its one series; null where it is a family, whose kind has no labels of its own.
    pub(crate) fn cell(&self) -> *const () {
        match self.value {
            Target::Cell(cell, _) => cell,
            _ => ptr::null(),
        }
    }

    /// Label `at` of those that the kind itself puts onto sample number `sample`.
    pub(crate) fn own_label(&self, sample: u32, at: u32) -> Option<OwnLabel> {
        // SAFETY: the kind goes with its cell.
        self.kind.labels.and_then(|labels| unsafe { (labels.of)(self.cell(), sample, at) })
    }

    /// Label names, where it is a family.
    pub(crate) fn names(&self) -> &'a [LabelName<'static>] {
        match self.value {
            Target::Family(family) => family.names(),
            _ => &[],
        }
    }
}

/// Name, help and type of the library's own family.
pub(crate) const OWN_NAME: &str = REFUSED;
pub(crate) const OWN_HELP: &str =
    "Series that a family of this process refused to add, by the family's name.";
pub(crate) const OWN_TYPE: Type = Type::Counter;

/// What lies at the walk's place, found again when a read begins.
pub(crate) struct Here<'a> {
    /// Whether no enclosing group has a prefix or constant labels.
    pub(crate) plain: bool,
    pub(crate) row: Option<Row<'a>>,
    /// The labels of the current line as they stand on the page, where it is one of a family.
    pub(crate) labels: &'a [u8],
}

impl Here<'_> {
    /// Before the first [look](Walk::look).
    pub(crate) const NOWHERE: Self = Self { plain: false, row: None, labels: &[] };
}

/// A position in the walk. It knows no format; values are loaded here, once each.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    source: Source<'a>,
    /// The registry's groups behind the one that is walked.
    rest: Option<&'a Node<'a>>,
    pub(crate) place: Place<'a>,
    unit: Unit,
    any_family: bool,
    /// Number of the record behind the current series.
    series: u32,
    part: Part,
    /// The sample of the current line.
    pub(crate) item: Item,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(source: Source<'a>) -> Self {
        Self {
            source,
            rest: source.rest,
            place: Place::start(source.group),
            unit: Unit::Start,
            any_family: false,
            series: 0,
            part: Part::DONE,
            item: Item::plain("", Number::unsigned(0)),
        }
    }

    /// Finds out what lies at this place; keep it between calls of [`advance`](Self::advance).
    ///
    /// It is filled where it lies: moving it would be a call of `memcpy`, for a small target 1 kB.
    #[inline]
    pub(crate) fn look(&mut self, here: &mut Here<'a>) {
        self.settle(here);
        match (self.unit, &here.row) {
            (Unit::Start, _) => self.next_row(here, Unit::Head),
            (Unit::Line, Some(row)) => {
                here.labels = self.series(row).map_or(&[], |series| series.page_text(row.names()));
            }
            _ => {}
        }
    }

    /// To the row at this place, or to the next one.
    fn settle(&mut self, here: &mut Here<'a>) {
        here.row = self.place.settle().map(|metric| Row::new(metric, &self.place));
        here.plain = !COMPACT && self.place.is_plain();
    }

    fn step(&mut self, here: &mut Here<'a>) {
        self.place.step();
        self.settle(here);
    }

    /// The series of the current line, where it is one of a family.
    pub(crate) fn series(&self, row: &Row<'a>) -> Option<Series> {
        match row.value {
            Target::Family(family) => Some(family.series(self.series - 1)),
            _ => None,
        }
    }

    /// Which sample of its series is that of the current line, from 0 on.
    #[inline]
    pub(crate) fn sample_index(&self) -> u32 {
        self.part.index.wrapping_sub(1)
    }

    /// Passes over the samples that the current series has still to give.
    pub(crate) fn leave_series(&mut self) {
        self.part.last = true;
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
            self.series = 0;
            self.part = Part::DONE;
        }
        self.next_sample(here);
    }

    #[cold]
    #[inline(never)]
    fn advance_own(&mut self, here: &mut Here<'a>) {
        match self.unit {
            Unit::OwnHead => self.go_to(self.source.group, self.source.rest, here),
            Unit::OwnLine => self.step(here),
            Unit::Start | Unit::Head | Unit::Line | Unit::End => return,
        }
        self.next_row(here, Unit::OwnLine);
    }

    fn go_to(&mut self, group: &'a Group<'a>, rest: Option<&'a Node<'a>>, here: &mut Here<'a>) {
        self.rest = rest;
        self.place.restart(group);
        self.settle(here);
    }

    /// To the first unit of this sort from this place on.
    fn next_row(&mut self, here: &mut Here<'a>, unit: Unit) {
        here.labels = &[];
        loop {
            while let Some(row) = &here.row {
                match (row.value, unit) {
                    (Target::Family(family), Unit::OwnLine) => {
                        self.item = Item::plain("_total", Number::unsigned(family.refused()));
                        self.unit = unit;
                        return;
                    }
                    (_, Unit::OwnLine) => self.step(here),
                    (value, _) => {
                        self.any_family |= matches!(value, Target::Family(_));
                        self.unit = unit;
                        return;
                    }
                }
            }
            let Some(node) = self.rest else { break };
            self.go_to(node.group(), node.next(), here);
        }
        let own = unit == Unit::Head && self.any_family;
        self.unit = if own { Unit::OwnHead } else { Unit::End };
    }

    #[inline(always)]
    fn next_sample(&mut self, here: &mut Here<'a>) {
        let Some(row) = &here.row else { return };
        let new = self.part.last;
        if new {
            self.part = Part::START;
        }
        let (cell, bounds) = match row.value {
            Target::Family(family) => {
                if new && !family.next_live(&mut self.series) {
                    return self.leave_row(here);
                }
                let series = family.series(self.series - 1);
                here.labels = series.page_text(family.names());
                (series.cell, family.bounds())
            }
            // The one series of a metric without labels.
            _ if new && self.series > 0 => return self.leave_row(here),
            Target::Cell(cell, bounds) => {
                self.series = 1;
                (cell, bounds)
            }
            Target::Group(_) => return,
        };
        // SAFETY: the row's kind and bounds go with its cell.
        unsafe { (row.kind.load)(cell, &bounds, &mut self.part, &mut self.item) };
    }

    #[cold]
    #[inline(never)]
    fn leave_row(&mut self, here: &mut Here<'a>) {
        self.step(here);
        self.next_row(here, Unit::Head);
    }
}
