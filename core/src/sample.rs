//! Samples one by one, for consumers that want values and not a page: MQTT, JSON, logs, tests.

use crate::check::REFUSED_LABEL;
use crate::group::Place;
use crate::label::Label;
use crate::name::MAX_NAME;
use crate::number::{NUMBER_LEN, Value};
use crate::walk::{Line, Source, Unit, Walk};
use core::str;

/// One sample of a page: name, labels and value.
pub struct Sample<'s> {
    name: Text,
    /// The label that the format itself adds: `le`, or the family of a refusal.
    extra: Option<(&'static str, Text)>,
    place: &'s Place<'s>,
    line: &'s Line<'s>,
}

impl Sample<'_> {
    /// The name as it stands on the page, with prefixes and suffix.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The labels in the order of the page, names and unescaped values.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let constant = self.place.groups().iter().flat_map(|group| group.labels());
        let constant = constant.map(|label: &Label<'_>| (text(label.name()), text(label.value())));
        let (names, series) = self.line.labels.unzip();
        let names = names.unwrap_or_default();
        let values = series
            .into_iter()
            .flat_map(|series| series.values(names.len()));
        let own = names
            .iter()
            .zip(values)
            .map(|(name, value)| (text(name.name()), text(value)));
        let extra = self
            .extra
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        constant.chain(own).chain(extra)
    }

    /// The value of the label `name`.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels()
            .find(|label| label.0 == name)
            .map(|label| label.1)
    }

    /// The value.
    pub fn value(&self) -> Value {
        self.line.item.number.value()
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
/// use nanoprom::{Family, IntCounter, Value, for_each_sample};
///
/// RESPONSES.labels(["200"])?.inc_by(3);
/// let mut seen = None;
/// for_each_sample(&METRICS, |sample| {
///     if sample.name() == "responses_total" && sample.label("code") == Some("200") {
///         seen = Some(sample.value());
///     }
/// });
/// assert_eq!(seen, Some(Value::Unsigned(3)));
/// # Ok::<(), nanoprom::Refused>(())
/// ```
pub fn for_each_sample<'a>(source: impl Into<Source<'a>>, mut each: impl FnMut(&Sample<'_>)) {
    let mut walk = Walk::new(source.into());
    let mut place = walk.place();
    let mut unit = walk.current(&mut place);
    while let Some(current) = unit {
        if let Unit::Line(line) = current {
            each(&sample(&place, &line));
        }
        unit = walk.advance(&mut place);
    }
}

fn sample<'s>(place: &'s Place<'s>, line: &'s Line<'s>) -> Sample<'s> {
    let prefixed = |name: &[u8], suffix: &str| {
        let mut full = Text::new();
        for group in place.groups() {
            full.push(group.prefix());
        }
        full.push(name);
        full.push(suffix.as_bytes());
        full
    };
    let name = if line.own {
        let mut name = Text::new();
        name.push(line.name);
        name.push(line.item.suffix.as_bytes());
        name
    } else {
        prefixed(line.name, line.item.suffix)
    };
    let extra = match (line.item.bound, line.family) {
        (Some(bound), _) => {
            let mut le = Text::new();
            le.push(bound.write(&mut [0; NUMBER_LEN]));
            Some(("le", le))
        }
        (None, Some(row)) => Some((
            REFUSED_LABEL,
            prefixed(row.name(), row.kind().of.text_suffix()),
        )),
        (None, None) => None,
    };
    Sample {
        name,
        extra,
        place,
        line,
    }
}

/// A name put together from its parts.
struct Text(heapless::Vec<u8, MAX_NAME>);

impl Text {
    fn new() -> Self {
        Self(heapless::Vec::new())
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
