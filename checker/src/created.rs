//! Rules for the times at which metrics were created: samples of their family in OpenMetrics, in text a
//! gauge family of its own behind it.

use std::collections::{HashMap, HashSet};

use crate::families::stem;
use crate::page::{Family, Faults, Format, Kind, Sample};

/// Notes creation times that are misplaced, belong to nothing, or are not written plainly.
pub(crate) fn check(families: &[Family], format: Format, exact: &[String], faults: &mut Faults) {
    if format == Format::OpenMetrics {
        for family in families {
            let created = family.samples.iter().filter(|sample| family.is_created(sample));
            // Of a summary with a negative sum OpenMetrics has nothing else.
            check_samples(family, created, family.kind == Kind::Summary, faults);
        }
        return;
    }
    let places: HashMap<_, _> =
        families.iter().enumerate().map(|(index, family)| (family.name.as_str(), index)).collect();
    // Exact counters have no creation times: what is called so is another's.
    let may_have = |family: &Family| family.kind.has_created() && !exact.contains(&family.name);
    for (index, family) in families.iter().enumerate().filter(|(_, family)| may_have(family)) {
        let name = format!("{}_created", stem(family, &[]));
        let Some(&place) = places.get(name.as_str()) else {
            continue;
        };
        let created = &families[place];
        if created.kind != Kind::Gauge || place != index + 1 {
            faults.add(
                created.line,
                format!(
                    "'{name}' holds the creation times of '{}': a gauge directly behind it",
                    family.name
                ),
            );
        }
        check_samples(family, created.samples.iter(), false, faults);
    }
}

/// Creation times are plain decimals, each of a metric that the family has, unless they may stand alone.
fn check_samples<'a>(
    family: &'a Family,
    created: impl Iterator<Item = &'a Sample>,
    may_be_alone: bool,
    faults: &mut Faults,
) {
    let own_label = family.own_label();
    let others = family.samples.iter().filter(|sample| !family.is_created(sample));
    let metrics: HashSet<_> = others.map(|sample| sample.identity(own_label)).collect();
    for sample in created {
        let plain = sample.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !plain {
            faults.add(
                sample.line,
                format!("the creation time {} of {sample} is not a plain decimal", sample.text),
            );
        }
        if !may_be_alone && !metrics.contains(&sample.identity(None)) {
            let name = &family.name;
            faults.add(
                sample.line,
                format!("{sample} is the creation time of no metric of '{name}'"),
            );
        }
    }
}
