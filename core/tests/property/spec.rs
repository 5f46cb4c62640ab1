//! Metrics made from random parts, and what the page must show of them.

use nanoprom::{
    Counter, Counter32, Family, FamilyCells, Gauge, Gauge32, Histogram, HistogramCells, IntCounter,
    IntGauge, LabelName, Metric,
};
use nanoprom_checker::Sample;

/// What the page must show: a sample's name behind the prefix, its labels, and its value.
pub(crate) struct Expected {
    pub(crate) name: String,
    pub(crate) labels: Vec<(String, String)>,
    pub(crate) value: Printed,
}

pub(crate) enum Printed {
    Float(f64),
    Unsigned(u64),
    Signed(i64),
}

impl Printed {
    pub(crate) fn is(&self, sample: &Sample) -> bool {
        match *self {
            Self::Unsigned(value) => sample.u64() == Some(value),
            Self::Signed(value) => sample.i64() == Some(value),
            Self::Float(value) if value.is_nan() => sample.text == "NaN",
            Self::Float(value) => sample.value.to_bits() == value.to_bits(),
        }
    }
}

/// A metric to be made.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) name: String,
    pub(crate) help: String,
    pub(crate) kind: u8,
    pub(crate) bits: u64,
    pub(crate) float: f64,
    pub(crate) observations: Vec<f64>,
    pub(crate) bounds: [f64; 3],
    pub(crate) label_names: [String; 2],
    pub(crate) children: Vec<([String; 2], f64)>,
}

/// Values live as long as the process: families want that.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(crate) fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn histogram_samples(
    spec: &Spec,
    labels: &[(String, String)],
    observations: &[f64],
    expected: &mut Vec<Expected>,
) {
    let (mut sum, mut count) = (0.0, 0);
    for value in observations.iter().copied().filter(|value| !value.is_nan()) {
        count += 1;
        let added: f64 = sum + value;
        sum = if added.is_nan() { sum } else { added };
    }
    // `le` is spelled in its own way; the checker knows that bounds ascend and end in +Inf.
    let mut add = |suffix: &str, value| {
        expected.push(Expected {
            name: format!("{}{suffix}", spec.name),
            labels: labels.to_vec(),
            value,
        });
    };
    add("_sum", Printed::Float(sum));
    add("_count", Printed::Unsigned(count));
}

impl Spec {
    /// The name on the page.
    pub(crate) fn counter_name(&self) -> String {
        let stem = self.name.strip_suffix("_total").unwrap_or(&self.name);
        format!("{stem}_total")
    }

    /// The metric, updated, and what the page must show of it.
    pub(crate) fn make(&self) -> (Metric<'static>, Vec<Expected>) {
        let (name, help) = (leak_str(&self.name), leak_str(&self.help));
        let mut expected = Vec::new();
        let mut one = |name: String, value| {
            let labels = Vec::new();
            expected.push(Expected { name, labels, value });
        };
        let row = match self.kind {
            0 => {
                let cell = leak(Counter::new());
                let _ = cell.inc_by(self.float.abs());
                cell.inc();
                let added = Some(self.float.abs()).filter(|amount| amount.is_finite());
                one(self.counter_name(), Printed::Float(1.0 + added.unwrap_or(0.0)));
                Metric::new(name, help, cell)
            }
            1 => {
                let (cell, value) = (leak(IntCounter::new()), self.bits >> 4);
                cell.inc_by(value);
                one(self.counter_name(), Printed::Unsigned(value));
                Metric::new(name, help, cell)
            }
            2 => {
                let (cell, value) = (leak(Counter32::new()), self.bits as u32);
                cell.inc_by(value);
                one(self.counter_name(), Printed::Unsigned(u64::from(value)));
                Metric::new(name, help, cell)
            }
            3 => {
                let cell = leak(Gauge::new());
                cell.set(self.float);
                one(self.name.clone(), Printed::Float(self.float));
                Metric::new(name, help, cell)
            }
            4 => {
                let cell = leak(IntGauge::new());
                cell.set(self.bits as i64);
                one(self.name.clone(), Printed::Signed(self.bits as i64));
                Metric::new(name, help, cell)
            }
            5 => {
                let (cell, value) = (leak(Gauge32::new()), self.bits as i32);
                cell.set(value);
                one(self.name.clone(), Printed::Signed(i64::from(value)));
                Metric::new(name, help, cell)
            }
            6 => {
                let cells = leak(HistogramCells::new());
                let histogram = leak(Histogram::new(cells, leak(self.bounds)));
                for &value in &self.observations {
                    histogram.observe(value);
                }
                histogram_samples(self, &[], &self.observations, &mut expected);
                Metric::new(name, help, histogram)
            }
            7 => {
                let family = self.family::<Gauge>(&[]);
                for (values, float) in &self.children {
                    let Ok(child) = family.labels(values.each_ref().map(String::as_str)) else {
                        continue;
                    };
                    child.set(*float);
                    let name = self.name.clone();
                    let (labels, value) = (self.labels(values), Printed::Float(*float));
                    // The same values again are the same child.
                    expected.retain(|earlier: &Expected| earlier.labels != labels);
                    expected.push(Expected { name, labels, value });
                }
                Metric::new(name, help, family)
            }
            _ => {
                let family = self.family::<Histogram<3>>(leak(self.bounds));
                for (at, (values, _)) in self.children.iter().enumerate() {
                    let labels = self.labels(values);
                    let is_first = self.children[..at].iter().all(|(earlier, _)| earlier != values);
                    if let Ok(child) = family.labels(values.each_ref().map(String::as_str))
                        && is_first
                    {
                        for &value in &self.observations {
                            child.observe(value);
                        }
                        histogram_samples(self, &labels, &self.observations, &mut expected);
                    }
                }
                Metric::new(name, help, family)
            }
        };
        (row, expected)
    }

    fn family<M: nanoprom::Child<Bound = f64>>(
        &self,
        bounds: &'static [f64],
    ) -> &'static Family<M, 2, 8, 64> {
        let names = leak(
            self.label_names
                .each_ref()
                .map(|name| LabelName::__from_glue(leak_str(&format!("\",{name}=\"")))),
        );
        leak(Family::from_mut(Box::leak(Box::new(FamilyCells::new())), names, bounds))
    }

    fn labels(&self, values: &[String; 2]) -> Vec<(String, String)> {
        self.label_names.iter().cloned().zip(values.iter().cloned()).collect()
    }
}
