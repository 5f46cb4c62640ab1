//! Random metrics whose values are not all in cells, or that show more than a value.

use crate::spec::{Expected, Printed, START, Spec, What, leak, leak_str};
use nanoprom::{
    Collected, CollectedFamily, CollectedSeries, Collector, Counter, Created, Exact,
    ExemplarHistogramCells, Failed, GrowingCells, GrowingFamily, Histogram, Info, InfoCell,
    IntCounter, Label, Metric, Summary, Type, WithExemplars,
};

/// Room for any text that the strategies make.
const ROOM: usize = 600;

impl Spec {
    /// As `make`, for what shows more than values in cells.
    pub(crate) fn make_more(&self) -> (Metric<'static>, Vec<Expected>) {
        let (name, help) = (leak_str(&self.name), leak_str(&self.help));
        let whole = self.bits >> 4;
        match self.what {
            What::Exact => {
                let cell = leak(Exact::new(IntCounter::new()));
                cell.inc_by(whole);
                (Metric::new(name, help, cell), self.one(&[], Printed::Unsigned(whole)))
            }
            What::Exacts => self.family::<Exact<IntCounter>>(&[], |child, labels, float| {
                child.inc_by(float.to_bits() >> 4);
                self.one(labels, Printed::Unsigned(float.to_bits() >> 4))
            }),
            What::ExactInfo => {
                let labels = self.first_labels();
                let declared =
                    labels.iter().map(|(name, value)| Label::new(leak_str(name), leak_str(value)));
                let info = leak(Exact::new(Info::new(Vec::leak(declared.collect()))));
                (Metric::new(name, help, info), self.one(&labels, Printed::Unsigned(1)))
            }
            What::InfoCell => {
                // No group has these as constant labels, which would prevail.
                let names = ["label_of_an_info_a", "label_of_an_info_b"];
                let values = self.first_labels().into_iter().map(|(_, value)| value);
                let labels: Vec<_> = names.map(String::from).into_iter().zip(values).collect();
                let info = leak(InfoCell::<ROOM>::new());
                let set: Vec<_> = labels.iter().map(|(name, value)| (&**name, &**value)).collect();
                info.set(&set).unwrap();
                (Metric::new(name, help, info), self.one(&labels, Printed::Unsigned(1)))
            }
            What::Exemplar => {
                let cell = leak(WithExemplars::<Counter, ROOM>::new());
                let amount = Some(self.float.abs()).filter(|amount| amount.is_finite());
                let amount = amount.unwrap_or(0.5);
                let label = ("a".to_owned(), self.help.clone());
                let done = cell.inc_with_exemplar(amount, &[("a", &label.1)], None).is_ok();
                let mut samples = self.one(&[], Printed::Float(if done { amount } else { 0.0 }));
                samples[0].exemplar = done.then_some((label, amount));
                samples.push(self.time(&[]));
                (Metric::new(name, help, cell), samples)
            }
            What::Exemplars => {
                self.family::<WithExemplars<Counter, ROOM>>(&[], |child, labels, float| {
                    let amount = Some(float.abs()).filter(|amount| amount.is_finite());
                    let amount = amount.unwrap_or(0.5);
                    child.inc_with_exemplar(amount, &[], Some(-1.5)).unwrap();
                    let mut samples = self.one(labels, Printed::Float(amount));
                    samples.push(self.time(labels));
                    samples
                })
            }
            What::ExemplarHistogram => {
                let cells = leak(ExemplarHistogramCells::<3, 64>::new());
                let histogram =
                    leak(WithExemplars::<Histogram<3>, 64>::new(cells, leak(self.bounds)));
                for &value in &self.observations {
                    let bits = value.to_bits().to_string();
                    let seen = histogram.observe_with_exemplar(value, &[("bits", &bits)], None);
                    assert_eq!(seen.is_err(), value.is_nan());
                }
                let mut samples = self.observed(&[]);
                samples.push(self.time(&[]));
                (Metric::new(name, help, histogram), samples)
            }
            What::Created => self.family::<Created<Summary>>(&[], |child, labels, _| {
                self.observations.iter().for_each(|&value| child.observe(value));
                let mut samples = self.observed(labels);
                samples.push(self.time(labels));
                samples
            }),
            What::Growing => self.growing(),
            What::Collected => self.collected(),
            other => unreachable!("{other:?} is in the file `make`"),
        }
    }

    /// The labels of an info.
    fn first_labels(&self) -> Vec<(String, String)> {
        let values = self.children.first().map(|child| child.0.clone()).unwrap_or_default();
        self.labels(&values)
    }

    fn time(&self, labels: &[(String, String)]) -> Expected {
        let name = format!("{}_created", self.stem());
        Expected { name, ..self.sample("", labels, Printed::Float(START)) }
    }

