// error: metric 'x_total' has the label 'a-b', which is no label name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 4> = "x_total", labels = ["a-b"];
}
use nanoprom::{Counter, Family};

fn main() {}
