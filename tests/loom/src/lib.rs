//! Exhaustive interleavings of the lock-free parts of nanoprom.
//!
//! ```sh
//! cargo test --release --manifest-path tests/loom/Cargo.toml models      # or: make test-loom
//! ```
//!
//! The code under test is the core's own: its files are included below, and the words they are
//! made of ([`words`]) are loom's. loom runs each model again and again, through every order of its
//! threads' steps and every value that a load may see under the orderings written in the source.
//! Where that takes too long, a model bounds how often a thread is preempted; it says so.
//!
//! | models | of |
//! |---|---|
//! | `models::split` | totals in two 32-bit words: writers, readers, reset |
//! | `models::stopped` | the same with up to sixteen stopped writers and nested interrupts, without loom |
//! | `models::index` | the index of a family, the pool of records |
//! | `models::members` | the nodes of a registry: joining, hiding, coming back, leaving, beside a page |
//! | `models::moved` | a registry that moved, and a node that changes registries while others ask for it |
//! | `models::slot` | slots, such as those of exemplars: replaced and read as a whole |
//! | `models::replaced` | the labels of an info: set, replaced and read |
//! | `models::family` | whole families: adding, removing and returning series |
//! | `models::reclaim` | a family that is handed over, reclaimed and handed back |
//!
//! The tests whose names begin with `without_` weaken an ordering and must fail: they show that the
//! models can.
//!
//! To follow a failing model step by step: `LOOM_LOG=trace LOOM_LOCATION=1` and one test's name.

// The included files are not all used, and are documented and linted where they belong.
#![allow(dead_code, unused_imports, unused_macros, clippy::duplicate_mod)]

#[path = "../../../core/src/buckets.rs"]
mod buckets;
#[path = "../../../core/src/copy.rs"]
mod copy;
#[path = "../../../core/src/declared.rs"]
mod declared;
#[path = "../../../core/src/error.rs"]
mod error;
#[path = "../../../core/src/fault.rs"]
mod fault;
#[path = "../../../core/src/kind.rs"]
mod kind;
#[path = "../../../core/src/label.rs"]
mod label;
#[path = "../../../core/src/name.rs"]
mod name;
#[path = "../../../core/src/open.rs"]
mod open;
#[path = "../../../core/src/out.rs"]
mod out;
#[path = "../../../core/src/refusals.rs"]
mod refusals;
#[path = "../../../core/src/slot.rs"]
mod slot;
#[path = "../../../core/src/table.rs"]
mod table;
#[path = "../../../core/src/types.rs"]
mod types;
#[path = "../../../core/src/utf8.rs"]
mod utf8;

#[path = "../../../core/src/families"]
mod families {
    pub(crate) mod any_family;
    pub(crate) mod by_name;
    pub(crate) mod family;
    pub(crate) mod hash;
    pub(crate) mod index;
    pub(crate) mod overflow;
    pub(crate) mod reclaim;
    pub(crate) mod record;
    pub(crate) mod removal;
    pub(crate) mod series;
}
#[path = "../../../core/src/metrics"]
mod metrics {
    pub(crate) mod info_cell;
}
#[path = "../../../core/src/numbers"]
mod numbers {
    pub(crate) mod compare;
    pub(crate) mod decimal;
    pub(crate) mod float;
    pub(crate) mod number;
    pub(crate) mod quotient;
    pub(crate) mod shortest;
}
#[path = "../../../core/src/tables"]
mod tables {
    pub(crate) mod members;
}

mod atomic;
#[cfg(test)]
mod models;
/// The core's own counts are statics, which a model cannot have.
mod reclaimed {
    pub(crate) fn note(_family: *const ()) {}
}
mod words;
