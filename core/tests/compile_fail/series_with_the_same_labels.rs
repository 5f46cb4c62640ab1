// error: metric 'x_total' has two series with the same labels

static A: IntCounter = IntCounter::new();
static B: IntCounter = IntCounter::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<IntCounter, 2> = "x_total", labels = ["a", "b"],
        series = [["0", "in"] => &A, ["0", "out"] => &B, ["0", "in"] => &B];
}
use nanoprom::{IntCounter, Series};

fn main() {}
