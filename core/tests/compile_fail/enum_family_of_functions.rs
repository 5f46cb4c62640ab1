// error: ` is no metric that a family has children of

nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<GaugeFn, (Side,), 2> = "x", labels = ["a"];
}
use nanoprom::{EnumFamily, GaugeFn};

fn main() {}
