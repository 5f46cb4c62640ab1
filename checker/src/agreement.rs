//! Whether a text page and an OpenMetrics page of the same moment say the same.

use std::collections::HashSet;

use crate::page::{Family, Kind, Page, Sample};

/// Where two pages of the same metrics at the same moment differ although the formats do not: a
/// sentence each, none when they agree.
///
/// The formats differ in the names of types and of counters and infos; in creation times, which are a
/// family of their own in text; in gauge histograms, which are three families in text; in the sums,
/// counts and quantiles that OpenMetrics forbids; and in units and exemplars, which text has not.
pub fn disagreements(text: &Page, open_metrics: &Page) -> Vec<String> {
    let found: Vec<_> = text.families.iter().map(without_forbidden).collect();
    let expected: Vec<_> = open_metrics.families.iter().flat_map(as_text).collect();
    let mut differences = Vec::new();
    for at in 0..found.len().max(expected.len()) {
        match (found.get(at), expected.get(at)) {
            (Some(text), Some(open)) if text.name != open.name => {
                differences.push(format!(
                    "the family '{}' stands in text where OpenMetrics has '{}'",
                    text.name, open.name
                ));
                break;
            }
            (Some(text), Some(open)) => compare(text, open, &mut differences),
            (Some(text), None) => {
                differences.push(format!("the family '{}' is only in text", text.name));
            }
            (None, Some(open)) => {
                differences.push(format!("the family '{}' is only in OpenMetrics", open.name));
            }
            (None, None) => {}
        }
    }
    differences
}

fn compare(text: &Family, open: &Family, differences: &mut Vec<String>) {
    let name = &text.name;
    // A counter that is printed as it was declared has no type in OpenMetrics.
    let is_exact = text.kind == Kind::Counter && open.kind == Kind::Untyped;
    if text.kind != open.kind && !is_exact {
        differences
            .push(format!("'{name}' is a {} in text, in OpenMetrics a {}", text.kind, open.kind));
    }
    if text.help != open.help && !name.ends_with("_created") {
        differences.push(format!("'{name}' has another help text in OpenMetrics"));
    }
    if text.samples.len() != open.samples.len() {
        differences.push(format!(
            "'{name}' has {} samples in text, in OpenMetrics {}",
            text.samples.len(),
            open.samples.len()
        ));
    }
    for (text, open) in text.samples.iter().zip(&open.samples) {
        if (&text.name, &text.labels) != (&open.name, &open.labels) {
            differences.push(format!("{text} stands in text where OpenMetrics has {open}"));
        } else if (&text.text, text.timestamp) != (&open.text, open.timestamp) {
            differences
                .push(format!("{text} is {} in text, in OpenMetrics {}", text.text, open.text));
        }
    }
}

/// A family of text without the sums, counts and quantiles that OpenMetrics forbids.
fn without_forbidden(family: &Family) -> Family {
    let mut family = family.clone();
    if !matches!(family.kind, Kind::Histogram | Kind::Summary) {
        return family;
    }
    let own_label = family.own_label();
    let may_fall = |sample: &&Sample| match family.suffix(sample) {
        "_sum" => sample.value < 0.0,
        "_bucket" => {
            sample.label("le").and_then(|le| le.parse::<f64>().ok()).is_some_and(|le| le < 0.0)
        }
        _ => false,
    };
    let fallible: HashSet<Vec<(String, String)>> =
        family.samples.iter().filter(may_fall).map(|sample| owned(sample, own_label)).collect();
    let is_quantile = |sample: &Sample| family.kind == Kind::Summary && sample.name == family.name;
    let kept = family.samples.iter().filter(|sample| {
        if is_quantile(sample) && sample.value < 0.0 {
            return false;
        }
        !matches!(family.suffix(sample), "_sum" | "_count")
            || !fallible.contains(&owned(sample, own_label))
    });
    family.samples = kept.cloned().collect();
    family
}

fn owned(sample: &Sample, except: Option<&str>) -> Vec<(String, String)> {
    let labels = sample.identity(except).into_iter();
    labels.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A family of OpenMetrics as the families that text makes of it.
fn as_text(family: &Family) -> Vec<Family> {
    let (created, own): (Vec<_>, Vec<_>) =
        family.samples.iter().cloned().partition(|sample| family.is_created(sample));
    let part = |suffix: &str, kind, samples| Family {
        name: format!("{}{suffix}", family.name),
        kind,
        samples,
        ..family.clone()
    };
    let with = |suffix: &str| {
        let samples = family.samples.iter().filter(|sample| family.suffix(sample) == suffix);
        part(suffix, Kind::Gauge, samples.cloned().collect())
    };
    let mut families = match family.kind {
        Kind::Counter => vec![part("_total", Kind::Counter, own)],
        Kind::Info => vec![part("_info", Kind::Gauge, own)],
        Kind::StateSet => vec![part("", Kind::Gauge, own)],
        Kind::GaugeHistogram => vec![with("_bucket"), with("_gcount"), with("_gsum")],
        Kind::Gauge | Kind::Histogram | Kind::Summary | Kind::Untyped => {
            vec![part("", family.kind, own)]
        }
    };
    if !created.is_empty() {
        families.push(part("_created", Kind::Gauge, created));
    }
    families
}
