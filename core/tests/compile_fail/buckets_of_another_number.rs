// error: metric 'x' has another number of buckets than its Histogram<N>

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<3> = "x", buckets = [1.0, 2.0];
}
use nanoprom::Histogram;

fn main() {}
