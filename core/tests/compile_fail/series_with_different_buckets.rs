// error: metric 'x_seconds' has series with different buckets

static CELLS: [HistogramCells<1>; 2] = [const { HistogramCells::new() }; 2];
static A: Histogram<1> = Histogram::new(&CELLS[0], &[1.0]);
static B: Histogram<1> = Histogram::new(&CELLS[1], &[2.0]);
nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Series<Histogram<1>, 1> = "x_seconds", labels = ["a"],
        series = [["0"] => &A, ["1"] => &B];
}
use nanoprom::{Histogram, HistogramCells, Series};

fn main() {}
