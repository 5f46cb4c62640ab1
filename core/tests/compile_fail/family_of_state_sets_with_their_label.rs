// error: metric 'pump' has the label 'pump', which is reserved on a state set of that name

nanoprom::states! { enum Pump { Off = "off", On = "on" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Family<StateSet<Pump>, 1, 2> = "pump", labels = ["pump"];
}
use nanoprom::{Family, StateSet};

fn main() {}
