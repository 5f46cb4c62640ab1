// error: metric 'x_total' has the label 'family', which as a constant label is reserved

nanoprom::metrics! {
    static METRICS, labels = [family = "f"];
    /// Help.
    static X: Family<Counter, 1, 4> = "x_total", labels = ["code"];
}
use nanoprom::{Counter, Family};

fn main() {}
