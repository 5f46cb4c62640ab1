//! Rules for families: their names, and names that two of them would share.

use std::collections::HashMap;

use crate::name;
use crate::page::{Family, Faults, Kind};

/// Notes illegal and clashing names.
pub(crate) fn check(families: &[Family], exact: &[String], faults: &mut Faults) {
    let mut taken: HashMap<String, &Family> = HashMap::new();
    for (index, family) in families.iter().enumerate() {
        let stem = stem(family, exact);
        if let Some(sentence) = name_fault(family, stem, exact) {
            faults.add(family.line, sentence);
        }
        check_created(families, index, stem, faults);
        if family.name == "target_info" && index > 0 {
            faults.add(family.line, "'target_info' is not the first family of the page");
        }
        for name in occupied(family, stem) {
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
fn stem<'a>(family: &'a Family, exact: &[String]) -> &'a str {
    match family.kind {
        Kind::Counter if !exact.contains(&family.name) => {
            family.name.strip_suffix("_total").unwrap_or(&family.name)
        }
        _ => &family.name,
    }
}

/// Every name that no other family may use, in either format.
fn occupied(family: &Family, stem: &str) -> Vec<String> {
    let mut names = vec![stem.to_owned()];
    for suffix in family.kind.suffixes() {
        let name = format!("{}{suffix}", family.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn name_fault(family: &Family, stem: &str, exact: &[String]) -> Option<String> {
    let name = &family.name;
    if let Some(sentence) = name::metric_fault(name) {
        return Some(sentence);
    }
    if family.kind != Kind::Counter || exact.contains(name) {
        return None;
    }
    if stem.ends_with("_total") {
        return Some(format!("the counter '{name}' has the suffix _total twice"));
    }
    (stem == name).then(|| format!("the counter '{name}' does not end in _total"))
}

/// In text a creation time is a gauge of its own, directly behind the family it speaks of.
fn check_created(families: &[Family], index: usize, stem: &str, faults: &mut Faults) {
    let family = &families[index];
    if !matches!(family.kind, Kind::Counter | Kind::Histogram | Kind::Summary) {
        return;
    }
    let name = format!("{stem}_created");
    let Some((place, created)) = families.iter().enumerate().find(|(_, other)| other.name == name)
    else {
        return;
    };
    if created.kind != Kind::Gauge || place != index + 1 {
        faults.add(
            created.line,
            format!(
                "'{name}' holds the creation times of '{}': a gauge directly behind it",
                family.name
            ),
        );
    }
    for sample in &created.samples {
        let plain = sample.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !plain {
            faults.add(
                sample.line,
                format!("the creation time {} of {sample} is not a plain decimal", sample.text),
            );
        }
    }
}
