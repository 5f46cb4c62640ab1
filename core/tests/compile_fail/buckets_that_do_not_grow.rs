// error: has bucket bounds that do not ascend

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<3> = "x", buckets = exponential_bounds::<3>(1.0, 1.0);
}
use nanoprom::{Histogram, exponential_bounds};

fn main() {}
