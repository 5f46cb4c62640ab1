// error: metric 'x' is a histogram without `buckets = [...]`

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram32<1> = "x", ticks_per_unit = 2;
}
use nanoprom::Histogram32;

fn main() {}
