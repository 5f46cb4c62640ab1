// error: metric 'x' has another number of labels than enums

nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: EnumFamily<Gauge, (Side, Side), 4> = "x", labels = ["a"];
}
use nanoprom::{EnumFamily, Gauge};

fn main() {}
