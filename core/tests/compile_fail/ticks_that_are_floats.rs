// error: expected `u32`, found floating-point number

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram32<2> = "x_seconds", buckets = [0.5, 1.0], ticks_per_unit = 1_000;
}
use nanoprom::Histogram32;

fn main() {}
