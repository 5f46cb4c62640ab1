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
//! | declare metrics | [`metrics!`], [`Group`], [`Metric`] |
//! | have them come and go, or join by being declared | [`Registry`], [`Node`], `default_registry` |
//! | check what is made at run time | [`check`] |
//! | count | [`Counter`], [`IntCounter`], [`Counter32`] |
//! | set, go up and down | [`Gauge`], [`IntGauge`], [`Gauge32`] |
//! | observe | [`Histogram`], [`IntHistogram`], [`Histogram32`]; [`Summary`] without buckets |
//! | choose buckets | [`DEFAULT_BUCKETS`], [`linear_bounds`], [`exponential_bounds`] |
//! | choose them in ticks | [`linear_ticks`], [`exponential_ticks`] |
//! | show facts and states | [`Info`], [`InfoCell`], [`StateSet`] with [`states!`], [`Untyped`] |
//! | ask a function at each page | [`GaugeFn`], [`CounterFn`] |
//! | show what something else keeps | [`Collector`], [`Collected`], [`CollectorErrors`] |
//! | say what an update was about | [`WithExemplars`] |
//! | say since when a metric counts | [`Created`], [`set_clock`] |
//! | keep a name that has no suffix | [`Exact`] |
//! | tell cases apart by labels | [`Family`], [`Decimal`] for numbers, [`Overflow`] |
//! | … where all values are known | [`EnumFamily`] with [`label_values!`] |
//! | … in memory of run time | [`FamilyIn`], and on the heap `GrowingFamily` |
//! | put labels on metrics that lie elsewhere | [`Series`] |
//! | time work | [`Timer`], the module `clock` |
//! | count errors and work in progress | [`Attempt`], [`InProgress`], `count_errors` of counters |
//! | read one value in a test | [`sample_value`] |
//! | get the page | [`Cursor`], [`encode()`], [`for_each_sample`] |
//! | get a part of it, lend scratch memory | [`Reader`] |
//! | send it by a serial line or by HTTP, without sockets | [`serial`], the module `http` |
//! | serve it, write it to a file | the module `server`, `write_textfile` |
//! | push it to a Pushgateway | the module `push`, or `http::Push` without sockets |
//! | make metrics at run time | the module `runtime` |
//! | share metrics with forked processes | the module `share` |
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
//! None is on by default: `alloc` (`GrowingFamily`), `std` (`IoWriter`, `write_textfile`, the module
//! `clock`), `embedded-io-07` (`EmbeddedIoWriter`), `http` (the module `http`: a responder and a push
//! without sockets), `server` (the module `server`), `push` (the module `push`), `process` (the module
//! `process`), `runtime` (the module `runtime`), `share` (the module `share`, on Linux), `default-registry`
//! (`default_registry`: all groups of a program). `c-tables` is for the C library alone.
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

// Floor 0: the hardware, bytes and numbers.
mod atomic;
mod copy;
mod error;
mod fault;
mod name;
mod numbers;
mod out;
mod table;
mod utf8;
// Floor 1: what the table and the formats speak of.
mod buckets;
mod declared;
mod kind;
mod label;
mod open;
mod reclaimed;
mod refusals;
mod sharing;
mod slot;
mod types;
// Floor 2: metric types, one a file.
mod metrics;
// Floor 3: the table.
#[doc(hidden)]
#[path = "unit.rs"]
pub mod __unit;
mod extras;
mod families;
mod name_hash;
mod tables;
// Floor 4: the page.
mod collectors;
mod page;
// Floor 5: the declaration, and what other crates build upon.
#[doc(hidden)]
#[path = "help.rs"]
pub mod __help;
#[doc(hidden)]
pub mod abi;
#[cfg(feature = "std")]
pub mod clock;
#[macro_use]
mod default_registry;
#[macro_use]
mod macros;
mod build_info;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "process")]
pub mod process;
#[cfg(feature = "push")]
pub mod push;
#[cfg(feature = "runtime")]
pub mod runtime;
pub mod serial;
#[cfg(feature = "server")]
pub mod server;
#[cfg(all(feature = "share", target_os = "linux"))]
pub mod share;
#[cfg(feature = "std")]
mod textfile;

pub use atomic::LAYOUT;
pub use buckets::{
    DEFAULT_BUCKETS, GO_BUCKETS, exponential_bounds, exponential_ticks, linear_bounds, linear_ticks,
};
pub use build_info::BUILD_INFO;
pub use collectors::collected::{CollectedFamily, CollectedSeries, Failed};
pub use collectors::collector::{Collected, Collector};
pub use collectors::collector_errors::{CollectorErrors, Mistaken};
#[cfg(all(feature = "default-registry", not(any(windows, target_family = "wasm"))))]
pub use default_registry::{check_default_registry, default_registry};
pub use error::{Refused, Rejected};
pub use extras::birth::set_clock;
pub use extras::created::{Created, CreatedHistogramCells};
pub use extras::exemplar::BadExemplar;
pub use extras::with_exemplars::{ExemplarHistogramCells, WithExemplars};
pub use families::constant_series::{Series, SeriesRow};
pub use families::enum_family::EnumFamily;
pub use families::family::{Family, FamilyCells};
pub use families::family_in::FamilyIn;
#[cfg(feature = "alloc")]
pub use families::growing::{GrowingCells, GrowingFamily};
pub use families::label_value::{LabelEnums, LabelValue};
pub use families::overflow::Overflow;
pub use families::sized::Unfit;
pub use fault::Fault;
#[doc(hidden)]
pub use kind::__Declare;
pub use kind::{Child, MetricValue};
pub use label::{Label, LabelName};
pub use metrics::any_int_histogram::{
    Bucket, Bucket32, Bucket64, Histogram32Cells, IntHistogramCells,
};
pub use metrics::callback::{CounterFn, GaugeFn};
pub use metrics::counter::{Counter, Counter32, IntCounter};
pub use metrics::exact::Exact;
pub use metrics::gauge::{Gauge, Gauge32, IntGauge};
pub use metrics::guards::{Attempt, CountErrors, InProgress, UpDown};
pub use metrics::histogram::{Histogram, HistogramCells};
pub use metrics::info::Info;
pub use metrics::info_cell::{BadInfo, InfoCell};
pub use metrics::int_histogram::{Histogram32, IntHistogram};
pub use metrics::state_set::{MAX_STATES, State, StateName, StateSet};
pub use metrics::summary::Summary;
pub use metrics::timer::{Timed, Timer};
pub use metrics::untyped::Untyped;
pub use numbers::decimal::Decimal;
pub use numbers::number::Value;
pub use page::cursor::{Cursor, Format};
pub use page::encode::{encode, encode_rest};
pub use page::reader::Reader;
pub use page::sample::{Sample, for_each_sample};
pub use page::sample_value::sample_value;
pub use page::walk::Source;
#[cfg(feature = "embedded-io-07")]
pub use page::write::EmbeddedIoWriter;
#[cfg(feature = "std")]
pub use page::write::IoWriter;
pub use page::write::{FmtWriter, Write};
pub use tables::check::{__check_or_panic, __table_len, check};
pub use tables::group::{Group, MAX_DEPTH};
pub use tables::metric::Metric;
pub use tables::node::Node;
pub use tables::registry::Registry;
#[cfg(feature = "std")]
pub use textfile::write_textfile;
pub use types::Type;
