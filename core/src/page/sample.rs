//! Samples one by one, for consumers that want values and not a page: MQTT, JSON, logs, tests.

use crate::families::series::Series;
use crate::kind::{Item, Type};
use crate::label::{Label, LabelName};
use crate::name::MAX_NAME;
use crate::numbers::decimal::NUMBER_LEN;
use crate::numbers::number::{Number, Value};
use crate::open::{At, Reading, Scratch};
use crate::page::reader::ON_STACK;
use crate::page::walk::{Here, Row, Source, Unit, Walk};
use crate::refusals::{REFUSALS, REFUSED_LABEL};
use crate::tables::check::is_constant_label;
use crate::tables::group::Place;
use core::str;

/// One sample of a page: name, labels and value.
pub struct Sample<'s> {
    name: Text,
    /// The label that the format itself adds: `le`, or the family of a refusal.
    extra: Option<(&'static str, Text)>,
    place: &'s Place<'s>,
    labels: Option<(&'s [LabelName<'static>], Series)>,
    /// The row and where the walk is in it, for the labels that its kind gives.
    own: Option<(&'s Row<'s>, &'s At, &'s Reading<'s>)>,
    item: Item,
    of: Type,
}

impl Sample<'_> {
    /// The name as it stands on the page, with prefixes and suffix.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The labels in the order of the page, names and unescaped values.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let constant = self.place.groups().flat_map(|group| group.labels());
        let constant = constant.map(|label: &Label<'_>| (text(label.name()), text(label.value())));
        let own = self.labels.into_iter().flat_map(|(names, series)| {
            let values = series.values(names);
            names.iter().zip(values).map(|(name, value)| (text(name.name()), text(value)))
        });
        let of_kind = self.own.into_iter().flat_map(|(row, at, reading)| {
            let sample = row.labelled(at, reading);
            let labels = (0..).map_while(move |number| sample.label(number));
            // A constant label stands for those of its name, as on the page.
            let labels =
                labels.filter(|label| !is_constant_label(self.place, label.0, usize::MAX, 0));
            labels.map(|(name, value)| {
                (if name.is_empty() { self.name() } else { text(name) }, text(value))
            })
        });
        let extra = self.extra.iter().map(|(name, value)| (*name, value.as_str()));
        constant.chain(own).chain(of_kind).chain(extra)
    }

    /// The value of the label `name`.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels().find(|label| label.0 == name).map(|label| label.1)
    }

    /// The type of its family.
    pub fn metric_type(&self) -> Type {
        self.of
    }

    /// The value.
    pub fn value(&self) -> Value {
        self.item.number.value()
    }
}

/// Strings in tables are UTF-8; one from a C table that nobody checked reads as empty.
fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

/// Calls `each` with every sample of a [`Group`](crate::Group) or a [`Registry`](crate::Registry), in
/// the order and with the values of a page.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Responses by status code.
///     pub static RESPONSES: Family<IntCounter, 1, 4> = "responses_total", labels = ["code"];
/// }
/// use nanoprom::{Family, IntCounter, Type, Value, for_each_sample};
///
/// RESPONSES.labels(["200"])?.inc_by(3);
/// let mut seen = None;
/// for_each_sample(&METRICS, |sample| {
///     assert_eq!(sample.metric_type(), Type::Counter);
///     if sample.name() == "responses_total" && sample.label("code") == Some("200") {
///         seen = Some(sample.value());
///     }
/// });
/// assert_eq!(seen, Some(Value::Unsigned(3)));
/// # Ok::<(), nanoprom::Refused>(())
/// ```
pub fn for_each_sample<'a>(source: impl Into<Source<'a>>, mut each: impl FnMut(&Sample<'_>)) {
    let mut walk = Walk::new(source.into());
    let mut scratch = [0; ON_STACK];
    // SAFETY: the walk alone uses it, and ends before it.
    let scratch = unsafe { Scratch::new(&mut scratch) };
    let mut here = Here::new(Reading { scratch, rich: true, ..Reading::PLAIN });
    walk.look(&mut here);
    while walk.unit() != Unit::End {
        if let Some(sample) = sample(&walk, &here) {
            each(&sample);
        }
        walk.advance(&mut here);
    }
}

fn sample<'s, 'a>(walk: &'s Walk<'a>, here: &'s Here<'a>) -> Option<Sample<'s>> {
    let (row, place, item) = (here.row.as_ref()?, &walk.page.place, walk.at.item);
    let head = &row.head;
    let (name, labels, extra) = match walk.unit() {
        Unit::Line => {
            let le = item.bound.map(|bound| ("le", Text::of_number(bound)));
            (
                full_name(place, head.name, item.suffix),
                walk.series(row).map(|series| (row.names(), series)),
                le,
            )
        }
        Unit::OwnLine => {
            let mut name = Text::new();
            name.push(REFUSALS.name);
            name.push(item.suffix.as_bytes());
            let family = full_name(place, head.name, head.in_text.suffix);
            (name, None, Some((REFUSED_LABEL, family)))
        }
        Unit::Start | Unit::Head | Unit::OwnHead | Unit::End => return None,
    };
    let of = if walk.unit() == Unit::OwnLine { REFUSALS.of } else { head.of };
    let own = (walk.unit() == Unit::Line).then_some((row, &walk.at, &here.reading));
    Some(Sample { name, labels, own, extra, place, item, of })
}

/// A name with the prefixes of its groups.
fn full_name(place: &Place<'_>, name: &[u8], suffix: &str) -> Text {
    let mut full = Text::new();
    for group in place.groups() {
        full.push(group.prefix());
    }
    full.push(name);
    full.push(suffix.as_bytes());
    full
}

/// A name put together from its parts.
struct Text(heapless::Vec<u8, MAX_NAME>);

impl Text {
    fn new() -> Self {
        Self(heapless::Vec::new())
    }

    fn of_number(number: Number) -> Self {
        let (mut text, mut digits) = (Self::new(), [0; NUMBER_LEN]);
        let len = number.write(&mut digits);
        text.push(digits.get(..len).unwrap_or_default());
        text
    }

    /// The check refuses names that are too long; from a table that nobody checked they are cut.
    fn push(&mut self, part: &[u8]) {
        let room = MAX_NAME - self.0.len();
        let _ = self.0.extend_from_slice(part.get(..room).unwrap_or(part));
    }

    fn as_str(&self) -> &str {
        text(&self.0)
    }
}
