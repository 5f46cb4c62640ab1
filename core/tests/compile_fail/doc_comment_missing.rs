// error: metric 'x_total' has no doc comment: its first paragraph is the HELP text

nanoprom::metrics! {
    static METRICS;
    static X: Counter = "x_total";
}
use nanoprom::Counter;

fn main() {}
