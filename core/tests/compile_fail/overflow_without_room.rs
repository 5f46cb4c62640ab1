// error: metric 'x_total' has less label text than its child `other` takes

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Counter, 1, 2, 3> = "x_total", labels = ["name"], overflow = other;
}
use nanoprom::{Counter, Family};

fn main() {}
