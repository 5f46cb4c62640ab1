// error: metric '2xx_total' is no metric name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: IntCounter = "2xx_total";
}
use nanoprom::IntCounter;

fn main() {}
