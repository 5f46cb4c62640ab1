//! The checker: a page goes through its format's reader, then through the rules for whole pages.

use crate::page::{Fault, Format, Page};
use crate::reader::Reader;
use crate::{created, distribution, exemplar, families, open_metrics, series, states, text};

/// A strict reader of pages, with the few things that a page itself cannot say.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    format: Format,
    exact: Vec<String>,
}

impl Checker {
    /// A checker of text 0.0.4 that knows of no exceptions.
    pub const fn new() -> Self {
        Checker { format: Format::Text, exact: Vec::new() }
    }

    /// Reads pages of this format.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Accepts the counter `name` although it does not end in `_total`: it was declared to be printed as it is.
    #[must_use]
    pub fn exact(mut self, name: impl Into<String>) -> Self {
        self.exact.push(name.into());
        self
    }

    /// Reads a page, or lists everything that is wrong with it, in line order.
    pub fn parse(&self, page: &[u8]) -> Result<Page, Vec<Fault>> {
        let mut reader = Reader::new(self.format);
        match core::str::from_utf8(page) {
            Ok(page) => match self.format {
                Format::Text => text::read(page, &mut reader),
                Format::OpenMetrics => open_metrics::read(page, &mut reader),
            },
            Err(error) => {
                let before = &page[..error.valid_up_to()];
                let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
                reader.faults.add(line, "the line is not UTF-8");
            }
        }
        let Reader { families, mut faults, .. } = reader;
        families::check(&families, self.format, &self.exact, &mut faults);
        created::check(&families, self.format, &self.exact, &mut faults);
        series::check(&families, &mut faults);
        distribution::check(&families, self.format, &mut faults);
        states::check(&families, &mut faults);
        exemplar::check(&families, &mut faults);
        if faults.0.is_empty() {
            return Ok(Page { families });
        }
        faults.0.sort();
        Err(faults.0)
    }
}
