//! Rules for histograms, gauge histograms and summaries, one label set at a time.

use std::collections::BTreeMap;

use crate::number;
use crate::page::{self, Family, Faults, Format, Kind, Sample};

/// Notes buckets and quantiles out of order, and counts and sums that are missing or impossible.
pub(crate) fn check(families: &[Family], format: Format, faults: &mut Faults) {
    for family in families {
        let label = match family.kind {
            Kind::Histogram | Kind::GaugeHistogram => "le",
            Kind::Summary => "quantile",
            _ => continue,
        };
        let mut sets: BTreeMap<_, Set<'_>> = BTreeMap::new();
        for sample in &family.samples {
            let labels = sample.identity(Some(label));
            let set = sets.entry(labels).or_insert_with_key(|labels| Set::new(family, labels));
            set.add(family, sample);
        }
        for set in sets.values() {
            set.check_label(label, faults);
            set.check_steps(label, faults);
            match format {
                Format::Text => set.check_present(faults),
                Format::OpenMetrics => set.check_open_metrics(faults),
            }
            set.check_sum(faults);
            let count = set.count.and_then(|count| whole(count, faults));
            if family.kind != Kind::Summary {
                set.check_buckets(count, faults);
            }
        }
    }
}

/// The samples of one histogram or summary.
struct Set<'a> {
    kind: Kind,
    /// How faults call it: `histogram x{a="b"}`.
    name: String,
    /// Buckets or quantiles.
    steps: Vec<&'a Sample>,
    sum: Option<&'a Sample>,
    count: Option<&'a Sample>,
    created: Option<&'a Sample>,
}

impl<'a> Set<'a> {
    fn new(family: &Family, labels: &[(&str, &str)]) -> Self {
        let name = format!("{} {}", family.kind, page::series(&family.name, labels));
        let (kind, steps) = (family.kind, Vec::new());
        Set { kind, name, steps, sum: None, count: None, created: None }
    }

    fn add(&mut self, family: &Family, sample: &'a Sample) {
        match family.suffix(sample) {
            "_sum" | "_gsum" => self.sum = Some(sample),
            "_count" | "_gcount" => self.count = Some(sample),
            "_created" => self.created = Some(sample),
            _ => self.steps.push(sample),
        }
    }

    fn last_line(&self) -> usize {
        let samples = self.steps.iter().chain(&self.sum).chain(&self.count);
        samples.map(|sample| sample.line).max().unwrap_or(0)
    }

    fn others(&self) -> impl Iterator<Item = &Sample> {
        self.sum.into_iter().chain(self.count).chain(self.created)
    }

    /// `le` and `quantile` belong to buckets and quantiles, and to nothing else.
    fn check_label(&self, label: &str, faults: &mut Faults) {
        for step in self.steps.iter().filter(|step| step.label(label).is_none()) {
            faults.add(step.line, format!("{step} has no label '{label}'"));
        }
        for other in self.others().filter(|other| other.label(label).is_some()) {
            faults.add(other.line, format!("{other} has the reserved label '{label}'"));
        }
    }

    fn check_steps(&self, label: &str, faults: &mut Faults) {
        let mut previous = None;
        for step in &self.steps {
            let Some(text) = step.label(label) else {
                continue;
            };
            match number::read_bound(label, text) {
                Err(sentence) => faults.add(step.line, sentence),
                Ok(bound) => {
                    if label == "quantile" && !(0.0..=1.0).contains(&bound) {
                        faults.add(
                            step.line,
                            format!("the quantile {text} is not between 0.0 and 1.0"),
                        );
                    }
                    if previous.is_some_and(|previous| bound <= previous) {
                        faults.add(
                            step.line,
                            format!("{label}={text:?} does not lie above the one before"),
                        );
                    }
                    previous = Some(bound);
                }
            }
        }
    }

    /// In text both are always there.
    fn check_present(&self, faults: &mut Faults) {
        for (sample, suffix) in [(self.sum, "_sum"), (self.count, "_count")] {
            if sample.is_none() {
                faults.add(self.last_line(), format!("the {} has no {suffix}", self.name));
            }
        }
    }

    /// In OpenMetrics they are there together or not at all, and a sum that could fall is not.
    fn check_open_metrics(&self, faults: &mut Faults) {
        let name = &self.name;
        match (self.sum, self.count) {
            (Some(sum), None) => faults.add(sum.line, format!("the {name} has a sum and no count")),
            (None, Some(count)) => {
                faults.add(count.line, format!("the {name} has a count and no sum"));
            }
            _ => {}
        }
        let bounds = self.steps.iter().filter_map(|step| step.label("le")?.parse::<f64>().ok());
        let is_negative = bounds.into_iter().any(|bound| bound < 0.0);
        if let Some(sum) = self.sum {
            let fault = match self.kind {
                Kind::Histogram if is_negative => {
                    Some("a histogram with a bound below 0 has no sum".to_owned())
                }
                Kind::GaugeHistogram if is_negative => None,
                _ => (sum.value < 0.0).then(|| "a sum that may fall is left out".to_owned()),
            };
            if let Some(fault) = fault {
                faults.add(sum.line, format!("{sum} is {}: {fault}", sum.text));
            }
        }
        if self.kind == Kind::Summary {
            for step in self.steps.iter().filter(|step| step.value < 0.0) {
                faults.add(step.line, format!("the quantile {step} is {}, below 0", step.text));
            }
        }
    }

    fn check_sum(&self, faults: &mut Faults) {
        if let Some(sum) = self.sum.filter(|sum| sum.value.is_nan()) {
            faults.add(sum.line, format!("{sum} is NaN"));
        }
    }

    fn check_buckets(&self, count: Option<u64>, faults: &mut Faults) {
        let mut below = 0;
        for bucket in &self.steps {
            let Some(value) = whole(bucket, faults) else {
                continue;
            };
            if value < below {
                faults.add(
                    bucket.line,
                    format!("{bucket} counts {value}, less than the {below} of the bucket before"),
                );
            }
            below = value;
        }
        let Some(last) = self.steps.last().filter(|last| last.label("le") == Some("+Inf")) else {
            let fault = format!("the last bucket of the {} is not le=\"+Inf\"", self.name);
            return faults.add(self.last_line(), fault);
        };
        let (Some(sample), Some(count), Some(total)) = (self.count, count, last.u64()) else {
            return;
        };
        if count != total {
            let fault = format!("{sample} is {count}, but the bucket le=\"+Inf\" counts {total}");
            faults.add(sample.line, fault);
        }
    }
}

/// What a sample counts, if it can be a number of observations.
fn whole(sample: &Sample, faults: &mut Faults) -> Option<u64> {
    let value = sample.u64();
    if value.is_none() {
        faults.add(
            sample.line,
            format!("{sample} is {}: observations are counted in whole numbers", sample.text),
        );
    }
    value
}
