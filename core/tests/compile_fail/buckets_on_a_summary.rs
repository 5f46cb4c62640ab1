// error: metric 'x' has buckets, but is no histogram

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Summary = "x", buckets = [1.0];
}
use nanoprom::Summary;

fn main() {}
