// error: has two states of the same name

nanoprom::states! { enum Mode { On = "on", Off = "on" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: StateSet<Mode> = "mode";
}
use nanoprom::StateSet;

fn main() {}
