// error: metric 'x' has the label 'version' twice

static A: Info = Info::new(const { &[Label::new("version", "1")] });
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<Info, 1> = "x", labels = ["version"], series = [["0"] => &A];
}
use nanoprom::{Info, Label, Series};

fn main() {}
