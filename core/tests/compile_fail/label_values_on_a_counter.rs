// error: metric 'x_total' has labels with values, which are for Info

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Counter = "x_total", labels = [a = "1"];
}
use nanoprom::Counter;

fn main() {}
