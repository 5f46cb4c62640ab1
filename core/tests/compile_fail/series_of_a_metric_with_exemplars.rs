// error: series are of plain metrics: no families, no exemplars or creation times

static A: WithExemplars<Counter, 64> = WithExemplars::<Counter, 64>::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<WithExemplars<Counter, 64>, 1> = "x", labels = ["b"], series = [["0"] => &A];
}
use nanoprom::{Counter, Series, WithExemplars};

fn main() {}
