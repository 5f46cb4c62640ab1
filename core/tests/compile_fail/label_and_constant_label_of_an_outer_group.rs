// error: metric 'x_total' has the label 'site', which is a constant label of its group

mod inner {
    nanoprom::metrics! {
        pub static METRICS;
        /// Help.
        pub static X: Family<Counter, 1, 4> = "x_total", labels = ["site"];
    }
    use nanoprom::{Counter, Family};
}

nanoprom::metrics! {
    static METRICS, labels = [site = "north"], include = [inner::METRICS];
}

fn main() {}
