// error: metric 'x' has 0 ticks per unit

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<IntHistogram<1>, 1, 2> = "x", buckets = [1], ticks_per_unit = 0, labels = ["a"];
}
use nanoprom::{Family, IntHistogram};

fn main() {}
