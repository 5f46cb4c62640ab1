// error: metric 'x_total' has `ticks_per_unit`, which is for IntHistogram and Histogram32

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Counter = "x_total", ticks_per_unit = 2;
}
use nanoprom::Counter;

fn main() {}
