// error: metric 'a:mode' is a state set with ':' in its name

nanoprom::states! { enum Mode { On = "on" } }
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: StateSet<Mode> = "a:mode";
}
use nanoprom::StateSet;

fn main() {}
