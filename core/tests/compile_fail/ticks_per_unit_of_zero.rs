// error: metric 'x' has 0 ticks per unit

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram32<1> = "x", buckets = [1], ticks_per_unit = 0;
}
use nanoprom::Histogram32;

fn main() {}
