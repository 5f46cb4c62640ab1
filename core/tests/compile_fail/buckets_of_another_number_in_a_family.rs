// error: metric 'x' has another number of buckets than its child

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Histogram<3>, 1, 2> = "x", buckets = [1.0, 2.0], labels = ["a"];
}
use nanoprom::{Family, Histogram};

fn main() {}
