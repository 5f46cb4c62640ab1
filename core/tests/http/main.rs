//! The HTTP responder and the push against every rule they state, with every size of portions.

#![cfg(feature = "http")]

mod auth;
mod client;
mod formats;
mod life;
mod names;
mod portions;
mod push;
mod rules;

use nanoprom::{Counter, DEFAULT_BUCKETS, Family, Histogram, IntCounter};

nanoprom::metrics! {
    pub(crate) static METRICS;
    /// Requests served.
    static REQUESTS: Counter = "http_requests_total";
    /// Time to answer, in seconds.
    static LATENCY: Histogram<14> = "http_request_duration_seconds", buckets = DEFAULT_BUCKETS;
}

nanoprom::metrics! {
    pub(crate) static LARGE;
    /// Frames by port.
    pub(crate) static FRAMES: Family<IntCounter, 1, 400> = "frames_total", labels = ["port"];
}
