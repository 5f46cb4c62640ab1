// error: metric 'x' has bucket bounds that do not ascend

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Histogram32<2>, 1, 2> = "x", buckets = [2, 1], labels = ["a"];
}
use nanoprom::{Family, Histogram32};

fn main() {}
