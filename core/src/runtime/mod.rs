//! Metrics that are made while a program runs, by other languages' runtimes. Feature `runtime`.
//!
//! Everything a [`metrics!`](crate::metrics) table has as constants is owned here: names, help, label names, bounds.
//! A [`Family`] holds the series of one metric, with labels or without, and is a row of a [`Group`](crate::Group)
//! as any other metric.
//!
//! [`page`] gives a cursor over such groups, in the formats that all others have or, with [`Style::Floats`], as the official
//! client of Python writes them: every value as a float (`1.0`), labels in the order of their names, help in
//! front of the type.
//!
//! ```
//! use nanoprom::runtime::{Description, Family, Style, page, read_to_end};
//! use nanoprom::{Format, Group, Metric, Type};
//! use std::sync::Arc;
//!
//! let description = Description::new(Type::Counter, "jobs", "Jobs done.", "", &["queue"], &[])?;
//! let jobs = Arc::new(Family::new(Arc::new(description)));
//! jobs.series(&["mail"])?.counter().unwrap().inc();
//!
//! let rows = [Metric::new("", "", &*jobs)];
//! let group = Group::new(&rows);
//! let mut bytes = Vec::new();
//! read_to_end(page(&group, Format::Text, Style::Floats), &mut bytes);
//! assert!(bytes.ends_with(b"jobs_total{queue=\"mail\"} 1.0\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod description;
mod family;
mod names;
mod numbers;
mod page;
mod series;

pub use description::{BadDescription, Description};
pub use family::{Family, show_creation_times};
pub use names::{with_underscores, with_underscores_in_label};
pub use numbers::float_text;
pub use page::{Style, page, read_to_end};
pub use series::{Buckets, Series};
