//! The C ABI: `libnanoprom.a`, `libnanoprom.so` and `nprom_abi.h`.
//!
//! One file for each C object; a function is a check and one call. What needs more belongs into the
//! core. The types mirror the core's tables and cells byte for byte, which is asserted here and in
//! the header. No function unwinds: the library has no unwinder, and ends the program if it ever
//! panics.
#![no_std]
#![allow(non_camel_case_types, non_upper_case_globals)]
// What the linker exports is public, whatever module it is in.
#![allow(unreachable_pub)]
// Pointers are documented once, for all functions, at the top of the header.
#![allow(clippy::missing_safety_doc)]

mod auth;
mod bounds;
mod collector;
mod counter;
mod created;
mod cursor;
mod exemplar;
mod family;
mod family_removal;
mod family_sized;
mod gauge;
mod group;
mod histogram;
mod http;
mod int_histogram;
mod kinds;
mod labels;
mod lent;
mod port;
mod push;
mod registry;
mod row;
mod sample;
mod sample_value;
mod serial;
mod series;
mod state_set;
mod status;
mod string;
mod summary;
mod types;
mod untyped;
mod version;
