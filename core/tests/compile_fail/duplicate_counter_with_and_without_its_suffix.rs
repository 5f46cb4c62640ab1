// error: two metrics expose the name 'jobs_total'

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static A: Counter = "jobs";
    /// Help.
    static B: Counter = "jobs_total";
}
use nanoprom::Counter;

fn main() {}
