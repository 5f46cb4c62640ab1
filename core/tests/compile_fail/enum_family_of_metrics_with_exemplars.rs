// error: metric 'x' has children with exemplars or creation times

nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<WithExemplars<Counter, 64>, (Side,), 2> = "x", labels = ["a"];
}
use nanoprom::{Counter, EnumFamily, WithExemplars};

fn main() {}
