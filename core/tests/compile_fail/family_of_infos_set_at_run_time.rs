// error: ` is no metric that a family has children of

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<InfoCell<64>, 1, 4> = "x", labels = ["a"];
}
use nanoprom::{Family, InfoCell};

fn main() {}
