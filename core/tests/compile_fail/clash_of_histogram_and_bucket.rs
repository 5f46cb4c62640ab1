// error: two metrics expose the name 'lat_bucket'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Family<Histogram<1>, 1, 2> = "lat", buckets = [1.0], labels = ["a"];
    /// Help.
    static B: Gauge = "lat_bucket";
}
use nanoprom::{Family, Gauge, Histogram};

fn main() {}
