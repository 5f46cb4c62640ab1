// error: metric 'x' has the label 'quantile', which is reserved on a metric of its type

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<Summary, 1, 2> = "x", labels = ["quantile"];
}
use nanoprom::{Family, Summary};

fn main() {}
