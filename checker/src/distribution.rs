//! Rules for histograms and summaries, one label set at a time.

use std::collections::BTreeMap;

use crate::number;
use crate::page::{self, Family, Faults, Kind, Sample};

/// Notes buckets and quantiles out of order, and counts and sums that are missing or impossible.
pub(crate) fn check(families: &[Family], faults: &mut Faults) {
    for family in families {
        let Some(label) = family.kind.own_label() else {
            continue;
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
            set.check_sum(faults);
            let count = set.check_count(faults);
            if family.kind == Kind::Histogram {
                set.check_buckets(count, faults);
            }
        }
    }
}

/// The samples of one histogram or summary.
struct Set<'a> {
    /// How faults call it: `histogram x{a="b"}`.
    name: String,
    /// Buckets or quantiles.
    steps: Vec<&'a Sample>,
    sum: Option<&'a Sample>,
    count: Option<&'a Sample>,
}

impl<'a> Set<'a> {
    fn new(family: &Family, labels: &[(&str, &str)]) -> Self {
        let name = format!("{} {}", family.kind, page::series(&family.name, labels));
        Set { name, steps: Vec::new(), sum: None, count: None }
    }

    fn add(&mut self, family: &Family, sample: &'a Sample) {
        match sample.name.strip_prefix(family.name.as_str()) {
            Some("_sum") => self.sum = Some(sample),
            Some("_count") => self.count = Some(sample),
            _ => self.steps.push(sample),
        }
    }

    fn last_line(&self) -> usize {
        let samples = self.steps.iter().chain(&self.sum).chain(&self.count);
        samples.map(|sample| sample.line).max().unwrap_or(0)
    }

    fn counts_and_sums(&self) -> impl Iterator<Item = &Sample> {
        self.sum.into_iter().chain(self.count)
    }

    /// `le` and `quantile` belong to buckets and quantiles, and to nothing else.
    fn check_label(&self, label: &str, faults: &mut Faults) {
        for step in self.steps.iter().filter(|step| step.label(label).is_none()) {
            faults.add(step.line, format!("{step} has no label '{label}'"));
        }
        for other in self.counts_and_sums().filter(|other| other.label(label).is_some()) {
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

    fn check_sum(&self, faults: &mut Faults) {
        match self.sum {
            None => faults.add(self.last_line(), format!("the {} has no _sum", self.name)),
            Some(sum) if sum.value.is_nan() => faults.add(sum.line, format!("{sum} is NaN")),
            Some(_) => {}
        }
    }

    fn check_count(&self, faults: &mut Faults) -> Option<u64> {
        match self.count {
            None => {
                faults.add(self.last_line(), format!("the {} has no _count", self.name));
                None
            }
            Some(count) => whole(count, faults),
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
