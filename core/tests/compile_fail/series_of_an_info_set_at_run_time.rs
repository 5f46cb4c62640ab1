// error: series are of plain metrics: no families, no exemplars or creation times

static A: InfoCell<64> = InfoCell::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<InfoCell<64>, 1> = "x", labels = ["b"], series = [["0"] => &A];
}
use nanoprom::{InfoCell, Series};

fn main() {}
