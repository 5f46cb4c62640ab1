//! Three metrics, a few updates, and the page they make.

use core::error::Error;
use nanoprom::{Counter, Family, Format, Histogram, IoWriter, encode, metrics};
use std::io;

metrics! {
    static METRICS;
    /// Requests served.
    static REQUESTS: Counter = "http_requests_total";
    /// Time to answer, in seconds.
    static LATENCY: Histogram<4> = "http_request_duration_seconds", buckets = [0.1, 0.5, 1.0, 5.0];
    /// Responses by method and status code.
    static RESPONSES: Family<Counter, 2, 16> = "http_responses_total", labels = ["method", "code"];
}

fn main() -> Result<(), Box<dyn Error>> {
    REQUESTS.inc();
    LATENCY.observe(0.25);
    RESPONSES.labels(["GET", "200"])?.inc();
    Ok(encode(&METRICS, Format::Text, &mut IoWriter(io::stdout()))?)
}
