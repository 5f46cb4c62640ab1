// error: metric 'x' has another number of buckets than its Histogram<N>

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<4> = "x", buckets = linear_bounds::<5>(1.0, 1.0);
}
use nanoprom::{Histogram, linear_bounds};

fn main() {}
