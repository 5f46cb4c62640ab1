// error: metric 'x' has the label 'le', which is reserved

nanoprom::metrics! {
    static METRICS, labels = [le = "1"];
    /// Help.
    static X: Histogram<1> = "x", buckets = [1.0];
}
use nanoprom::Histogram;

fn main() {}
