//! Laws of whole pages: what the check accepts makes a valid page, and every value, label and help
//! text reads back bit-equal, whatever it is.
//!
//! `PROPTEST_CASES=100000 cargo test --package nanoprom --test property` looks further.

mod golden;

use golden::{checked, read};
use nanoprom::{
    Counter, Counter32, Family, FamilyCells, Gauge, Gauge32, Group, Histogram, HistogramCells,
    IntCounter, IntGauge, Label, LabelName, Metric, check,
};
use nanoprom_checker::{Page, Sample};
use proptest::prelude::*;

/// What the page must show: a sample's name behind the prefix, its labels, and its value.
struct Expected {
    name: String,
    labels: Vec<(String, String)>,
    value: Printed,
}

enum Printed {
    Float(f64),
    Unsigned(u64),
    Signed(i64),
}

impl Printed {
    fn is(&self, sample: &Sample) -> bool {
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
struct Spec {
    name: String,
    help: String,
    kind: u8,
    bits: u64,
    float: f64,
    observations: Vec<f64>,
    bounds: [f64; 3],
    label_names: [String; 2],
    children: Vec<([String; 2], f64)>,
}

/// Values live as long as the process: families want that.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_str(text: &str) -> &'static str {
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
    fn counter_name(&self) -> String {
        let stem = self.name.strip_suffix("_total").unwrap_or(&self.name);
        format!("{stem}_total")
    }

    /// The metric, updated, and what the page must show of it.
    fn make(&self) -> (Metric<'static>, Vec<Expected>) {
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
                one(self.counter_name(), Printed::Float(cell.get()));
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

    fn family<M: nanoprom::Child>(&self, bounds: &'static [f64]) -> &'static Family<M, 2, 8, 64> {
        let names = leak(
            self.label_names
                .each_ref()
                .map(|name| LabelName::__from_glue(leak_str(&format!("\",{name}=\"")))),
        );
        leak(Family::with_buckets(leak(FamilyCells::new()), names, bounds))
    }

    fn labels(&self, values: &[String; 2]) -> Vec<(String, String)> {
        self.label_names.iter().cloned().zip(values.iter().cloned()).collect()
    }
}

/// A group to be made: its own metrics, and those of a group that it includes.
#[derive(Clone, Debug)]
struct Table {
    prefixes: [String; 2],
    constants: [(String, String); 2],
    outer: Vec<Spec>,
    inner: Vec<Spec>,
}

/// The group as a leaked constant.
fn group(prefix: &str, constant: &(String, String), rows: Vec<Metric<'static>>) -> Group<'static> {
    let labels: &'static [Label<'static>] = match constant.0.as_str() {
        "" => &[],
        name => leak([Label::new(leak_str(name), leak_str(&constant.1))]),
    };
    let rows: &'static [Metric<'static>] = Vec::leak(rows);
    Group::new(rows).with_prefix(leak_str(prefix)).with_labels(labels)
}

impl Table {
    fn group(&self, outer: &[Spec], inner: &[Spec]) -> Group<'static> {
        let rows = |specs: &[Spec]| specs.iter().map(|spec| spec.make().0).collect();
        let included = leak(group(&self.prefixes[1], &self.constants[1], rows(inner)));
        let mut rows: Vec<_> = rows(outer);
        rows.push(Metric::group(included));
        group(&self.prefixes[0], &self.constants[0], rows)
    }

    /// The table without the metrics that the check refuses.
    fn accepted(mut self) -> Self {
        let (outer, inner) = (self.outer.split_off(0), self.inner.split_off(0));
        for spec in outer {
            self.outer.push(spec);
            if check(&self.group(&self.outer, &self.inner)).is_err() {
                self.outer.pop();
            }
        }
        for spec in inner {
            self.inner.push(spec);
            if check(&self.group(&self.outer, &self.inner)).is_err() {
                self.inner.pop();
            }
        }
        self
    }

    /// Compares the page with what the metrics hold.
    fn compare(&self) {
        let mut expected = Vec::new();
        let (mut outer, mut inner) = (Vec::new(), Vec::new());
        for (specs, depth, rows) in [(&self.outer, 1, &mut outer), (&self.inner, 2, &mut inner)] {
            for spec in specs {
                let (row, samples) = spec.make();
                rows.push(row);
                expected.push((spec, depth, samples));
            }
        }
        let included = leak(group(&self.prefixes[1], &self.constants[1], inner));
        outer.push(Metric::group(included));
        let group = group(&self.prefixes[0], &self.constants[0], outer);
        let bytes = read(&group, 4096);
        let page = checked(&bytes);
        assert_eq!(read(&group, 7), bytes);
        for (spec, depth, samples) in expected {
            self.find_all(&page, spec, depth, samples);
        }
    }

    fn find_all(&self, page: &Page, spec: &Spec, depth: usize, samples: Vec<Expected>) {
        let prefix = self.prefixes[..depth].concat();
        let own = if spec.kind <= 2 { spec.counter_name() } else { spec.name.clone() };
        let family = page.family(&format!("{prefix}{own}")).expect("a family");
        assert_eq!(family.help, spec.help);
        if spec.kind <= 5 {
            assert_eq!(family.samples.len(), 1);
        }
        for Expected { name, labels, value } in samples {
            let constants = self.constants[..depth].iter();
            let labels: Vec<_> = constants
                .filter(|(name, _)| !name.is_empty())
                .chain(&labels)
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let name = format!("{prefix}{name}");
            let sample = page.sample(&name, &labels);
            let sample = sample.unwrap_or_else(|| panic!("{name}{labels:?} is not on the page"));
            assert!(value.is(sample), "{sample} shows {}", sample.text);
        }
    }
}

/// Few words, so that names clash and are reserved often.
fn name() -> impl Strategy<Value = String> {
    let stem = prop::sample::select(vec![
        "a",
        "b",
        "requests",
        "x:y",
        "_a",
        "9a",
        "a-b",
        "",
        "nanoprom_series_refused",
    ]);
    let suffix = prop::sample::select(vec![
        "", "", "", "_total", "_count", "_sum", "_bucket", "_created", "_seconds", "_info",
    ]);
    let free = "[a-zA-Z_:][a-zA-Z0-9_:]{0,20}";
    prop_oneof![(stem, suffix).prop_map(|(stem, suffix)| format!("{stem}{suffix}")), free,]
}

fn label_name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["a", "b", "le", "family", "__x", "quantile", "a:b", "_"])
            .prop_map(String::from),
        "[a-zA-Z_][a-zA-Z0-9_]{0,8}",
    ]
}

