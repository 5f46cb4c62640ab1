// error: metric 'frames_total' has the label 'site' twice, from the constant labels of its groups

mod inner {
    nanoprom::metrics! {
        pub static METRICS;
        /// Help.
        pub static FRAMES: IntCounter = "frames_total";
    }
    use nanoprom::IntCounter;
}

nanoprom::metrics! {
    static METRICS, labels = [site = "north"],
        include = [inner::METRICS { labels = [site = "south"] }];
}

fn main() {}
