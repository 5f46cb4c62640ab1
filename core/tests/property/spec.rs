//! What random metrics are made of, and what the page must show of them.

use nanoprom_checker::Sample;

/// What the page must show: a sample's name behind the prefix, its labels, and its value.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) name: String,
    pub(crate) labels: Vec<(String, String)>,
    pub(crate) value: Printed,
    /// On a page of OpenMetrics, with this one label.
    pub(crate) exemplar: Option<((String, String), f64)>,
}

/// The time at which everything came to life that shows it.
pub(crate) const START: f64 = 1_520_872_607.123;

/// Stands for the name of the family with all its prefixes, where that is a label's name.
pub(crate) const OWN_NAME: &str = "";

#[derive(Clone, Copy)]
pub(crate) enum Printed {
    Float(f64),
    Unsigned(u64),
    Signed(i64),
    /// So many ticks, of which so many make one unit.
    Ticks(u64, u32),
}

impl Printed {
    pub(crate) fn is(&self, sample: &Sample) -> bool {
        match *self {
            Self::Unsigned(value) => sample.u64() == Some(value),
            Self::Signed(value) => sample.i64() == Some(value),
            Self::Float(value) if value.is_nan() => sample.text == "NaN",
            Self::Float(value) => sample.value.to_bits() == value.to_bits(),
            Self::Ticks(ticks, per_unit) if ticks % u64::from(per_unit) == 0 => {
                sample.u64() == Some(ticks / u64::from(per_unit))
            }
            // Rounded down to 15 digits, or to 22 places.
            Self::Ticks(ticks, per_unit) => {
                let exact = ticks as f64 / f64::from(per_unit);
                (exact - sample.value).abs() <= exact * 1e-14 + 1e-22
            }
        }
    }
}

/// Which of the library's types a metric is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum What {
    Counter,
    IntCounter,
    Counter32,
    CounterFn,
    Gauge,
    IntGauge,
    Gauge32,
    GaugeFn,
    Untyped,
    Summary,
    Histogram,
    IntHistogram,
    Histogram32,
    Info,
    StateSet,
    Counters,
    IntCounters,
    Gauges,
    IntGauges,
    Untypeds,
    Summaries,
    Histograms,
    Histograms32,
    Exact,
    ExactInfo,
    Exacts,
    Exemplar,
    ExemplarHistogram,
    Exemplars,
    Created,
    InfoCell,
    Growing,
    Collected,
}

impl What {
    pub(crate) const ALL: [What; 33] = [
        What::Counter,
        What::IntCounter,
        What::Counter32,
        What::CounterFn,
        What::Gauge,
        What::IntGauge,
        What::Gauge32,
        What::GaugeFn,
        What::Untyped,
        What::Summary,
        What::Histogram,
        What::IntHistogram,
        What::Histogram32,
        What::Info,
        What::StateSet,
        What::Counters,
        What::IntCounters,
        What::Gauges,
        What::IntGauges,
        What::Untypeds,
        What::Summaries,
        What::Histograms,
        What::Histograms32,
        What::Exact,
        What::ExactInfo,
        What::Exacts,
        What::Exemplar,
        What::ExemplarHistogram,
        What::Exemplars,
        What::Created,
        What::InfoCell,
        What::Growing,
        What::Collected,
    ];

    /// Whether it shows creation times.
    pub(crate) fn has_times(self) -> bool {
        use What::{Created, Exemplar, ExemplarHistogram, Exemplars};
        matches!(self, Created | Exemplar | ExemplarHistogram | Exemplars)
    }

    /// Whether it is a counter that is printed as it was declared.
    pub(crate) fn is_exact_counter(self) -> bool {
        matches!(self, What::Exact | What::Exacts)
    }

    /// What text pages put to the name.
    fn suffix(self) -> &'static str {
        match self {
            What::Counter
            | What::IntCounter
            | What::Counter32
            | What::CounterFn
            | What::Counters
            | What::IntCounters
            | What::Exemplar
            | What::Exemplars
            | What::Growing => "_total",
            What::Info | What::InfoCell => "_info",
            _ => "",
        }
    }
}

/// A metric to be made.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) name: String,
    pub(crate) help: String,
    pub(crate) what: What,
    pub(crate) bits: u64,
    pub(crate) float: f64,
    pub(crate) observations: Vec<f64>,
    pub(crate) bounds: [f64; 3],
    pub(crate) ticks: [u32; 3],
    pub(crate) ticks_per_unit: u32,
    pub(crate) label_names: [String; 2],
    pub(crate) children: Vec<([String; 2], f64)>,
}

impl Spec {
    /// The unit that it is declared with: the last word of its name, now and then.
    pub(crate) fn unit(&self) -> &str {
        match self.stem().rsplit_once('_') {
            Some((_, unit)) if self.bits >> 50 & 1 == 1 => unit,
            _ => "",
        }
    }

    /// The family's name in OpenMetrics, without prefixes.
    pub(crate) fn stem(&self) -> &str {
        self.name.strip_suffix(self.what.suffix()).unwrap_or(&self.name)
    }

    /// The family's name on a text page, without prefixes.
    pub(crate) fn text_name(&self) -> String {
        format!("{}{}", self.stem(), self.what.suffix())
    }
}

/// Values live as long as the process: families want that.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(crate) fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
