//! Prometheus metrics for firmware, C and Rust: no heap, no lock, `no_std`.
//!
//! Values are plain statics in RAM, their names and help texts are tables in read-only memory, and a
//! cursor turns both into a page, in portions of any size.
//!
//! ```
//! nanoprom::metrics! {
//!     pub static METRICS;
//!     /// Requests served.
//!     pub static REQUESTS: Counter = "http_requests_total";
//!     /// Responses by status code.
//!     pub static RESPONSES: Family<IntCounter, 1, 8> = "http_responses_total", labels = ["code"];
//! }
//! use nanoprom::{Counter, Family, FmtWriter, Format, IntCounter, encode};
//!
//! REQUESTS.inc();
//! RESPONSES.labels(["200"])?.inc();
//!
//! let mut page = String::new();
//! encode(&METRICS, Format::Text, &mut FmtWriter(&mut page))?;
//! assert!(page.contains("http_requests_total 1\n"));
//! assert!(page.contains("http_responses_total{code=\"200\"} 1\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to … | see |
//! |---|---|
//! | declare metrics | [`metrics!`], [`Group`], [`Registry`] |
//! | count, set, observe | [`Counter`], [`IntCounter`], [`Counter32`], [`Gauge`], [`IntGauge`], [`Gauge32`], [`Histogram`], [`IntHistogram`], [`Histogram32`] |
//! | count and sum without buckets | [`Summary`] |
//! | ask a function at each page | [`GaugeFn`], [`CounterFn`] |
//! | show facts and states | [`Info`], [`StateSet`], [`Untyped`] |
//! | tell cases apart by labels | [`Family`] |
//! | time work, count errors and work in progress | [`Timer`], [`Attempt`], [`InProgress`], the module `clock` |
//! | choose buckets | [`DEFAULT_BUCKETS`], [`linear_bounds`], [`exponential_bounds`], [`linear_ticks`], [`exponential_ticks`] |
//! | read one value in a test | [`sample_value`] |
//! | get the page | [`Cursor`], [`encode()`], [`for_each_sample`], [`serial`], the module `http` |
//! | serve it, write it to a file | the module `server`, `write_textfile` |
//! | show the process and the library | the module `process`, [`BUILD_INFO`] |
//!
//! # Threads and interrupts
//!
//! Every update may be made from any thread and any interrupt handler. Where the core has 64-bit
//! atomics nothing ever waits, and signal handlers may do the same. On cores with 32-bit atomics floats
//! and signed 64-bit values take a critical section of a few instructions ([`IntHistogram`] and
//! [`Histogram32`] hold neither); on cores without compare-and-swap all values do. Floats are added
//! outside of it: an addition starts again where a handler that interrupted it changed the same value.
//! Then the application provides an implementation of the crate `critical-section`, and updates may be
//! made from wherever that keeps the others out: the one for `std` keeps no signal handler out.
//! [`LAYOUT`] tells which of the three it is.
//!
//! # Features
//!
//! None is on by default: `std` (`IoWriter`, `write_textfile`, the module `clock`), `embedded-io-07`
//! (`EmbeddedIoWriter`), `http` (the module `http`: a responder without sockets), `server` (the module
//! `server`), `process` (the module `process`).
#![no_std]

#[cfg(feature = "std")]
extern crate std;

// Floor 0: the hardware, bytes and numbers.
mod atomic;
mod compare;
mod copy;
mod decimal;
mod error;
mod fault;
mod float;
mod hash;
mod name;
mod number;
mod out;
mod quotient;
mod shortest;
mod table;
mod utf8;
// Floor 1: what the table and the formats speak of.
mod buckets;
mod index;
mod kind;
mod label;
mod series;
// Floor 2: metric types, one a file.
mod any_int_histogram;
mod callback;
mod counter;
mod gauge;
mod guards;
mod histogram;
mod info;
mod int_histogram;
mod state_set;
mod summary;
mod timer;
mod untyped;
// Floor 3: the table.
mod any_family;
mod check;
mod check_kind;
mod family;
mod group;
mod metric;
mod registry;
// Floor 4: the page.
mod cursor;
mod encode;
mod line;
mod openmetrics;
mod sample;
mod sample_value;
mod text;
mod walk;
mod write;
// Floor 5: the declaration, and what other crates build upon.
#[doc(hidden)]
#[path = "help.rs"]
pub mod __help;
#[doc(hidden)]
pub mod abi;
#[cfg(feature = "std")]
pub mod clock;
#[macro_use]
mod macros;
mod build_info;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "process")]
pub mod process;
pub mod serial;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "std")]
mod textfile;

pub use any_int_histogram::{Bucket, Bucket32, Bucket64, Histogram32Cells, IntHistogramCells};
pub use atomic::LAYOUT;
pub use buckets::{
    DEFAULT_BUCKETS, GO_BUCKETS, exponential_bounds, exponential_ticks, linear_bounds, linear_ticks,
};
pub use build_info::BUILD_INFO;
pub use callback::{CounterFn, GaugeFn};
pub use check::{__check_or_panic, __table_len, check};
pub use counter::{Counter, Counter32, IntCounter};
pub use cursor::{Cursor, Format};
pub use encode::encode;
pub use error::{Refused, Rejected};
pub use family::{Family, FamilyCells};
pub use fault::Fault;
pub use gauge::{Gauge, Gauge32, IntGauge};
pub use group::{Group, MAX_DEPTH};
pub use guards::{Attempt, CountErrors, InProgress, UpDown};
pub use histogram::{Histogram, HistogramCells};
pub use info::Info;
pub use int_histogram::{Histogram32, IntHistogram};
#[doc(hidden)]
pub use kind::__Declare;
pub use kind::{Child, MetricValue, Type};
pub use label::{Label, LabelName};
pub use metric::Metric;
pub use number::Value;
pub use registry::{Node, Registry};
pub use sample::{Sample, for_each_sample};
pub use sample_value::sample_value;
pub use state_set::{MAX_STATES, State, StateName, StateSet};
pub use summary::Summary;
#[cfg(feature = "std")]
pub use textfile::write_textfile;
pub use timer::{Timed, Timer};
pub use untyped::Untyped;
pub use walk::Source;
#[cfg(feature = "embedded-io-07")]
pub use write::EmbeddedIoWriter;
#[cfg(feature = "std")]
pub use write::IoWriter;
pub use write::{FmtWriter, Write};
