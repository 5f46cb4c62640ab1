// error: metric 'x_total' would lie in a section that is not for data
use nanoprom::Counter;

nanoprom::metrics! {
    pub static METRICS;
    /// Constructors lie there.
    pub static X: Counter = "x_total", section = ".init_array";
}

fn main() {}
