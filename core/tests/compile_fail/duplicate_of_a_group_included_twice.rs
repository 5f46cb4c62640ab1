// error: two metrics expose the name 'a_frames_total'

mod inner {
    nanoprom::metrics! {
        pub static METRICS;
        /// Help.
        pub static FRAMES: IntCounter = "frames_total";
    }
    use nanoprom::IntCounter;
}

nanoprom::metrics! {
    static METRICS, prefix = "a_", include = [inner::METRICS, inner::METRICS];
}

fn main() {}
