// error: two metrics expose the name 'jobs'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Counter = "jobs_total";
    /// Help.
    static B: Gauge = "jobs";
}
use nanoprom::{Counter, Gauge};

fn main() {}
