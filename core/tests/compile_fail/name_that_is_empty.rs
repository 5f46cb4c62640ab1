// error: metric '' is no metric name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Gauge = "";
}
use nanoprom::Gauge;

fn main() {}
