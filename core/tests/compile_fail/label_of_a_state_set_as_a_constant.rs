// error: metric 'a_mode' has the label 'a_mode', which is reserved on a state set of that name

nanoprom::states! { enum Mode { On = "on" } }
nanoprom::metrics! {
    static METRICS, prefix = "a_", labels = [a_mode = "x"];
    /// Help.
    static X: StateSet<Mode> = "mode";
}
use nanoprom::StateSet;

fn main() {}
