// error: metric 'x' has a bucket bound that is not a number

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<2> = "x", buckets = [1.0, f64::NAN];
}
use nanoprom::Histogram;

fn main() {}
