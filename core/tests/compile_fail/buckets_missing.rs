// error: metric 'x' is a histogram without `buckets = [...]`

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Histogram<3> = "x";
}
use nanoprom::Histogram;

fn main() {}
