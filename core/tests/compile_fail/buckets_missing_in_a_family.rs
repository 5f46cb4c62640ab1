// error: metric 'x' is a family of histograms without `buckets = [...]`

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Histogram<3>, 1, 2> = "x", labels = ["a"];
}
use nanoprom::{Family, Histogram};

fn main() {}
