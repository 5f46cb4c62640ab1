//! Rules for exemplars: where they may stand, how long their labels are, and that buckets hold theirs.

use std::collections::HashMap;

use crate::page::{Exemplar, Family, Faults, Kind, Sample};

/// How many code points the label names and values of an exemplar have at most, all together.
const MAX_CODE_POINTS: usize = 128;

/// Notes exemplars that are misplaced, too long or outside of their bucket.
pub(crate) fn check(families: &[Family], faults: &mut Faults) {
    for family in families {
        // The upper bound of the bucket before, by metric.
        let mut below = HashMap::new();
        for sample in &family.samples {
            let is_bucket = matches!(family.kind, Kind::Histogram | Kind::GaugeHistogram)
                && family.suffix(sample) == "_bucket";
            let bound = sample.label("le").and_then(|text| text.parse::<f64>().ok());
            let before = match bound.filter(|_| is_bucket) {
                Some(bound) => below.insert(sample.identity(Some("le")), bound),
                None => None,
            };
            let Some(exemplar) = &sample.exemplar else {
                continue;
            };
            let is_total = family.kind == Kind::Counter && family.suffix(sample) == "_total";
            if !is_total && !is_bucket {
                faults.add(
                    sample.line,
                    format!("{sample} has an exemplar: only totals of counters and buckets may"),
                );
            }
            check_one(sample, exemplar, faults);
            if is_bucket {
                let (over, under) =
                    (bound.unwrap_or(f64::INFINITY), before.unwrap_or(f64::NEG_INFINITY));
                let value = exemplar.value;
                // Minus infinity lies in the first bucket, which has no bound below.
                let is_above = before.is_none() || value > under;
                if !(value <= over && is_above) {
                    faults.add(
                        sample.line,
                        format!("the exemplar {value} of {sample} does not lie in its bucket"),
                    );
                }
            }
        }
    }
}

fn check_one(sample: &Sample, exemplar: &Exemplar, faults: &mut Faults) {
    let texts = exemplar.labels.iter().flat_map(|(name, value)| [name, value]);
    let length: usize = texts.map(|text| text.chars().count()).sum();
    if length > MAX_CODE_POINTS {
        faults.add(
            sample.line,
            format!("the labels of the exemplar of {sample} have {length} code points, more than {MAX_CODE_POINTS}"),
        );
    }
    if exemplar.timestamp.is_some_and(|timestamp| !timestamp.is_finite()) {
        faults.add(sample.line, format!("the timestamp of the exemplar of {sample} is no time"));
    }
}
