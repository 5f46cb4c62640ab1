//! An unsigned 64-bit total in two 32-bit words, without a lock.
//!
//! `low` holds the total modulo 2^32. Its upper four bits form a wheel of sixteen digits, and
//! `crossings` counts how often the wheel moved, i.e. it is the total divided by 2^28. A writer
//! moves `low` first and `crossings` second, so `crossings` may lag and never leads; a reader finds
//! how far it lags by comparing its low four bits with the wheel. That is exact while fewer than
//! sixteen writers are stopped between their two steps. The range is 2^60.

use super::sync::{AtomicU32, Ordering};

const DIGIT: u32 = 28;
const WHEEL: u32 = 15;
/// One step moves the wheel by one digit at most.
const STEP: u32 = 1 << DIGIT;

#[repr(C, align(8))]
pub(crate) struct Split {
    low: AtomicU32,
    crossings: AtomicU32,
}

// Orderings: a reader that saw the new `low` must not see a `crossings` older than the writer knew,
// and one that saw `crossings` must see the `low` that caused it. All Relaxed was seen to lead.
impl Split {
    pub(crate) const fn new() -> Self {
        Self { low: AtomicU32::new(0), crossings: AtomicU32::new(0) }
    }

    #[inline]
    pub(crate) fn add(&self, amount: u64) {
        if amount <= u64::from(STEP) {
            self.step(amount as u32);
        } else {
            self.add_steps(amount);
        }
    }

    #[inline]
    fn step(&self, amount: u32) {
        let old = self.low.fetch_add(amount, Ordering::Release);
        let crossed = (old.wrapping_add(amount) >> DIGIT).wrapping_sub(old >> DIGIT) & WHEEL;
        if crossed != 0 {
            self.crossings.fetch_add(crossed, Ordering::Release);
        }
    }

    /// Visible in parts, each of them larger than the one before.
    #[cold]
    fn add_steps(&self, amount: u64) {
        // Whole turns of the wheel leave its digit alone.
        let turns = (amount >> 32) as u32;
        self.crossings.fetch_add(turns.wrapping_mul(WHEEL + 1), Ordering::Release);
        let mut rest = amount as u32;
        while rest > STEP {
            self.step(STEP);
            rest -= STEP;
        }
        self.step(rest);
    }

    #[inline]
    pub(crate) fn get(&self) -> u64 {
        loop {
            let before = self.crossings.load(Ordering::Acquire);
            let low = self.low.load(Ordering::Acquire);
            // Relaxed: the Acquire load of `low` keeps this one behind it.
            if self.crossings.load(Ordering::Relaxed) == before {
                let lag = (low >> DIGIT).wrapping_sub(before) & WHEEL;
                let crossings = before.wrapping_add(lag);
                return (u64::from(crossings) << DIGIT) | u64::from(low & (STEP - 1));
            }
        }
    }

    /// Back to zero by adding what is missing to 2^60: storing zeros under a stopped writer was
    /// seen to read 2^32. Readers at the same moment may see any value, so callers hide the metric.
    pub(crate) fn reset(&self) {
        let missing = (1_u64 << 60).wrapping_sub(self.get()) & ((1 << 60) - 1);
        self.add(missing);
    }
}
