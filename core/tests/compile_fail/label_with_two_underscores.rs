// error: metric 'x_total' has the label '__x', which is no label name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 4> = "x_total", labels = ["__x"];
}
use nanoprom::{Counter, Family};

fn main() {}
