// error: metric 'x' has bucket bounds that do not ascend

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Histogram<2>, 1, 2> = "x", buckets = [2.0, 1.0], labels = ["a"];
}
use nanoprom::{Family, Histogram};

fn main() {}
