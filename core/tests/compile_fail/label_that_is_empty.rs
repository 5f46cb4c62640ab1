// error: has the label '', which is no label name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 4> = "x_total", labels = [""];
}
use nanoprom::{Counter, Family};

fn main() {}
