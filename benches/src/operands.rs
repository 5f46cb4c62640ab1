//! The operands of the hot workloads: drawn once, the same in every process.
//!
//! They come from arrays, because a `black_box` on the operand would put a store to the stack in
//! front of the locked instruction.

use crate::case::{CYCLE, OPS};
use std::sync::LazyLock;

/// The bounds of the histograms, `+Inf` left out.
pub(crate) const BOUNDS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// The number of series behind `labels3`.
pub(crate) const SERIES: usize = 24;
pub(crate) const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];
pub(crate) const CODES: [&str; 3] = ["200", "404", "500"];
pub(crate) const PATHS: [&str; 2] = ["/metrics", "/api/v1/query"];

/// A repeatable random sequence (xorshift64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 up to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Fractional amounts for counters.
pub(crate) static AMOUNTS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    (0..OPS).map(|_| 0.001 + random.unit()).collect()
});

/// Observations, log-uniform over all buckets. There are so many that a branch predictor cannot
/// learn them: with 4096, a search by early exit looks twice as fast as it is.
static DURATIONS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let (low, high) = (0.003_f64.ln(), 20_f64.ln());
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    (0..OPS * CYCLE).map(|_| (low + random.unit() * (high - low)).exp()).collect()
});

/// The observations of a pass; [`CYCLE`] of them are all there are.
#[inline]
pub(crate) fn durations(pass: usize) -> &'static [f64] {
    &DURATIONS[pass % CYCLE * OPS..][..OPS]
}

/// Label values in fresh strings, the series one after the other, five times over.
pub(crate) static LABELS: LazyLock<Vec<[String; 3]>> =
    LazyLock::new(|| (0..5 * SERIES).map(|index| series(index).map(str::to_owned)).collect());

/// The label values of series `index`, modulo their number.
pub(crate) fn series(index: usize) -> [&'static str; 3] {
    let (method, rest) = (index % METHODS.len(), index / METHODS.len());
    let (code, rest) = (rest % CODES.len(), rest / CODES.len());
    [METHODS[method], CODES[code], PATHS[rest % PATHS.len()]]
}
