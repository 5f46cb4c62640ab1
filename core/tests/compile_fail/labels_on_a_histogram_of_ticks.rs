// error: metric 'x' has labels: declare it as Family<

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram32<1> = "x", buckets = [1], labels = ["a"];
}
use nanoprom::Histogram32;

fn main() {}
