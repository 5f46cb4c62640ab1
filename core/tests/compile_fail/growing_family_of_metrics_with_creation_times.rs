// error: metric 'x' is on the heap: its children have no exemplars, creation times or states

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: GrowingFamily<Created<Histogram<2>>, 1> = "x", buckets = [1.0, 2.0], labels = ["a"];
}
use nanoprom::{Created, GrowingFamily, Histogram};

fn main() {}
