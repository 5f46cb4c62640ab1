// error: series are of plain metrics: no families, no exemplars or creation times

static A: Created<Counter> = Created::<Counter>::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<Created<Counter>, 1> = "x", labels = ["b"], series = [["0"] => &A];
}
use nanoprom::{Counter, Created, Series};

fn main() {}
