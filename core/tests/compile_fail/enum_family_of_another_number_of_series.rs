// error: metric 'x' has another number of series than its labels have combinations

nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<Gauge, (Side, Side), 3> = "x", labels = ["a", "b"];
}
use nanoprom::{EnumFamily, Gauge};

fn main() {}
