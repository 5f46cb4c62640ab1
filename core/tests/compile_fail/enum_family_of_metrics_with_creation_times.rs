// error: metric 'x' has children with exemplars or creation times

nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<Created<Counter>, (Side,), 2> = "x", labels = ["a"];
}
use nanoprom::{Counter, Created, EnumFamily};

fn main() {}
