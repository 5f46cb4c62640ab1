//! Random metrics, made and updated: each beside the samples that the page must show.

use crate::spec::{Expected, OWN_NAME, Printed, Spec, What, leak, leak_str};
use nanoprom::{
    Child, Counter, Counter32, CounterFn, Family, FamilyCells, Gauge, Gauge32, GaugeFn, Histogram,
    Histogram32, Histogram32Cells, HistogramCells, Info, IntCounter, IntGauge, IntHistogram,
    IntHistogramCells, Label, LabelName, Metric, State, StateSet, Summary, Untyped, states,
};

states! {
    enum Awkward { Empty = "", Quoted = "a \"b\"", Backslash = "\\n", Newline = "\n", Plain = "plain" }
}

const STATES: [Awkward; 5] =
    [Awkward::Empty, Awkward::Quoted, Awkward::Backslash, Awkward::Newline, Awkward::Plain];

/// What functions give, which know no context.
const GIVEN: [f64; 6] = [0.1, f64::NAN, -1.5, f64::INFINITY, 9_007_199_254_740_993.0, 5e-324];
const FUNCTIONS: [fn() -> f64; 6] =
    [|| GIVEN[0], || GIVEN[1], || GIVEN[2], || GIVEN[3], || GIVEN[4], || GIVEN[5]];

type Labels = [(String, String)];

/// Count and sum of observations as the library has them.
fn sum_of(observations: &[f64]) -> (u64, f64) {
    let (mut count, mut sum) = (0, 0.0);
    for value in observations.iter().copied().filter(|value| !value.is_nan()) {
        count += 1;
        // Of opposite infinities the later one is left out.
        let added: f64 = sum + value;
        sum = if added.is_nan() { sum } else { added };
    }
    (count, sum)
}

impl Spec {
    pub(crate) fn sample(&self, suffix: &str, labels: &Labels, value: Printed) -> Expected {
        let name = format!("{}{suffix}", self.name);
        Expected { name, labels: labels.to_vec(), value, exemplar: None }
    }

    pub(crate) fn one(&self, labels: &Labels, value: Printed) -> Vec<Expected> {
        vec![Expected { name: self.text_name(), ..self.sample("", labels, value) }]
    }

    /// Sum and count. `le` is spelt in its own way; the checker knows that buckets ascend up to the count.
    pub(crate) fn observed(&self, labels: &Labels) -> Vec<Expected> {
        let (count, sum) = sum_of(&self.observations);
        let sum = self.sample("_sum", labels, Printed::Float(sum));
        vec![sum, self.sample("_count", labels, Printed::Unsigned(count))]
    }

    /// The observations as ticks.
    fn ticks_observed(&self) -> impl Iterator<Item = u32> {
        self.observations.iter().map(|value| value.to_bits() as u32)
    }

    fn observed_ticks(&self, labels: &Labels) -> Vec<Expected> {
        let sum = self.ticks_observed().map(u64::from).sum();
        let sum = self.sample("_sum", labels, Printed::Ticks(sum, self.ticks_per_unit));
        let count = Printed::Unsigned(self.observations.len() as u64);
        vec![sum, self.sample("_count", labels, count)]
    }

    /// The metric, updated, and what the page must show of it.
    pub(crate) fn make(&self) -> (Metric<'static>, Vec<Expected>) {
        let (row, samples) = self.make_plain().unwrap_or_else(|| self.make_more());
        let unit = self.unit();
        (if unit.is_empty() { row } else { row.with_unit(unit) }, samples)
    }

