//! One page from those of many devices, told apart by a label `device`.

use nanoprom_checker::{Family, Kind, Page, Sample};
use std::collections::HashSet;

/// The label that names the device.
const LABEL: &str = "device";

/// A page in the making.
///
/// A family has one HELP and one TYPE line, however many devices expose it; the first help text wins. A
/// family that does not go with those of the devices before, because its type differs or its name is one
/// of theirs, is left out.
///
/// A label `device` of the devices' own becomes `exported_device`, as it would in Prometheus.
#[derive(Debug, Default)]
pub struct Merge {
    families: Vec<Merged>,
    /// Names that no further family may have.
    taken: HashSet<String>,
}

/// A family with the samples of all devices.
#[derive(Debug)]
struct Merged {
    name: String,
    kind: Kind,
    timestamps: bool,
    help: String,
    lines: String,
}

impl Merge {
    /// A page without anything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the page of a device; returns how many of its families were left out.
    pub fn add(&mut self, device: &str, page: &Page) -> usize {
        let exported = exported_label(page);
        let mut left_out = 0;
        // New families go behind the one before them on their own page, so that the order of a page,
        // which has a meaning where a gauge of creation times follows its counter, is kept.
        let info_first = self.families.first().is_some_and(|first| first.name == "target_info");
        let mut place = usize::from(info_first);
        for family in &page.families {
            let Some(at) = self.place(family, place) else {
                left_out += 1;
                continue;
            };
            let merged = &mut self.families[at];
            if merged.help.is_empty() {
                merged.help.clone_from(&family.help);
            }
            for sample in &family.samples {
                write_sample(&mut merged.lines, device, &exported, sample);
            }
            place = at + 1;
        }
        left_out
    }

    /// Where the family stands, at `place` if it is new; `None` for one that does not go with the others.
    fn place(&mut self, family: &Family, place: usize) -> Option<usize> {
        let timestamps = family.samples.iter().any(|sample| sample.timestamp.is_some());
        if let Some(at) = self.families.iter().position(|merged| merged.name == family.name) {
            let merged = &self.families[at];
            let same_kind = merged.kind == family.kind;
            let same_form = merged.timestamps == timestamps || merged.lines.is_empty();
            return (same_kind && (same_form || family.samples.is_empty())).then_some(at);
        }
        let names = occupied(family);
        if !names.is_disjoint(&self.taken) {
            return None;
        }
        self.taken.extend(names);
        let (name, kind, help) = (family.name.clone(), family.kind, family.help.clone());
        self.families.insert(place, Merged { name, kind, timestamps, help, lines: String::new() });
        Some(place)
    }

    /// The page.
    pub fn finish(self) -> String {
        let mut page = String::new();
        for Merged { name, kind, help, lines, .. } in self.families {
            if !help.is_empty() {
                page.extend(["# HELP ", &name, " ", &escape(&help, false), "\n"]);
            }
            page.extend(["# TYPE ", &name, " ", &kind.to_string(), "\n", &lines]);
        }
        page
    }
}

/// What a label `device` of the page's own is called: a name that the page does not use yet.
fn exported_label(page: &Page) -> String {
    let labels = page.samples().flat_map(|sample| &sample.labels);
    let used: HashSet<&str> = labels.map(|(name, _)| name.as_str()).collect();
    let mut name = format!("exported_{LABEL}");
    while used.contains(name.as_str()) {
        name.insert_str(0, "exported_");
    }
    name
}

/// Every name that another family must not have: those of its samples, and its own in OpenMetrics.
fn occupied(family: &Family) -> HashSet<String> {
    let name = &family.name;
    let suffixes: &[&str] = match family.kind {
        Kind::Histogram => &["", "_bucket", "_sum", "_count"],
        Kind::Summary => &["", "_sum", "_count"],
        _ => &[""],
    };
    let mut names: HashSet<_> = suffixes.iter().map(|suffix| format!("{name}{suffix}")).collect();
    if family.kind == Kind::Counter {
        names.extend(name.strip_suffix("_total").map(str::to_owned));
    }
    names
}

fn write_sample(page: &mut String, device: &str, exported: &str, sample: &Sample) {
    page.extend([&sample.name, "{", LABEL, "=\"", &escape(device, true), "\""]);
    for (name, value) in &sample.labels {
        let name = if name == LABEL { exported } else { name };
        page.extend([",", name, "=\"", &escape(value, true), "\""]);
    }
    page.extend(["} ", &sample.text]);
    if let Some(timestamp) = sample.timestamp {
        page.extend([" ", &timestamp.to_string()]);
    }
    page.push('\n');
}

/// Text as it stands in a help line, or between the quotes of a label.
fn escape(text: &str, quoted: bool) -> String {
    let text = text.replace('\\', r"\\").replace('\n', r"\n");
    if quoted { text.replace('"', "\\\"") } else { text }
}
