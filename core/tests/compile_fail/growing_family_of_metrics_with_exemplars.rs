// error: metric 'x' is on the heap: its children have no exemplars, creation times or states

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: GrowingFamily<WithExemplars<Counter, 64>, 1> = "x", labels = ["a"];
}
use nanoprom::{Counter, GrowingFamily, WithExemplars};

fn main() {}
