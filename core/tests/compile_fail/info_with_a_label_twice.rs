// error: metric 'build_info' has the label 'a' twice

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Info = "build_info", labels = [a = "1", a = "2"];
}
use nanoprom::Info;

fn main() {}
