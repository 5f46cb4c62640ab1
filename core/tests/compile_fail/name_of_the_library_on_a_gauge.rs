// error: metric 'nanoprom_series_refused_total' is reserved for the library's own metric

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Gauge = "nanoprom_series_refused_total";
}
use nanoprom::Gauge;

fn main() {}
