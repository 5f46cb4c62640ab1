//! The walk over all families and samples of a source: what every format and every consumer shares.

use crate::check::REFUSED;
use crate::family::Series;
use crate::group::{Group, Path, Place};
use crate::kind::{Cells, Item, Part, Type};
use crate::label::LabelName;
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
            Some(node) => Self {
                group: node.group(),
                rest: node.next(),
            },
            None => Self {
                group: &EMPTY,
                rest: None,
            },
        }
    }
}

/// What is written in one piece: the metadata of a family, or one sample.
pub(crate) enum Unit<'a> {
    Head(Head<'a>),
    Line(Line<'a>),
}

/// The metadata of a family.
pub(crate) struct Head<'a> {
    /// The library's own family stands outside of all groups.
    pub(crate) own: bool,
    pub(crate) name: &'a [u8],
    pub(crate) help: &'a [u8],
    pub(crate) of: Type,
}

/// One sample.
pub(crate) struct Line<'a> {
    pub(crate) own: bool,
    pub(crate) name: &'a [u8],
    pub(crate) labels: Option<(&'a [LabelName<'static>], Series)>,
    /// A label `family` with the name of this row, in the library's own family.
    pub(crate) family: Option<&'a Metric<'a>>,
    pub(crate) item: Item,
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

    /// The place that the walk is at; keep it between calls of [`advance`](Self::advance).
    #[inline]
    pub(crate) fn place(&self) -> Place<'a> {
        Place::at(self.at.group, self.path)
    }

    /// The unit at this place, the same each time; the first one to begin with.
    pub(crate) fn current(&mut self, place: &mut Place<'a>) -> Option<Unit<'a>> {
        if self.stage == Stage::Start {
            return self.next_row(place, Stage::Head);
        }
        let row = place.settle();
        match (self.stage, row) {
            (Stage::Head, Some(row)) => Some(Self::head(row)),
            (Stage::Samples, Some(row)) => Some(self.line(row)),
            (Stage::OwnHead, _) => Some(Self::own_head()),
            (Stage::OwnSamples, Some(row)) => Some(self.own_line(row)),
            _ => None,
        }
    }

    /// Moves to the next unit.
    #[inline]
    pub(crate) fn advance(&mut self, place: &mut Place<'a>) -> Option<Unit<'a>> {
        match (self.stage, place.settle()) {
            (Stage::Head, Some(row)) => {
                self.stage = Stage::Samples;
                self.series = 0;
                self.part = Part::DONE;
                self.next_sample(place, row)
            }
            (Stage::Samples, Some(row)) => self.next_sample(place, row),
            (Stage::OwnHead, _) => {
                self.restart(place);
                self.next_row(place, Stage::OwnSamples)
            }
            (Stage::OwnSamples, Some(_)) => {
                place.step();
                self.next_row(place, Stage::OwnSamples)
            }
            _ => None,
        }
    }

    fn restart(&mut self, place: &mut Place<'a>) {
        self.at = self.source;
        *place = Place::at(self.at.group, Path::START);
    }

    /// The first unit of `stage` from this place on.
    fn next_row(&mut self, place: &mut Place<'a>, stage: Stage) -> Option<Unit<'a>> {
        self.stage = stage;
        loop {
            while let Some(row) = place.settle() {
                self.path = place.path();
                match (row.value(), stage) {
                    (Target::Family(family), Stage::OwnSamples) => {
                        self.item = Item::plain("_total", Number::unsigned(family.refused()));
                        return Some(self.own_line(row));
                    }
                    (_, Stage::OwnSamples) => place.step(),
                    (value, _) => {
                        self.any_family |= matches!(value, Target::Family(_));
                        return Some(Self::head(row));
                    }
                }
            }
            let Some(node) = self.at.rest else { break };
            self.at = Source {
                group: node.group(),
                rest: node.next(),
            };
            *place = Place::at(self.at.group, Path::START);
        }
        if stage == Stage::Head && self.any_family {
            self.stage = Stage::OwnHead;
            return Some(Self::own_head());
        }
        self.stage = Stage::End;
        None
    }

    #[inline]
    fn next_sample(&mut self, place: &mut Place<'a>, row: &'a Metric<'a>) -> Option<Unit<'a>> {
        if self.part.last {
            if !self.next_series(row) {
                place.step();
                return self.next_row(place, Stage::Head);
            }
            self.part = Part::START;
        }
        let cells = match row.value() {
            Target::Family(family) => family.cells(self.series - 1),
            Target::Histogram(histogram) => histogram.cells(),
            Target::Cell(cell) => Cells {
                cell,
                bounds: core::ptr::null(),
                bound_count: 0,
            },
            Target::Group(_) => return None,
        };
        // SAFETY: the row's kind goes with its cells.
        self.item = unsafe { (row.kind().load)(cells, &mut self.part) };
        Some(self.line(row))
    }

    #[inline]
    fn next_series(&mut self, row: &'a Metric<'a>) -> bool {
        match row.value() {
            Target::Family(family) => family.next_live(&mut self.series),
            _ => {
                self.series += 1;
                self.series == 1
            }
        }
    }

    fn head(row: &'a Metric<'a>) -> Unit<'a> {
        Unit::Head(Head {
            own: false,
            name: row.name(),
            help: row.help(),
            of: row.kind().of,
        })
    }

    #[inline]
    fn line(&self, row: &'a Metric<'a>) -> Unit<'a> {
        let labels = match row.value() {
            Target::Family(family) => Some((family.names(), family.series(self.series - 1))),
            _ => None,
        };
        Unit::Line(Line {
            own: false,
            name: row.name(),
            labels,
            family: None,
            item: self.item,
        })
    }

    fn own_head() -> Unit<'a> {
        Unit::Head(Head {
            own: true,
            name: REFUSED.as_bytes(),
            help: b"Series that a family of this process refused to add, by the family's name.",
            of: Type::Counter,
        })
    }

    fn own_line(&self, row: &'a Metric<'a>) -> Unit<'a> {
        Unit::Line(Line {
            own: true,
            name: REFUSED.as_bytes(),
            labels: None,
            family: Some(row),
            item: self.item,
        })
    }
}
