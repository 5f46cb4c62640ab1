//! The page of the encoding workloads: 1000 sample lines with labels and floats.
//!
//! Eight families (four counters, four gauges) with three labels and 120 series each are 960 lines,
//! two histograms 34, six gauges 6. Three values of four are whole, as on pages of real programs.

use crate::operands::{BOUNDS, Random, durations};

/// Series of each family.
pub(crate) const SERIES: usize = 120;
pub(crate) const FAMILIES: usize = 4;
pub(crate) const GAUGES: usize = 6;
pub(crate) const HISTOGRAMS: usize = 2;
pub(crate) const LABEL_NAMES: [&str; 3] = ["method", "code", "path"];
/// The help text of every metric.
pub(crate) const HELP: &str = "What the benchmark counts.";

const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];
const CODES: [&str; 5] = ["200", "201", "304", "404", "500"];
const PATHS: [&str; 6] =
    ["/", "/metrics", "/login", "/api/v1/query", "/api/v1/series", "/static/logo.svg"];

/// The label values of a series.
pub(crate) fn labels(series: usize) -> [&'static str; 3] {
    let (method, rest) = (series % METHODS.len(), series / METHODS.len());
    [METHODS[method], CODES[rest % CODES.len()], PATHS[rest / CODES.len() % PATHS.len()]]
}

/// The values of all series and plain gauges, in the order of the page.
pub(crate) fn values() -> impl Iterator<Item = f64> {
    let mut random = Random(0x0DDB_1A5E_5BAD_5EED);
    core::iter::repeat_with(move || {
        let value = random.unit() * 10_f64.powi((random.bits() % 7) as i32);
        if random.bits().is_multiple_of(4) { value } else { value.ceil() }
    })
}

/// What each histogram observes.
pub(crate) fn observations() -> impl Iterator<Item = f64> {
    durations(0).iter().copied().take(10 * BOUNDS.len())
}

/// Panics unless `page` has the samples that everybody else's has. What a contender writes about
/// itself comes on top.
pub(crate) fn check(page: &str) {
    let samples = page.lines().filter(|line| line.starts_with("bench_")).count();
    assert_eq!(samples, crate::case::LINES, "samples of a page");
}
