// error: metric 'x_total' has buckets, but is no histogram

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Counter = "x_total", buckets = [1.0];
}
use nanoprom::Counter;

fn main() {}
