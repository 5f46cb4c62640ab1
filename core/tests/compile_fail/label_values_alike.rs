// error: metric 'x' has two values of a label that are alike

nanoprom::label_values! { enum Side { Left = "left", Right = "left" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<Gauge, (Side,), 2> = "x", labels = ["a"];
}
use nanoprom::{EnumFamily, Gauge};

fn main() {}
