// error: metric 'x' has `ticks_per_unit`, which is for IntHistogram and Histogram32

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<1> = "x", buckets = [1.0], ticks_per_unit = 2;
}
use nanoprom::Histogram;

fn main() {}
