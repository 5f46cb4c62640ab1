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
//! - `line`: one line of text 0.0.4 becomes one HELP, TYPE or sample.
//! - `families`, `series`, `distribution`: the rules a whole page obeys, whatever its format.
//! - `text`: text 0.0.4 from bytes to page. A further format is a further file on this floor: it fills
//!   the same [`Page`] and calls the same rules.

#![forbid(unsafe_code)]

mod page;

mod name;
mod number;

mod line;

mod distribution;
mod families;
mod series;

mod text;

pub use page::{Family, Fault, Kind, Page, Sample};
pub use text::Checker;

/// Reads a page of text 0.0.4, or lists everything that is wrong with it, in line order.
///
/// Short for [`Checker::new`] and [`Checker::parse`].
pub fn parse(page: &[u8]) -> Result<Page, Vec<Fault>> {
    Checker::new().parse(page)
}
