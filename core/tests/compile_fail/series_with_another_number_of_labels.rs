// error: metric 'x_total' has another number of labels than its Series<M, L>

static A: IntCounter = IntCounter::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<IntCounter, 1> = "x_total", labels = ["a", "b"], series = [["0"] => &A];
}
use nanoprom::{IntCounter, Series};

fn main() {}
