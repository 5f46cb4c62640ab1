// error: two metrics expose the name 'eth_frames_total'

mod inner {
    nanoprom::metrics! {
        pub static METRICS;
        /// Help.
        pub static FRAMES: IntCounter = "frames_total";
    }
    use nanoprom::IntCounter;
}

nanoprom::metrics! {
    static METRICS, include = [inner::METRICS { prefix = "eth_" }];
    /// Help.
    static X: Gauge = "eth_frames_total";
}
use nanoprom::Gauge;

fn main() {}
