// error: metric '_total' is no metric name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Counter = "_total";
}
use nanoprom::Counter;

fn main() {}
