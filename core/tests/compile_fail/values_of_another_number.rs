// error: expected an array with a size of 2, found one with a size of 1

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 2, 4> = "x_total", labels = ["a", "b"];
}
use nanoprom::{Counter, Family};

fn main() {
    let _ = X.labels(["only one"]);
}
