// error: a label name is empty

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 4> = "x_total", labels = [""];
}
use nanoprom::{Counter, Family};

fn main() {}