    /// None where it is one of those in the file `more`.
    fn make_plain(&self) -> Option<(Metric<'static>, Vec<Expected>)> {
        let (name, help) = (leak_str(&self.name), leak_str(&self.help));
        let given = self.bits as usize % GIVEN.len();
        Some(match self.what {
            What::Counter => {
                let cell = leak(Counter::new());
                let _ = cell.inc_by(self.float.abs());
                cell.inc();
                let added = Some(self.float.abs()).filter(|amount| amount.is_finite());
                let value = Printed::Float(1.0 + added.unwrap_or(0.0));
                (Metric::new(name, help, cell), self.one(&[], value))
            }
            What::IntCounter => {
                let (cell, value) = (leak(IntCounter::new()), self.bits >> 4);
                cell.inc_by(value);
                (Metric::new(name, help, cell), self.one(&[], Printed::Unsigned(value)))
            }
            What::Counter32 => {
                let (cell, value) = (leak(Counter32::new()), self.bits as u32);
                cell.inc_by(value);
                (Metric::new(name, help, cell), self.one(&[], Printed::Unsigned(value.into())))
            }
            What::CounterFn => {
                let cell = leak(CounterFn::new(FUNCTIONS[given]));
                let is_total = GIVEN[given].is_finite() && GIVEN[given] >= 0.0;
                let value = Printed::Float(if is_total { GIVEN[given] } else { 0.0 });
                (Metric::new(name, help, cell), self.one(&[], value))
            }
            What::Gauge => {
                let cell = leak(Gauge::new());
                cell.set(self.float);
                (Metric::new(name, help, cell), self.one(&[], Printed::Float(self.float)))
            }
            What::IntGauge => {
                let (cell, value) = (leak(IntGauge::new()), self.bits as i64);
                cell.set(value);
                (Metric::new(name, help, cell), self.one(&[], Printed::Signed(value)))
            }
            What::Gauge32 => {
                let (cell, value) = (leak(Gauge32::new()), self.bits as i32);
                cell.set(value);
                (Metric::new(name, help, cell), self.one(&[], Printed::Signed(value.into())))
            }
            What::GaugeFn => {
                let cell = leak(GaugeFn::new(FUNCTIONS[given]));
                (Metric::new(name, help, cell), self.one(&[], Printed::Float(GIVEN[given])))
            }
            What::Untyped => {
                let cell = leak(Untyped::new());
                cell.set(self.float);
                (Metric::new(name, help, cell), self.one(&[], Printed::Float(self.float)))
            }
            What::Summary => {
                let cell = leak(Summary::new());
                self.observations.iter().for_each(|&value| cell.observe(value));
                (Metric::new(name, help, cell), self.observed(&[]))
            }
            What::Histogram => {
                let cells = leak(HistogramCells::new());
                let histogram = leak(Histogram::new(cells, leak(self.bounds)));
                self.observations.iter().for_each(|&value| histogram.observe(value));
                (Metric::new(name, help, histogram), self.observed(&[]))
            }
            What::IntHistogram => {
                let cells = leak(IntHistogramCells::<3>::new());
                let histogram = IntHistogram::new(cells, leak(self.ticks));
                let histogram = leak(histogram.with_ticks_per_unit(self.ticks_per_unit));
                self.ticks_observed().for_each(|ticks| histogram.observe(ticks));
                (Metric::new(name, help, histogram), self.observed_ticks(&[]))
            }
            What::Histogram32 => {
                let cells = leak(Histogram32Cells::new());
                let histogram = Histogram32::new(cells, leak(self.ticks));
                let histogram = leak(histogram.with_ticks_per_unit(self.ticks_per_unit));
                self.ticks_observed().for_each(|ticks| histogram.observe(ticks));
                (Metric::new(name, help, histogram), self.observed_ticks(&[]))
            }
            What::Info => {
                let values = self.children.first().map(|child| child.0.clone()).unwrap_or_default();
                let labels = self.labels(&values);
                let declared =
                    labels.iter().map(|(name, value)| Label::new(leak_str(name), leak_str(value)));
                let info = leak(Info::new(Vec::leak(declared.collect())));
                (Metric::new(name, help, info), self.one(&labels, Printed::Unsigned(1)))
            }
            What::StateSet => {
                let states = leak(StateSet::new());
                let mut expected = Vec::new();
                for state in STATES {
                    let on = self.bits >> state.index() & 1;
                    states.turn(state, on == 1);
                    let name = match state {
                        Awkward::Empty => "",
                        Awkward::Quoted => "a \"b\"",
                        Awkward::Backslash => "\\n",
                        Awkward::Newline => "\n",
                        Awkward::Plain => "plain",
                    };
                    let label = (OWN_NAME.to_owned(), name.to_owned());
                    expected.push(self.sample("", &[label], Printed::Unsigned(on)));
                }
                (Metric::new(name, help, states), expected)
            }
            What::Counters => self.family::<Counter>(&[], |child, labels, float| {
                let value = 0.0 + Some(float.abs()).filter(|it| it.is_finite()).unwrap_or(0.0);
                let _ = child.inc_by(float.abs());
                self.one(labels, Printed::Float(value))
            }),
            What::IntCounters => self.family::<IntCounter>(&[], |child, labels, float| {
                let value = float.to_bits() >> 4;
                child.inc_by(value);
                self.one(labels, Printed::Unsigned(value))
            }),
            What::Gauges => self.family::<Gauge>(&[], |child, labels, float| {
                child.set(float);
                self.one(labels, Printed::Float(float))
            }),
            What::IntGauges => self.family::<IntGauge>(&[], |child, labels, float| {
                let value = float.to_bits() as i64;
                child.set(value);
                self.one(labels, Printed::Signed(value))
            }),
            What::Untypeds => self.family::<Untyped>(&[], |child, labels, float| {
                child.set(float);
                self.one(labels, Printed::Float(float))
            }),
            What::Summaries => self.family::<Summary>(&[], |child, labels, _| {
                self.observations.iter().for_each(|&value| child.observe(value));
                self.observed(labels)
            }),
            What::Histograms => {
                self.family::<Histogram<3>>(leak(self.bounds), |child, labels, _| {
                    self.observations.iter().for_each(|&value| child.observe(value));
                    self.observed(labels)
                })
            }
            What::Histograms32 => {
                let mut spec = self.clone();
                spec.ticks_per_unit = 1;
                spec.family::<Histogram32<3>>(leak(self.ticks), |child, labels, _| {
                    spec.ticks_observed().for_each(|ticks| child.observe(ticks));
                    spec.observed_ticks(labels)
                })
            }
            _ => return None,
        })
    }

