// error: metric 'x_total' has the label 'code' twice

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 3, 4> = "x_total", labels = ["code", "method", "code"];
}
use nanoprom::{Counter, Family};

fn main() {}
