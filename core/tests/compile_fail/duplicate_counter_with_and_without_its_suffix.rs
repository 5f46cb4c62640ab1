// error: two metrics expose the name 'jobs

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Counter = "jobs";
    /// Help.
    static B: Counter = "jobs_total";
}
use nanoprom::Counter;

fn main() {}
