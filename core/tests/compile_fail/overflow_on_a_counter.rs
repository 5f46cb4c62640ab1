// error: metric 'x_total' has `overflow`, which is for families with labels

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Counter = "x_total", overflow = other;
}
use nanoprom::Counter;

fn main() {}
