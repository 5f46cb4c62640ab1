// error: metric 'x_total': `overflow` is `other` or `error`

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 2> = "x_total", labels = ["name"], overflow = drop;
}
use nanoprom::{Counter, Family};

fn main() {}
