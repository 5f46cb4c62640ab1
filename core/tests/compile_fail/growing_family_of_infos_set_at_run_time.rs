// error: ` is no metric that a family has children of

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: GrowingFamily<InfoCell<64>, 1> = "x", labels = ["a"];
}
use nanoprom::{GrowingFamily, InfoCell};

fn main() {}
