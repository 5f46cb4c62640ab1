// error: metric 'x' has labels: declare it as Family<Histogram<N>

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<1> = "x", buckets = [1.0], labels = ["a"];
}
use nanoprom::Histogram;

fn main() {}
