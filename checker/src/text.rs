//! Text 0.0.4, from bytes to a page: where lines may stand, then the rules for the whole page.

use std::collections::HashMap;

use crate::line::{self, Line};
use crate::page::{Family, Fault, Faults, Kind, Page, Sample};
use crate::{distribution, families, series};

/// A strict reader of pages, with the few things that a page itself cannot say.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    exact: Vec<String>,
}

impl Checker {
    /// A checker that knows of no exceptions.
    pub const fn new() -> Self {
        Checker { exact: Vec::new() }
    }

    /// Accepts the counter `name` although it does not end in `_total`: it was declared to be printed as it is.
    #[must_use]
    pub fn exact(mut self, name: impl Into<String>) -> Self {
        self.exact.push(name.into());
        self
    }

    /// Reads a page of text 0.0.4, or lists everything that is wrong with it, in line order.
    pub fn parse(&self, page: &[u8]) -> Result<Page, Vec<Fault>> {
        let mut reader = Reader::default();
        match core::str::from_utf8(page) {
            Ok(text) => reader.lines(text),
            Err(error) => {
                let before = &page[..error.valid_up_to()];
                let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
                reader.faults.add(line, "the line is not UTF-8");
            }
        }
        let Reader { families, mut faults, .. } = reader;
        families::check(&families, &self.exact, &mut faults);
        series::check(&families, &mut faults);
        distribution::check(&families, &mut faults);
        if faults.0.is_empty() {
            return Ok(Page { families });
        }
        faults.0.sort();
        Err(faults.0)
    }
}

/// A page in the making.
#[derive(Default)]
struct Reader {
    families: Vec<Family>,
    faults: Faults,
    /// Line number, name and text of a HELP line whose TYPE line must come next.
    help: Option<(usize, String, String)>,
    /// Which family a sample name belongs to.
    owners: HashMap<String, usize>,
    /// Which family a TYPE line named.
    declared: HashMap<String, usize>,
    /// The family that samples may now belong to.
    current: Option<usize>,
}

impl Reader {
    fn lines(&mut self, text: &str) {
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
                self.faults.add(number, "the last line does not end in \\n: is the page cut off?");
                break;
            };
            match line::read(line, number, &mut self.faults) {
                Some(Line::Help { name, help }) => self.help(number, name, help),
                Some(Line::Type { name, kind }) => self.declare(number, name, kind),
                Some(Line::Sample(sample)) => self.sample(sample),
                None => {}
            }
        }
        self.end_help(None);
    }

    fn help(&mut self, number: usize, name: String, help: String) {
        if self.help.as_ref().is_some_and(|(_, pending, _)| *pending == name) {
            self.faults.add(number, format!("the HELP line of '{name}' is repeated"));
            return;
        }
        self.end_help(None);
        match self.declared.get(&name) {
            Some(&index) => {
                let first = self.current == Some(index) && self.families[index].help.is_empty();
                let what = if first { "comes after its TYPE line" } else { "is repeated" };
                self.faults.add(number, format!("the HELP line of '{name}' {what}"));
            }
            None => self.help = Some((number, name, help)),
        }
    }

    fn declare(&mut self, number: usize, name: String, kind: Kind) {
        let help = self.end_help(Some(&name));
        if let Some(&index) = self.declared.get(&name) {
            self.faults.add(number, format!("the TYPE line of '{name}' is repeated"));
            self.current = Some(index);
            return;
        }
        let index = self.families.len();
        self.declared.insert(name.clone(), index);
        for suffix in kind.suffixes() {
            self.owners.entry(format!("{name}{suffix}")).or_insert(index);
        }
        self.families.push(Family { name, kind, help, samples: Vec::new(), line: number });
        self.current = Some(index);
    }

    fn sample(&mut self, sample: Sample) {
        self.end_help(None);
        let current = self.current.map(|index| &self.families[index]);
        // Where two families clash over a name, the nearer one has it.
        let own = current.filter(|family| {
            let suffix = sample.name.strip_prefix(family.name.as_str());
            suffix.is_some_and(|suffix| family.kind.suffixes().contains(&suffix))
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

    /// Takes the pending help if it is for `name`, and reports it if it is for another family.
    fn end_help(&mut self, name: Option<&str>) -> String {
        match self.help.take() {
            Some((_, pending, help)) if Some(pending.as_str()) == name => help,
            Some((line, pending, _)) => {
                self.faults.add(
                    line,
                    format!("the HELP line of '{pending}' is not followed by its TYPE line"),
                );
                String::new()
            }
            None => String::new(),
        }
    }
}
