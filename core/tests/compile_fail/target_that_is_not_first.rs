// error: metric 'target_info' is about the target and is not the first of the page

mod inner {
    nanoprom::metrics! {
        pub static METRICS, prefix = "tar";
        /// Help.
        static X: Info = "get_info", labels = [site = "south"];
    }
    use nanoprom::Info;
}

nanoprom::metrics! {
    static METRICS, include = [inner::METRICS];
    /// Help.
    static A: Gauge = "up";
}
use nanoprom::Gauge;

fn main() {}
