// error: metric 'x' has a function, which is for GaugeFn and CounterFn

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Gauge = "x", function = || 1.0;
}
use nanoprom::Gauge;

fn main() {}
