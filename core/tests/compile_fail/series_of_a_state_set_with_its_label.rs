// error: metric 'pump' has the label 'pump', which is reserved on a state set of that name

nanoprom::states! { enum Pump { Off = "off", On = "on" } }
static A: StateSet<Pump> = StateSet::new();
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<StateSet<Pump>, 1> = "pump", labels = ["pump"], series = [["0"] => &A];
}
use nanoprom::{Series, StateSet};

fn main() {}
