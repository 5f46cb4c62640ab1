// error: metric 'x_total' is a table of series without `labels = [...], series = [...]`

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<IntCounter, 1> = "x_total", labels = ["a"];
}
use nanoprom::{IntCounter, Series};

fn main() {}
