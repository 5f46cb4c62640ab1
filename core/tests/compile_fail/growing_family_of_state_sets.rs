// error: metric 'x' is on the heap: its children have no exemplars, creation times or states

nanoprom::states! { enum Pump { Off = "off", On = "on" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: GrowingFamily<StateSet<Pump>, 1> = "x", labels = ["a"];
}
use nanoprom::{GrowingFamily, StateSet};

fn main() {}
