//! What a page holds, and what can be wrong with it.

use core::fmt;

/// A page that obeys every rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The families in the order of the page.
    pub families: Vec<Family>,
}

impl Page {
    /// The family of this name: in text a counter's name ends in `_total`, in OpenMetrics it does not.
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.name == name)
    }

    /// Every sample, in the order of the page.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        self.families.iter().flat_map(|family| &family.samples)
    }

    /// The sample of this name with exactly these labels, given in any order.
    pub fn sample(&self, name: &str, labels: &[(&str, &str)]) -> Option<&Sample> {
        self.samples().find(|sample| sample.name == name && sample.has_labels(labels))
    }
}

/// A metric family: its metadata and its samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The name on the TYPE line.
    pub name: String,
    /// The type on the TYPE line.
    pub kind: Kind,
    /// The help text without its escapes; empty when there is no HELP line.
    pub help: String,
    /// The unit on the UNIT line of OpenMetrics; empty when there is none.
    pub unit: String,
    /// The samples in the order of the page.
    pub samples: Vec<Sample>,
    /// The number of the TYPE line, from 1.
    pub line: usize,
}

impl Family {
    /// The label that tells the samples of one metric apart.
    pub(crate) fn own_label(&self) -> Option<&str> {
        match self.kind {
            Kind::Histogram | Kind::GaugeHistogram => Some("le"),
            Kind::Summary => Some("quantile"),
            Kind::StateSet => Some(&self.name),
            Kind::Counter | Kind::Gauge | Kind::Untyped | Kind::Info => None,
        }
    }

    /// What the name of this sample adds to the family's.
    pub(crate) fn suffix<'a>(&self, sample: &'a Sample) -> &'a str {
        sample.name.strip_prefix(self.name.as_str()).unwrap_or_default()
    }

    /// Whether this sample tells when its metric was created.
    pub(crate) fn is_created(&self, sample: &Sample) -> bool {
        self.kind.has_created() && self.suffix(sample) == "_created"
    }
}

/// A format of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Text 0.0.4.
    #[default]
    Text,
    /// OpenMetrics 1.0.0.
    OpenMetrics,
}

/// The type of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A total that only goes up.
    Counter,
    /// A number that goes up and down.
    Gauge,
    /// Observations counted in cumulative buckets.
    Histogram,
    /// Observations as a count, a sum and quantiles.
    Summary,
    /// No type known: `untyped` in text, `unknown` in OpenMetrics.
    Untyped,
    /// Constant facts as labels; only in OpenMetrics.
    Info,
    /// Which of several states are on; only in OpenMetrics.
    StateSet,
    /// A distribution whose buckets may fall; only in OpenMetrics.
    GaugeHistogram,
}

impl Kind {
    /// What the word on a TYPE line means.
    pub(crate) fn read(word: &str, format: Format) -> Option<Kind> {
        Some(match (word, format) {
            ("counter", _) => Kind::Counter,
            ("gauge", _) => Kind::Gauge,
            ("histogram", _) => Kind::Histogram,
            ("summary", _) => Kind::Summary,
            ("untyped", Format::Text) | ("unknown", Format::OpenMetrics) => Kind::Untyped,
            ("info", Format::OpenMetrics) => Kind::Info,
            ("stateset", Format::OpenMetrics) => Kind::StateSet,
            ("gaugehistogram", Format::OpenMetrics) => Kind::GaugeHistogram,
            _ => return None,
        })
    }

    /// What a sample's name may add to the name on the TYPE line.
    pub(crate) fn suffixes(self, format: Format) -> &'static [&'static str] {
        match (self, format) {
            (Kind::Counter, Format::OpenMetrics) => &["_total", "_created"],
            (Kind::Histogram, Format::OpenMetrics) => &["_bucket", "_sum", "_count", "_created"],
            (Kind::Summary, Format::OpenMetrics) => &["", "_sum", "_count", "_created"],
            (Kind::Histogram, Format::Text) => &["_bucket", "_sum", "_count"],
            (Kind::Summary, Format::Text) => &["", "_sum", "_count"],
            (Kind::Info, _) => &["_info"],
            (Kind::GaugeHistogram, _) => &["_bucket", "_gsum", "_gcount"],
            (Kind::Counter, Format::Text) | (Kind::Gauge | Kind::Untyped | Kind::StateSet, _) => {
                &[""]
            }
        }
    }

    /// Whether a metric of this type may be several samples.
    pub(crate) fn has_many_samples(self) -> bool {
        !matches!(self, Kind::Gauge | Kind::Untyped | Kind::Info)
    }

    /// Whether metrics of this type may tell when they were created.
    pub(crate) fn has_created(self) -> bool {
        matches!(self, Kind::Counter | Kind::Histogram | Kind::Summary)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
            Kind::Summary => "summary",
            Kind::Untyped => "untyped",
            Kind::Info => "info",
            Kind::StateSet => "stateset",
            Kind::GaugeHistogram => "gaugehistogram",
        })
    }
}

