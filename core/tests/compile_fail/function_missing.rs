// error: metric 'x' asks a function, which `function = ...` names

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: GaugeFn = "x";
}
use nanoprom::GaugeFn;

fn main() {}
