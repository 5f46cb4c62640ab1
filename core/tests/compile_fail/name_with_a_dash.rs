// error: metric 'http-requests_total' is no metric name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: IntCounter = "http-requests_total";
}
use nanoprom::IntCounter;

fn main() {}
