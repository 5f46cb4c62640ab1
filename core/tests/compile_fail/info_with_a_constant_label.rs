// error: metric 'build_info' has the label 'site', which is a constant label of its group

nanoprom::metrics! {
    static METRICS, labels = [site = "north"];
    /// Help.
    static X: Info = "build_info", labels = [site = "south"];
}
use nanoprom::Info;

fn main() {}
