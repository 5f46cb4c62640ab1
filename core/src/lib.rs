//! Prometheus metrics for firmware, C and Rust: no heap, no lock, `no_std`.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

// Floor 0: the hardware, bytes and numbers.
mod atomic;
mod copy;
mod decimal;
mod error;
mod fault;
mod hash;
mod name;
mod number;
mod out;
mod table;
// Floor 1: what the table and the formats speak of.
mod index;
mod kind;
mod label;
// Floor 2: metric types, one a file.
mod buckets;
mod counter;
mod gauge;
mod histogram;
// Floor 3: the table.
mod any_family;
mod check;
mod family;
mod group;
mod metric;
mod registry;
// Floor 4: the page.
mod cursor;
mod encode;
mod sample;
mod text;
mod walk;
mod write;
// Floor 5: the declaration, and what other crates build upon.
#[doc(hidden)]
#[path = "help.rs"]
pub mod __help;
#[doc(hidden)]
pub mod abi;
#[macro_use]
mod macros;
#[cfg(feature = "http")]
pub mod http;

pub use atomic::LAYOUT;
pub use buckets::{DEFAULT_BUCKETS, GO_BUCKETS};
pub use check::{__check_or_panic, __table_len, check};
pub use counter::{Counter, Counter32, IntCounter};
pub use cursor::{Cursor, Format};
pub use encode::encode;
pub use error::{Refused, Rejected};
pub use family::{Family, FamilyCells};
pub use fault::Fault;
pub use gauge::{Gauge, Gauge32, IntGauge};
pub use group::{Group, MAX_DEPTH};
pub use histogram::{Histogram, HistogramCells};
#[doc(hidden)]
pub use kind::__Declare;
pub use kind::{Child, MetricValue, Type};
pub use label::{Label, LabelName};
pub use metric::Metric;
pub use number::Value;
pub use registry::{Node, Registry};
pub use sample::{Sample, for_each_sample};
pub use walk::Source;
#[cfg(feature = "embedded-io-07")]
pub use write::EmbeddedIoWriter;
#[cfg(feature = "std")]
pub use write::IoWriter;
pub use write::{FmtWriter, Write};
