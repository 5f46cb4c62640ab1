// error: metric 'x' has bucket bounds that do not ascend

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: IntHistogram<2> = "x", buckets = [1, 1];
}
use nanoprom::IntHistogram;

fn main() {}