    /// A family whose children `update` has updated, some of which were removed.
    pub(crate) fn family<M: Child<Bound: 'static>>(
        &self,
        bounds: &'static [M::Bound],
        update: impl Fn(M::Handle, &Labels, f64) -> Vec<Expected>,
    ) -> (Metric<'static>, Vec<Expected>) {
        let names = self.leaked_names();
        let cells = Box::leak(Box::new(FamilyCells::new()));
        let family: &Family<M, 2, 8, 64> = leak(Family::from_mut(cells, names, bounds));
        let mut expected: Vec<Expected> = Vec::new();
        for (at, (values, float)) in self.children.iter().enumerate() {
            let text = values.each_ref().map(String::as_str);
            // The same values again are the same child, and a removed one would come back.
            let is_first = self.children[..at].iter().all(|(earlier, _)| earlier != values);
            if is_first && let Ok(child) = family.labels(text) {
                let samples = update(child, &self.labels(values), *float);
                if self.bits >> at & 1 == 0 {
                    expected.extend(samples);
                } else {
                    assert!(family.remove(text));
                    assert!(!family.remove(text));
                }
            }
        }
        (Metric::new(leak_str(&self.name), leak_str(&self.help), family), expected)
    }

    pub(crate) fn leaked_names(&self) -> &'static [LabelName<'static>; 2] {
        let glue = |name: &String| leak_str(&format!("\",{name}=\""));
        leak(self.label_names.each_ref().map(|name| LabelName::__from_glue(glue(name))))
    }

    pub(crate) fn labels(&self, values: &[String; 2]) -> Vec<(String, String)> {
        self.label_names.iter().cloned().zip(values.iter().cloned()).collect()
    }
}
