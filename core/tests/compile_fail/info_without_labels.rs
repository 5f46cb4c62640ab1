// error: metric 'build_info' is an Info without `labels = [name =

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Info = "build_info";
}
use nanoprom::Info;

fn main() {}
