// error: ` is no metric that a family has children of

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<GaugeFn, 1, 4> = "x", labels = ["a"];
}
use nanoprom::{Family, GaugeFn};

fn main() {}
