//! Rules for single samples: every series once, the samples of a metric together, counters never
//! negative, timestamps all or none.

use std::collections::{HashMap, HashSet};

use crate::page::{Family, Faults, Kind};

/// Notes repeated series, impossible counters and mixed timestamps.
pub(crate) fn check(families: &[Family], faults: &mut Faults) {
    let mut seen = HashMap::new();
    for family in families {
        for sample in &family.samples {
            if let Some(earlier) =
                seen.insert((sample.name.as_str(), sample.identity(None)), sample.line)
            {
                faults.add(
                    sample.line,
                    format!("the series {sample} stood in line {earlier} already"),
                );
            }
            if family.kind == Kind::Counter && !family.is_created(sample) {
                let what = if sample.value < 0.0 {
                    "counters never fall below 0"
                } else if !sample.value.is_finite() {
                    "it could never count again"
                } else {
                    continue;
                };
                let text = &sample.text;
                faults.add(
                    sample.line,
                    format!("the counter '{sample}' has the value {text}: {what}"),
                );
            }
        }
        check_timestamps(family, faults);
        check_together(family, faults);
    }
}

/// The samples of one metric stand together.
fn check_together(family: &Family, faults: &mut Faults) {
    let mut seen = HashSet::new();
    let mut current = None;
    for sample in &family.samples {
        let metric = sample.identity(family.own_label());
        if current.as_ref() == Some(&metric) {
            continue;
        }
        if !seen.insert(metric.clone()) && family.kind.has_many_samples() {
            faults.add(
                sample.line,
                format!("{sample} stands apart from the other samples of its metric"),
            );
        }
        current = Some(metric);
    }
}

fn check_timestamps(family: &Family, faults: &mut Faults) {
    let Some(first) = family.samples.first() else {
        return;
    };
    let mut latest = HashMap::new();
    for sample in &family.samples {
        if sample.timestamp.is_some() != first.timestamp.is_some() {
            let name = &family.name;
            faults.add(
                sample.line,
                format!("only some samples of '{name}' have a timestamp: {sample}"),
            );
        }
        let metric = sample.identity(family.own_label());
        let before = latest.insert(metric, sample.timestamp);
        if before.flatten().zip(sample.timestamp).is_some_and(|(before, now)| now < before) {
            let fault =
                format!("the timestamp of {sample} is earlier than that of a sample before");
            faults.add(sample.line, fault);
        }
    }
}
