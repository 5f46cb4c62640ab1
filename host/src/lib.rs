//! `libnanoprom_host`: a server, text files and metrics of the process, for C programs on hosts.
//!
//! It brings Rust's `std` along, which `libnanoprom` does without, and is linked beside it. Both hold a
//! copy of the core. The tables of a program point into that of `libnanoprom`, so both must be of the same
//! build, which the linker checks (`build.rs`). The header is `include/nanoprom_host.h`.
#![allow(non_camel_case_types, non_upper_case_globals)]
// What the linker exports is public, whatever module it is in.
#![allow(unreachable_pub)]
// Pointers are documented once, for all functions, at the top of the header.
#![allow(clippy::missing_safety_doc)]

mod build;
mod groups;
mod growing;
#[path = "../../ffi/src/labels.rs"]
mod labels;
mod outcome;
mod serve;
mod share;
mod signals;
// Not all that `libnanoprom` returns is returned here.
#[allow(dead_code)]
#[path = "../../ffi/src/status.rs"]
mod status;
mod string;
mod textfile;
