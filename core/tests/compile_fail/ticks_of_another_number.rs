// error: metric 'x' has another number of buckets than its histogram

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: IntHistogram<3> = "x", buckets = [1, 2];
}
use nanoprom::IntHistogram;

fn main() {}
