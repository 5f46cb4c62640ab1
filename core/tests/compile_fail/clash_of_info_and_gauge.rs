// error: two metrics expose the name 'build_info'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Info = "build", labels = [version = "1"];
    /// Help.
    static B: Gauge = "build_info";
}
use nanoprom::{Gauge, Info};

fn main() {}
