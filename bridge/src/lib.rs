//! Prometheus metrics of devices behind serial ports.
//!
//! The program is `main.rs`; `docs/bridge.md` tells how to use it. From the ground up:
//!
//! - [`failure`]: why there is no page. [`journal`]: what is said about it. `turn`: one after another.
//! - [`frames`]: bytes of a line become pages. [`page`]: is one good? [`merge`]: one page of many.
//! - [`port`]: where devices are. [`config`], [`arguments`]: what the user wants.
//! - [`metrics`]: the bridge's own. [`device`]: a device and its `reader`, the thread that listens to it.
//! - [`request`], [`response`], [`server`]: HTTP. [`bridge`]: what is answered.

#![forbid(unsafe_code)]

pub mod failure;
pub mod journal;
mod turn;

pub mod frames;
pub mod merge;
pub mod page;

pub mod arguments;
pub mod config;
pub mod port;

pub mod device;
pub mod metrics;
mod reader;

pub mod bridge;
pub mod request;
pub mod response;
pub mod server;
