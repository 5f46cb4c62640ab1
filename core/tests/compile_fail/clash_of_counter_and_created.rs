// error: two metrics expose the name 'jobs_created'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Counter = "jobs_total";
    /// Help.
    static B: Gauge = "jobs_created";
}
use nanoprom::{Counter, Gauge};

fn main() {}