/// Any text, and much of what is escaped.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[\\\\\"\n{},= a#]{0,12}", "\\PC{0,20}", any::<String>()]
}

fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<u64>().prop_map(f64::from_bits),
        (-1000_i32..1000).prop_map(|value| f64::from(value) / 8.0),
        prop::sample::select(vec![
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            1e15,
            1e16,
            1e17,
            1e21,
            1e22,
            1e23,
            0.1,
            0.3,
            1.0 / 3.0,
            9_007_199_254_740_991.0,
            9_007_199_254_740_992.0,
            9_007_199_254_740_993.0,
        ]),
    ]
}

fn bounds() -> impl Strategy<Value = [f64; 3]> {
    [float(), float(), float()].prop_filter_map("three bounds", |mut bounds| {
        bounds.sort_by(f64::total_cmp);
        let ascend = bounds.windows(2).all(|pair| pair[0] < pair[1]);
        (ascend && bounds.iter().all(|bound| bound.is_finite())).then_some(bounds)
    })
}

fn spec() -> impl Strategy<Value = Spec> {
    let children = prop::collection::vec(([text(), text()], float()), 0..6);
    let observations = prop::collection::vec(float(), 0..6);
    (
        (name(), text(), 0..=8_u8, any::<u64>(), float()),
        (observations, bounds(), [label_name(), label_name()], children),
    )
        .prop_map(|((name, help, kind, bits, float), rest)| {
            let (observations, bounds, label_names, children) = rest;
            Spec { name, help, kind, bits, float, observations, bounds, label_names, children }
        })
}

fn table() -> impl Strategy<Value = Table> {
    let prefix = || prop::sample::select(vec!["", "", "app_", "a", ":"]).prop_map(String::from);
    let constant = || {
        let name = prop_oneof![Just(String::new()), label_name()];
        (name, text())
    };
    (
        [prefix(), prefix()],
        [constant(), constant()],
        prop::collection::vec(spec(), 0..10),
        prop::collection::vec(spec(), 0..6),
    )
        .prop_map(|(prefixes, constants, outer, inner)| Table {
            prefixes,
            constants,
            outer,
            inner,
        })
}

fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: cases.and_then(|cases| cases.parse().ok()).unwrap_or(default),
        // No file of old failures: a failure becomes a test of its own.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_the_check_accepts_makes_a_valid_page_that_reads_back_bit_equal(table in table()) {
        table.accepted().compare();
    }

    #[test]
    fn any_value_reads_back_bit_equal(bits in any::<u64>(), float in float()) {
        static GAUGE: Gauge = Gauge::new();
        let row = [Metric::new("x", "", &GAUGE)];
        for value in [f64::from_bits(bits), float] {
            GAUGE.set(value);
            let page = checked(&read(&Group::new(&row), 64));
            let sample = page.sample("x", &[]).unwrap();
            prop_assert!(Printed::Float(value).is(sample), "{} for {value:e}", sample.text);
            prop_assert!(sample.text.len() <= 24);
        }
    }
}
