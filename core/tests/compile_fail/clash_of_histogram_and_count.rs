// error: two metrics expose the name 'lat_count'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Histogram<1> = "lat", buckets = [1.0];
    /// Help.
    static B: Counter = "lat_count";
}
use nanoprom::{Counter, Histogram};

fn main() {}
