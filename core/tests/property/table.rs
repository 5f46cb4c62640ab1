//! Groups made from random metrics, and their pages compared with what the metrics hold.

use crate::golden::{checked, read};
use crate::spec::{Expected, Spec, leak, leak_str};
use nanoprom::{Group, Label, Metric, check};
use nanoprom_checker::Page;

/// A group to be made: its own metrics, and those of a group that it includes.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) prefixes: [String; 2],
    pub(crate) constants: [(String, String); 2],
    pub(crate) outer: Vec<Spec>,
    pub(crate) inner: Vec<Spec>,
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
    pub(crate) fn accepted(mut self) -> Self {
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
    pub(crate) fn compare(&self) {
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
