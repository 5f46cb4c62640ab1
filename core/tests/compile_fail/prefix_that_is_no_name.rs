// error: metric 'my-app_x' is no metric name

nanoprom::metrics! {
    static METRICS, prefix = "my-app_";
    /// Help.
    static X: Gauge = "x";
}
use nanoprom::Gauge;

fn main() {}
