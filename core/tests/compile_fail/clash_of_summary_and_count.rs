// error: two metrics expose the name 'lat_count'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Gauge = "lat_count";
    /// Help.
    static B: Summary = "lat";
}
use nanoprom::{Gauge, Summary};

fn main() {}
