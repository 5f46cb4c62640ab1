// error: metric 'x' has an infinite bucket bound: +Inf is always there, leave it out

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<2> = "x", buckets = [1.0, f64::INFINITY];
}
use nanoprom::Histogram;

fn main() {}