    /// A family on the heap, some of whose children were removed.
    fn growing(&self) -> (Metric<'static>, Vec<Expected>) {
        let cells = leak(GrowingCells::new());
        // SAFETY: the cells are of this family only.
        let family =
            leak(unsafe { GrowingFamily::<IntCounter, 2>::new(cells, self.leaked_names(), &[]) });
        for (values, float) in &self.children {
            family
                .labels(values.each_ref().map(String::as_str))
                .unwrap()
                .inc_by(float.to_bits() >> 8);
        }
        let mut expected = Vec::new();
        for (at, (values, _)) in self.children.iter().enumerate() {
            let same = |child: &&([String; 2], f64)| child.0 == *values;
            if self.children[..at].iter().any(|child| same(&child)) {
                continue;
            }
            let sum = self.children.iter().filter(same).map(|child| child.1.to_bits() >> 8).sum();
            if self.bits >> at & 1 == 0 {
                expected.extend(self.one(&self.labels(values), Printed::Unsigned(sum)));
            } else {
                assert!(family.remove(values.each_ref().map(String::as_str)));
            }
        }
        (Metric::new(leak_str(&self.name), leak_str(&self.help), family), expected)
    }

    /// A collector of a family of each type, whose names and labels nothing else has.
    fn collected(&self) -> (Metric<'static>, Vec<Expected>) {
        let collected = leak(Collected::new(Given(self.clone())));
        let expected = (0..TYPES.len()).flat_map(|family| self.given(family)).collect();
        (Metric::new(leak_str(&self.name), "", collected), expected)
    }

    /// The name of a family that is collected.
    fn given_name(&self, family: usize) -> String {
        format!("given_{:x}_{family}", self.bits)
    }

    /// The values of the one label by which series are told apart.
    fn given_values(&self) -> Vec<&str> {
        let mut values: Vec<_> = self.children.iter().map(|child| &*child.0[0]).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// What a text page must show of a family that is collected, except for buckets.
    fn given(&self, family: usize) -> Vec<Expected> {
        let name = self.given_name(family);
        let (sum, total) = (Printed::Float(self.given_sum()), self.bits & 7);
        let sample = |suffix: &str, value: &str, printed: Printed| {
            let labels = [(LABEL.to_owned(), value.to_owned())];
            let name = format!("{name}{suffix}");
            Expected { name, ..self.sample("", &labels, printed) }
        };
        let values = self.given_values().into_iter();
        let samples = values.flat_map(|value| match TYPES[family] {
            Type::Counter => vec![sample("_total", value, Printed::Unsigned(self.bits))],
            Type::Gauge | Type::Unknown => vec![sample("", value, Printed::Float(self.float))],
            Type::Info => vec![sample("_info", value, Printed::Unsigned(1))],
            Type::Histogram | Type::Summary => vec![
                sample("_sum", value, sum),
                sample("_count", value, Printed::Unsigned(total + 3)),
            ],
            _ => Vec::new(),
        });
        samples.collect()
    }

    fn given_sum(&self) -> f64 {
        if self.float.is_nan() { -0.0 } else { self.float }
    }
}

/// The one label of what is collected.
const LABEL: &str = "label_of_what_is_collected";

const TYPES: [Type; 8] = [
    Type::Counter,
    Type::Gauge,
    Type::Histogram,
    Type::GaugeHistogram,
    Type::Summary,
    Type::Info,
    Type::StateSet,
    Type::Unknown,
];

struct Given(Spec);

impl Collector for Given {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        let Some(of) = TYPES.get(number as usize) else { return Ok(false) };
        out.describe(*of, &self.0.given_name(number as usize), &self.0.help);
        Ok(true)
    }

    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed> {
        let spec = &self.0;
        let Some(value) = spec.given_values().get(number as usize).copied() else {
            return Ok(false);
        };
        out.label(LABEL, value);
        let (bounds, count) = (spec.bounds, spec.bits & 7);
        let buckets = [(bounds[0], 1), (bounds[1], count), (bounds[2], 2)];
        match TYPES[family as usize] {
            Type::Counter => out.value(spec.bits),
            Type::Gauge | Type::Unknown => out.value(spec.float),
            Type::Histogram => out.histogram(&buckets, spec.given_sum()),
            // OpenMetrics leaves a negative one out, text has it in families of their own.
            Type::GaugeHistogram => out.histogram(&buckets, spec.given_sum().abs()),
            Type::Summary => {
                out.summary(count + 3, spec.given_sum(), &[(0.25, 0.5), (1.0, spec.float)]);
            }
            Type::Info => {}
            Type::StateSet => {
                out.state("", true);
                out.state(value, false);
            }
            _ => unreachable!("all types are listed"),
        }
        Ok(true)
    }
}
