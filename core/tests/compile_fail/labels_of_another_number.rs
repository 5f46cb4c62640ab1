// error: metric 'x_total' has another number of labels than its Family<M, L, N>

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 2, 2> = "x_total", labels = ["a"];
}
use nanoprom::{Counter, Family};

fn main() {}