/// One sample line. Prints as its series, `name{label="value"}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The name as printed, suffix included.
    pub name: String,
    /// Label names and values in the order of the page, without escapes.
    pub labels: Vec<(String, String)>,
    /// The value as printed.
    pub text: String,
    /// The value, read as a float.
    pub value: f64,
    /// Milliseconds since 1970, where the line has a timestamp.
    pub timestamp: Option<i64>,
    /// The example behind the value; only in OpenMetrics.
    pub exemplar: Option<Exemplar>,
    /// The number of the line, from 1.
    pub line: usize,
}

/// One observation, as an example of those that a counter or bucket counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Exemplar {
    /// Label names and values in the order of the page, without escapes.
    pub labels: Vec<(String, String)>,
    /// The value, read as a float.
    pub value: f64,
    /// Seconds since 1970, where there is a timestamp.
    pub timestamp: Option<f64>,
}

impl Sample {
    /// The value of the label `name`.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether these are the sample's labels, all of them, in any order.
    pub fn has_labels(&self, labels: &[(&str, &str)]) -> bool {
        self.labels.len() == labels.len()
            && labels.iter().all(|&(name, value)| self.label(name) == Some(value))
    }

    /// The value exactly, if it is printed as a whole number of this range.
    pub fn u64(&self) -> Option<u64> {
        self.text.parse().ok()
    }

    /// The value exactly, if it is printed as a whole number of this range.
    pub fn i64(&self) -> Option<i64> {
        self.text.parse().ok()
    }

    /// The labels that identify the series: sorted, without `except`, and without empty values,
    /// which mean the same as an absent label to whoever stores the series.
    pub(crate) fn identity(&self, except: Option<&str>) -> Vec<(&str, &str)> {
        let mut labels: Vec<_> = self
            .labels
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|&(name, value)| Some(name) != except && !value.is_empty())
            .collect();
        labels.sort_unstable();
        labels
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&series(&self.name, &self.labels))
    }
}

/// A series as a fault names it, on one line whatever its labels hold.
pub(crate) fn series(name: &str, labels: &[(impl fmt::Display, impl fmt::Debug)]) -> String {
    let labels: Vec<_> = labels.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    if labels.is_empty() { name.into() } else { format!("{name}{{{}}}", labels.join(",")) }
}

/// One thing that is wrong with a page. Prints as `line: sentence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong, on one line.
    pub sentence: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.sentence)
    }
}

impl core::error::Error for Fault {}

/// Collects faults.
#[derive(Debug, Default)]
pub(crate) struct Faults(pub(crate) Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, line: usize, sentence: impl Into<String>) {
        self.0.push(Fault { line, sentence: sentence.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(labels: &[(&str, &str)]) -> Sample {
        Sample {
            name: "x".into(),
            labels: labels.iter().map(|&(n, v)| (n.into(), v.into())).collect(),
            text: "18446744073709551615".into(),
            value: 18446744073709551615.0,
            timestamp: None,
            exemplar: None,
            line: 1,
        }
    }

    #[test]
    fn labels_are_compared_without_their_order() {
        let both = sample(&[("a", "1"), ("b", "2")]);
        assert!(both.has_labels(&[("b", "2"), ("a", "1")]));
        assert!(!both.has_labels(&[("a", "1")]));
        assert!(!both.has_labels(&[("a", "1"), ("b", "3")]));
        assert_eq!(both.identity(None), sample(&[("b", "2"), ("a", "1")]).identity(None));
    }

    #[test]
    fn an_empty_label_does_not_make_another_series() {
        assert_eq!(sample(&[("a", "")]).identity(None), sample(&[]).identity(None));
    }

    #[test]
    fn integers_keep_all_their_bits() {
        assert_eq!(sample(&[]).u64(), Some(u64::MAX));
        assert_eq!(sample(&[]).i64(), None);
    }

    #[test]
    fn a_series_prints_on_one_line() {
        assert_eq!(sample(&[("a", "1\n2"), ("b", "")]).to_string(), r#"x{a="1\n2",b=""}"#);
        assert_eq!(sample(&[]).to_string(), "x");
    }
}
