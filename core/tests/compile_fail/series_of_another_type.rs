// error: mismatched types

static A: Gauge = Gauge::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<IntCounter, 1> = "x_total", labels = ["a"], series = [["0"] => &A];
}
use nanoprom::{Gauge, IntCounter, Series};

fn main() {}
