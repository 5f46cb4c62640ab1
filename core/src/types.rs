//! The types of families: what the formats call them, and which names they take.

/// The type of a family, as the formats name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// A total that only goes up.
    Counter,
    /// A total under a name of its own, without `_total`: OpenMetrics knows no such counter and calls it
    /// unknown.
    ExactCounter,
    /// A value that goes up and down.
    Gauge,
    /// Observations counted in buckets.
    Histogram,
    /// Buckets whose counts go up and down. Only [collectors](crate::Collector) give it.
    GaugeHistogram,
    /// Observations counted and summed up.
    Summary,
    /// Facts that do not change, as labels.
    Info,
    /// Which of several states there are.
    StateSet,
    /// A value of which nothing is known.
    Unknown,
}

/// What stands behind the names of counters and of infos in the text format.
const TOTAL: &str = "_total";
const INFO: &str = "_info";

impl Type {
    /// The word that OpenMetrics has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::GaugeHistogram => "gaugehistogram",
            Self::Summary => "summary",
            Self::Info => "info",
            Self::StateSet => "stateset",
            Self::Unknown | Self::ExactCounter => "unknown",
        }
    }

    /// How the text format shows it. A kind points to that of its type: a program links the words of those that
    /// it has.
    pub(crate) const fn in_text(self) -> &'static InText {
        match self {
            Self::Counter => &InText { word: "counter", suffix: TOTAL },
            Self::ExactCounter => &InText { word: "counter", suffix: "" },
            Self::Info => &InText { word: "gauge", suffix: INFO },
            Self::Gauge | Self::StateSet | Self::GaugeHistogram => {
                &InText { word: "gauge", suffix: "" }
            }
            Self::Histogram => &InText { word: "histogram", suffix: "" },
            Self::Summary => &InText { word: "summary", suffix: "" },
            Self::Unknown => &InText { word: "untyped", suffix: "" },
        }
    }

    /// Suffix of the name itself in the text format: a counter is called `x_total` there.
    pub(crate) const fn text_suffix(self) -> &'static str {
        match self {
            Self::Counter => TOTAL,
            Self::Info => INFO,
            _ => "",
        }
    }

    /// All names that a family occupies, as suffixes: its own name and its samples' in any format. The check
    /// tells of the first that is taken, so what programs are written with comes first.
    pub(crate) const fn suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Counter => &["_total", "", "_created"],
            Self::ExactCounter | Self::Gauge | Self::StateSet | Self::Unknown => &[""],
            Self::Histogram => &["", "_bucket", "_count", "_sum", "_created"],
            Self::GaugeHistogram => &["", "_bucket", "_gcount", "_gsum"],
            Self::Summary => &["", "_count", "_sum", "_created"],
            Self::Info => &["", "_info"],
        }
    }

    /// The label that the format itself sets on this type's samples.
    pub(crate) const fn reserved_label(self) -> Option<&'static str> {
        match self {
            Self::Histogram | Self::GaugeHistogram => Some("le"),
            Self::Summary => Some("quantile"),
            // A state set's is its own name, which the check puts together.
            _ => None,
        }
    }
}

/// A type in the text format.
pub(crate) struct InText {
    /// What it is called there, where there are fewer types.
    pub(crate) word: &'static str,
    /// What stands behind the name itself: a counter is called `x_total` there.
    pub(crate) suffix: &'static str,
}
