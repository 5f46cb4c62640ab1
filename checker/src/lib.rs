//! A strict second opinion on Prometheus pages, for tests.
//!
//! `promtool` lets duplicate series, negative counters and falling buckets pass, and scrapers forgive
//! much more. This checker forgives nothing: it accepts only the one form in which nanoprom writes a
//! page, and it shares no code with the encoder it judges.
//!
//! ```
//! let page = nanoprom_checker::parse(
//!     b"# HELP jobs_total Jobs done.\n# TYPE jobs_total counter\njobs_total{kind=\"a\"} 3\n",
//! )
//! .unwrap();
//! assert_eq!(page.sample("jobs_total", &[("kind", "a")]).unwrap().u64(), Some(3));
//!
//! let faults = nanoprom_checker::parse(b"# TYPE jobs_total counter\njobs_total -1\n").unwrap_err();
//! assert_eq!(faults[0].to_string(), "2: the counter 'jobs_total' has the value -1: counters never fall below 0");
//! ```
//!
//! # The files, from the ground up
//!
//! - `page`: what was read ([`Page`], [`Family`], [`Sample`]) and what was wrong ([`Fault`]).
//! - `name`, `number`: the spelling of names, values, bounds and timestamps.
//! - `line`: one line becomes one HELP, TYPE, UNIT, end or sample.
//! - `reader`: lines become families.
//! - `families`, `created`, `series`, `distribution`, `states`, `exemplar`: the rules a whole page obeys.
//! - `text`, `open_metrics`: where each format wants its lines.
//! - `checker`: from bytes to a page.
//! - `agreement`: whether two pages of the same moment say the same.

#![forbid(unsafe_code)]

mod page;

mod name;
mod number;

mod line;

mod reader;

mod created;
mod distribution;
mod exemplar;
mod families;
mod series;
mod states;

mod open_metrics;
mod text;

mod agreement;
mod checker;

pub use agreement::disagreements;
pub use checker::Checker;
pub use page::{Exemplar, Family, Fault, Format, Kind, Page, Sample};

/// Reads a page of text 0.0.4, or lists everything that is wrong with it, in line order.
///
/// Short for [`Checker::new`] and [`Checker::parse`].
pub fn parse(page: &[u8]) -> Result<Page, Vec<Fault>> {
    Checker::new().parse(page)
}

/// As [`parse`], for OpenMetrics 1.0.0.
pub fn parse_open_metrics(page: &[u8]) -> Result<Page, Vec<Fault>> {
    Checker::new().format(Format::OpenMetrics).parse(page)
}
