// error: two metrics expose the name 'up'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Gauge = "up";
    /// Help.
    static B: Gauge = "up";
}
use nanoprom::Gauge;

fn main() {}
