// error: metric 'x' has the label 'le', which is reserved on a metric of its type

nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<Histogram<1>, (Side,), 2> = "x", buckets = [1.0], labels = ["le"];
}
use nanoprom::{EnumFamily, Histogram};

fn main() {}
