// error: metric 'x' has the label 'le', which is reserved

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Histogram<1>, 1, 4> = "x", buckets = [1.0], labels = ["le"];
}
use nanoprom::{Family, Histogram};

fn main() {}
