//! Groups made from random metrics, and their pages compared with what the metrics hold.

use crate::golden::{FORMATS, agreed_exact, rest};
use crate::spec::{Expected, OWN_NAME, Spec, What, leak, leak_str};
use nanoprom::{Cursor, Group, Label, Metric, check};
use nanoprom_checker::{Family, Page};

/// A group to be made: its own metrics, and those of a group that it includes.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) prefixes: [String; 2],
    pub(crate) constants: [(String, String); 2],
    pub(crate) outer: Vec<Spec>,
    pub(crate) inner: Vec<Spec>,
    /// How many bytes are read at a time.
    pub(crate) portion: usize,
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
        // The OpenMetrics page has the same values, or the two would not agree.
        let exact = expected.iter().filter(|(spec, ..)| spec.what.is_exact_counter());
        let exact = exact.map(|(spec, depth, _)| self.prefixes[..*depth].concat() + &spec.name);
        let pages = agreed_exact(&group, exact);
        for format in FORMATS {
            let read = |size| rest(Cursor::new(&group, format), size);
            assert!(read(self.portion) == read(4096), "through {} bytes", self.portion);
        }
        for (spec, depth, samples) in expected {
            self.find_all(&pages, spec, depth, samples);
        }
    }

    fn find_all(
        &self,
        (page, open): &(Page, Page),
        spec: &Spec,
        depth: usize,
        samples: Vec<Expected>,
    ) {
        let prefix = self.prefixes[..depth].concat();
        let own = format!("{prefix}{}", spec.text_name());
        // A collector's families are called otherwise, each in its own way.
        if spec.what != What::Collected {
            let family = page.family(&own).expect("a family");
            assert_eq!(family.help, spec.help);
            let bucket = format!("{own}_bucket");
            let others = family.samples.iter().filter(|sample| sample.name != bucket);
            let is_time = |it: &&Expected| spec.what.has_times() && it.name.ends_with("_created");
            let times = samples.iter().filter(is_time).count();
            assert_eq!(others.count(), samples.len() - times, "{own}");
            let open = open.family(&format!("{prefix}{}", spec.stem())).expect("a family");
            let unit = &open.unit;
            assert!(spec.unit().is_empty() || spec.unit() == unit, "{own} has the unit {unit}");
            find_exemplars(open, spec);
        } else if self.constants[..depth].iter().any(|(name, _)| name == "le" || name == "quantile")
        {
            // It cannot give families of the types that have these labels.
            return;
        }
        for Expected { name, labels, value, exemplar } in samples {
            let constants = self.constants[..depth].iter();
            let labels: Vec<_> = constants
                .filter(|(name, _)| !name.is_empty())
                .chain(&labels)
                .map(|(name, value)| (if name == OWN_NAME { &own } else { name }, value))
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let name = format!("{prefix}{name}");
            let sample = page.sample(&name, &labels);
            let sample = sample.unwrap_or_else(|| panic!("{name}{labels:?} is not on the page"));
            assert!(value.is(sample), "{sample} shows {}", sample.text);
            if let Some(((label, value), number)) = exemplar {
                let sample = open.sample(&name, &labels).expect("the sample");
                let found = sample.exemplar.as_ref().expect("an exemplar");
                assert_eq!(found.labels, [(label, value)]);
                assert_eq!(found.value.to_bits(), number.to_bits(), "{sample}");
            }
        }
    }
}

/// Compares what observations the buckets of a histogram have as exemplars: each says its own bits.
fn find_exemplars(family: &Family, spec: &Spec) {
    if spec.what != What::ExemplarHistogram {
        return;
    }
    let exemplars = family.samples.iter().filter_map(|sample| sample.exemplar.as_ref());
    let found = exemplars.map(|exemplar| {
        let bits = exemplar.value.to_bits();
        assert_eq!(exemplar.labels, [("bits".to_owned(), bits.to_string())]);
        assert!(spec.observations.iter().any(|value| value.to_bits() == bits));
    });
    assert_eq!(found.count() == 0, spec.observations.iter().all(|value| value.is_nan()));
}
