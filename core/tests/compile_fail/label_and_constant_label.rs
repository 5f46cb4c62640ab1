// error: metric 'x_total' has the label 'site', which is a constant label of its group

nanoprom::metrics! {
    static METRICS, labels = [site = "north"];
    /// Help.
    static X: Family<Counter, 1, 4> = "x_total", labels = ["site"];
}
use nanoprom::{Counter, Family};

fn main() {}
