// error: two metrics expose the name 'lat_sum'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static B: Gauge = "lat_sum";
    /// Help.
    static A: Histogram<1> = "lat", buckets = [1.0];
}
use nanoprom::{Gauge, Histogram};

fn main() {}
