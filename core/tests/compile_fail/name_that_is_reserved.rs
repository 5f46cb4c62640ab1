// error: metric '_hidden' is no metric name

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Gauge = "_hidden";
}
use nanoprom::Gauge;

fn main() {}
