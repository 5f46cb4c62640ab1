// error: metric 'x_total' has `ticks_per_unit`, which is for IntHistogram and Histogram32

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 2> = "x_total", ticks_per_unit = 2, labels = ["a"];
}
use nanoprom::{Counter, Family};

fn main() {}
