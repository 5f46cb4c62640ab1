// error: series are of plain metrics: no families, no exemplars or creation times

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Family<IntCounter, 1, 4> = "a_total", labels = ["a"];
    /// Help.
    static X: Series<Family<IntCounter, 1, 4>, 1> = "x_total", labels = ["b"], series = [["0"] => &A];
}
use nanoprom::{Family, IntCounter, Series};

fn main() {}
