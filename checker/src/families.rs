//! Rules for families: their names and units, and names that two of them would share.

use std::collections::HashMap;

use crate::name;
use crate::page::{Family, Faults, Format, Kind};

/// Notes illegal and clashing names.
pub(crate) fn check(families: &[Family], format: Format, exact: &[String], faults: &mut Faults) {
    let mut taken: HashMap<String, &Family> = HashMap::new();
    for (index, family) in families.iter().enumerate() {
        let sentence = match format {
            Format::Text => text_fault(family, exact),
            Format::OpenMetrics => open_metrics_fault(family),
        };
        if let Some(sentence) = name::metric_fault(&family.name).or(sentence) {
            faults.add(family.line, sentence);
        }
        if let Some(sentence) = unit_fault(family) {
            faults.add(family.line, sentence);
        }
        let (target, is_info) = match format {
            // The only sign of an info.
            Format::Text => ("target_info", true),
            Format::OpenMetrics => ("target", family.kind == Kind::Info),
        };
        if family.name == target && is_info && index > 0 {
            faults.add(family.line, format!("'{target}' is not the first family of the page"));
        }
        for name in occupied(family, format, exact) {
            match taken.get(&name) {
                Some(other) => {
                    let (
                        Family { kind, name: own, .. },
                        Family { kind: other_kind, name: other, .. },
                    ) = (family, other);
                    faults.add(
                        family.line,
                        format!("the {kind} '{own}' and the {other_kind} '{other}' share the name '{name}'"),
                    );
                }
                None => {
                    taken.insert(name, family);
                }
            }
        }
    }
}

/// The family's name in OpenMetrics, which leaves a counter's suffix out.
pub(crate) fn stem<'a>(family: &'a Family, exact: &[String]) -> &'a str {
    match family.kind {
        Kind::Counter if !exact.contains(&family.name) => {
            family.name.strip_suffix("_total").unwrap_or(&family.name)
        }
        _ => &family.name,
    }
}

/// Every name that no other family may use, in either format.
fn occupied(family: &Family, format: Format, exact: &[String]) -> Vec<String> {
    let mut names = vec![stem(family, exact).to_owned()];
    for suffix in family.kind.suffixes(format) {
        let name = format!("{}{suffix}", family.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn text_fault(family: &Family, exact: &[String]) -> Option<String> {
    let name = &family.name;
    if family.kind != Kind::Counter || exact.contains(name) {
        return None;
    }
    let stem = stem(family, exact);
    if stem.ends_with("_total") {
        return Some(format!("the counter '{name}' has the suffix _total twice"));
    }
    (stem == name).then(|| format!("the counter '{name}' does not end in _total"))
}

/// The suffix of these types belongs to the samples.
fn open_metrics_fault(family: &Family) -> Option<String> {
    let (kind, name) = (family.kind, &family.name);
    let suffix = match kind {
        Kind::Counter => "_total",
        Kind::Info => "_info",
        _ => return None,
    };
    name.ends_with(suffix).then(|| format!("the {kind} '{name}' has {suffix} in its family's name"))
}

fn unit_fault(family: &Family) -> Option<String> {
    let Family { kind, name, unit, .. } = family;
    if unit.is_empty() {
        return None;
    }
    if matches!(kind, Kind::Info | Kind::StateSet) {
        return Some(format!("the {kind} '{name}' has a unit: this type has none"));
    }
    let before = name.strip_suffix(unit.as_str()).and_then(|rest| rest.strip_suffix('_'));
    let is_suffix = before.is_some_and(|before| !before.is_empty());
    (!is_suffix).then(|| format!("the name '{name}' does not end in its unit {unit:?}"))
}
