// error: metric 'x_total' is a family without `labels = [...]`

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 2> = "x_total";
}
use nanoprom::{Counter, Family};

fn main() {}
