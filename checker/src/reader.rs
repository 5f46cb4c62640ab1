//! A page in the making: its lines one by one, and which family each sample belongs to.

use std::collections::HashMap;

use crate::line::{self, Line};
use crate::page::{Family, Faults, Format, Kind, Sample};

/// What was read so far.
pub(crate) struct Reader {
    pub(crate) format: Format,
    pub(crate) families: Vec<Family>,
    pub(crate) faults: Faults,
    /// Which family a sample name belongs to.
    owners: HashMap<String, usize>,
    /// Which family a TYPE line named.
    declared: HashMap<String, usize>,
    /// The family that samples may now belong to.
    pub(crate) current: Option<usize>,
}

impl Reader {
    pub(crate) fn new(format: Format) -> Self {
        Reader {
            format,
            families: Vec::new(),
            faults: Faults::default(),
            owners: HashMap::new(),
            declared: HashMap::new(),
            current: None,
        }
    }

    /// Hands over what each line says, with the line's number.
    pub(crate) fn lines(&mut self, text: &str, mut take: impl FnMut(&mut Self, usize, Line)) {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => {
                self.faults.add(1, "the page begins with a byte order mark");
                rest
            }
            None => text,
        };
        let mut number = 0;
        for line in text.split_inclusive('\n') {
            number += 1;
            let Some(line) = line.strip_suffix('\n') else {
                self.faults.add(number, CUT_OFF);
                break;
            };
            if let Some(line) = line::read(line, number, self.format, &mut self.faults) {
                take(self, number, line);
            }
        }
    }

    /// The family that a TYPE line named.
    pub(crate) fn declared(&self, name: &str) -> Option<usize> {
        self.declared.get(name).copied()
    }

    /// Begins a family.
    pub(crate) fn declare(&mut self, number: usize, name: String, kind: Kind, help: String) {
        if let Some(index) = self.declared(&name) {
            self.faults.add(number, format!("the TYPE line of '{name}' is repeated"));
            self.current = Some(index);
            return;
        }
        let index = self.families.len();
        self.declared.insert(name.clone(), index);
        for suffix in kind.suffixes(self.format) {
            self.owners.entry(format!("{name}{suffix}")).or_insert(index);
        }
        let (unit, samples) = (String::new(), Vec::new());
        self.families.push(Family { name, kind, help, unit, samples, line: number });
        self.current = Some(index);
    }

    /// Adds a sample to its family.
    pub(crate) fn sample(&mut self, sample: Sample) {
        let current = self.current.map(|index| &self.families[index]);
        // Where two families clash over a name, the nearer one has it.
        let own = current.filter(|family| {
            let suffix = sample.name.strip_prefix(family.name.as_str());
            suffix.is_some_and(|suffix| family.kind.suffixes(self.format).contains(&suffix))
        });
        let owner = own.and(self.current).or_else(|| self.owners.get(&sample.name).copied());
        match owner {
            Some(index) => {
                if self.current != Some(index) {
                    let family = &self.families[index].name;
                    self.faults.add(
                        sample.line,
                        format!("{sample} stands apart from the other lines of '{family}'"),
                    );
                }
                self.families[index].samples.push(sample);
            }
            None => {
                let name = &sample.name;
                let sentence = match current {
                    Some(Family { name: family, kind, .. })
                        if name.starts_with(family.as_str()) =>
                    {
                        format!("{name:?} is not a sample of the {kind} '{family}' above")
                    }
                    _ => format!("the sample {name:?} has no TYPE line above it"),
                };
                self.faults.add(sample.line, sentence);
            }
        }
    }
}

/// What is said of a line without its end.
pub(crate) const CUT_OFF: &str = "the last line does not end in \\n: is the page cut off?";
