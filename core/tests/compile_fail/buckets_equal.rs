// error: metric 'x' has bucket bounds that do not ascend

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<2> = "x", buckets = [1.0, 1.0];
}
use nanoprom::Histogram;

fn main() {}
