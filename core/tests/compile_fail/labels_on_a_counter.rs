// error: metric 'x_total' has labels: declare it as Family<

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Counter = "x_total", labels = ["a"];
}
use nanoprom::Counter;

fn main() {}
