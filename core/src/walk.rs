//! The walk over all families and samples of a source: what every format and every consumer shares.

use crate::check::REFUSED;
use crate::family::{AnyFamily, Series};
use crate::group::{Group, Path, Place};
use crate::kind::{Cells, Item, Kind, Part, Type};
use crate::metric::{Metric, Target};
use crate::number::Number;
use crate::registry::{Node, Registry};

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

/// What is written in one piece.
#[derive(Clone, Copy)]
pub(crate) enum Unit<'a> {
    /// The metadata of the family at this row.
    Head(Row<'a>),
    /// A sample of the family at this row.
    Line(Row<'a>, Option<(&'a AnyFamily, Series)>, Item),
    /// The metadata of the library's own family of refusals, which stands outside of all groups.
    OwnHead,
    /// The number of refusals of the family at this row.
    OwnLine(Row<'a>, Item),
}

/// A row, with what is read from its table once for all its samples.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    metric: &'a Metric<'a>,
    pub(crate) name: &'a [u8],
    pub(crate) kind: &'static Kind,
    value: Target<'a>,
}

impl<'a> Row<'a> {
    fn new(metric: &'a Metric<'a>) -> Self {
        Self { metric, name: metric.name(), kind: metric.kind(), value: metric.value() }
    }

    pub(crate) fn help(&self) -> &'a [u8] {
        self.metric.help()
    }
}

/// Name, help and type of the library's own family.
pub(crate) const OWN_NAME: &str = REFUSED;
pub(crate) const OWN_HELP: &str =
    "Series that a family of this process refused to add, by the family's name.";
pub(crate) const OWN_TYPE: Type = Type::Counter;

/// Where the walk is, found again from its position when a read begins.
pub(crate) struct Here<'a> {
    pub(crate) place: Place<'a>,
    /// Whether no enclosing group has a prefix or constant labels.
    pub(crate) plain: bool,
    row: Option<Row<'a>>,
}

impl<'a> Here<'a> {
    fn at(group: &'a Group<'a>, path: Path) -> Self {
        let mut here = Self { place: Place::at(group, path), plain: false, row: None };
        here.settle();
        here
    }

    /// To the row at this place, or to the next one.
    fn settle(&mut self) {
        self.row = self.place.settle().map(Row::new);
        self.plain = self.place.is_plain();
    }

    fn step(&mut self) {
        self.place.step();
        self.settle();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Start,
    Head,
    Samples,
    /// Once more over all families, for the counts of their refusals.
    OwnHead,
    OwnSamples,
    End,
}

/// A position in the walk. It knows no format; values are loaded here, once each.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    source: Source<'a>,
    /// The group that is walked, and the registry's groups behind it.
    at: Source<'a>,
    path: Path,
    stage: Stage,
    any_family: bool,
    /// Number of the record behind the current series.
    series: u32,
    part: Part,
    item: Item,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(source: Source<'a>) -> Self {
        Self {
            source,
            at: source,
            path: Path::START,
            stage: Stage::Start,
            any_family: false,
            series: 0,
            part: Part::DONE,
            item: Item::plain("", Number::unsigned(0)),
        }
    }

    /// Where the walk is; keep it between calls of [`advance`](Self::advance).
    pub(crate) fn here(&self) -> Here<'a> {
        Here::at(self.at.group, self.path)
    }

    /// The unit at this place, the same each time; the first one to begin with.
    pub(crate) fn current(&mut self, here: &mut Here<'a>) -> Option<Unit<'a>> {
        match (self.stage, here.row) {
            (Stage::Start, _) => self.next_row(here, Stage::Head),
            (Stage::Head, Some(row)) => Some(Unit::Head(row)),
            (Stage::Samples, Some(row)) => {
                let family = match row.value {
                    Target::Family(family) => Some((family, family.series(self.series - 1))),
                    _ => None,
                };
                Some(Unit::Line(row, family, self.item))
            }
            (Stage::OwnHead, _) => Some(Unit::OwnHead),
            (Stage::OwnSamples, Some(row)) => Some(Unit::OwnLine(row, self.item)),
            _ => None,
        }
    }

    /// Moves to the next unit.
    #[inline]
    pub(crate) fn advance(&mut self, here: &mut Here<'a>) -> Option<Unit<'a>> {
        match (self.stage, here.row) {
            (Stage::Samples, Some(row)) => self.next_sample(here, row),
            (Stage::Head, Some(row)) => {
                self.stage = Stage::Samples;
                self.series = 0;
                self.part = Part::DONE;
                self.next_sample(here, row)
            }
            (Stage::OwnHead, _) => {
                self.go_to(self.source, here);
                self.next_row(here, Stage::OwnSamples)
            }
            (Stage::OwnSamples, _) => {
                here.step();
                self.next_row(here, Stage::OwnSamples)
            }
            _ => None,
        }
    }

    fn go_to(&mut self, source: Source<'a>, here: &mut Here<'a>) {
        self.at = source;
        *here = Here::at(source.group, Path::START);
    }

    /// The first unit of `stage` from this place on.
    fn next_row(&mut self, here: &mut Here<'a>, stage: Stage) -> Option<Unit<'a>> {
        self.stage = stage;
        loop {
            while let Some(row) = here.row {
                self.path = here.place.path();
                match (row.value, stage) {
                    (Target::Family(family), Stage::OwnSamples) => {
                        self.item = Item::plain("_total", Number::unsigned(family.refused()));
                        return Some(Unit::OwnLine(row, self.item));
                    }
                    (_, Stage::OwnSamples) => here.step(),
                    (value, _) => {
                        self.any_family |= matches!(value, Target::Family(_));
                        return Some(Unit::Head(row));
                    }
                }
            }
            let Some(node) = self.at.rest else { break };
            self.go_to(Source { group: node.group(), rest: node.next() }, here);
        }
        if stage == Stage::Head && self.any_family {
            self.stage = Stage::OwnHead;
            return Some(Unit::OwnHead);
        }
        self.stage = Stage::End;
        None
    }

    #[inline]
    fn next_sample(&mut self, here: &mut Here<'a>, row: Row<'a>) -> Option<Unit<'a>> {
        let new = self.part.last;
        if new {
            self.part = Part::START;
        }
        let (cells, family) = match row.value {
            Target::Family(family) => {
                if new && !family.next_live(&mut self.series) {
                    return self.leave_row(here);
                }
                let series = family.series(self.series - 1);
                (family.cells_of(series), Some((family, series)))
            }
            _ if new && self.series > 0 => return self.leave_row(here),
            Target::Histogram(histogram) => (histogram.cells(), None),
            Target::Cell(cell) => (Cells { cell, bounds: core::ptr::null(), bound_count: 0 }, None),
            Target::Group(_) => return None,
        };
        if family.is_none() {
            // The one series of a metric without labels.
            self.series = 1;
        }
        // SAFETY: the row's kind goes with its cells.
        self.item = unsafe { (row.kind.load)(cells, &mut self.part) };
        Some(Unit::Line(row, family, self.item))
    }

    fn leave_row(&mut self, here: &mut Here<'a>) -> Option<Unit<'a>> {
        here.step();
        self.next_row(here, Stage::Head)
    }
}
