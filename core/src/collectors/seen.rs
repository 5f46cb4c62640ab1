//! Which series of a family a collector gave before: hashes of their labels, in scratch memory.

use crate::collectors::draft::word_at;
use crate::open::Scratch;

/// Hashes that are kept for a family: so that a large one does not take long.
const MOST: u16 = 4096;
const SIZE: usize = size_of::<u64>();

/// Hashes below `top`, growing downwards; texts grow towards them, and may take their memory.
pub(crate) struct Seen<'e> {
    scratch: Scratch<'e>,
    top: usize,
    count: u16,
}

impl<'e> Seen<'e> {
    /// Those that are left of `count`, where texts have been written up to `end`.
    pub(crate) fn beside(scratch: Scratch<'e>, count: u16, top: usize, end: usize) -> Self {
        let room = top.saturating_sub(end) / SIZE;
        Self { scratch, top, count: count.min(u16::try_from(room).unwrap_or(u16::MAX)) }
    }

    pub(crate) fn count(&self) -> u16 {
        self.count
    }

    pub(crate) fn has(&self, hash: u64) -> bool {
        // SAFETY: so many were put there, and not written over.
        (1..=usize::from(self.count))
            .any(|n| unsafe { word_at(self.scratch, self.top - n * SIZE) } == hash)
    }

    /// Adds one, if there is room beside texts up to `end`; how many there are.
    pub(crate) fn add(self, hash: u64, end: usize) -> u16 {
        let at = self.top.checked_sub((usize::from(self.count) + 1) * SIZE);
        match at.filter(|at| *at >= end && self.count < MOST) {
            Some(at) if self.scratch.put(at, &hash.to_le_bytes()).is_some() => self.count + 1,
            _ => self.count,
        }
    }
}

/// The hash of a label: those of a series are added, so that their order does not matter. Of 64 bits, and well
/// mixed: two series of the same hash are taken for one.
pub(crate) fn hash_label(name: &[u8], value: &[u8]) -> u64 {
    // FNV-1a with a byte between that is in no name.
    let text = name.iter().chain(&[0]).chain(value);
    let hash = text.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Else sums would be the same where two labels exchange their values.
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_exchange_their_values_are_others() {
        for (a, b) in [("1", "2"), ("in", "out"), ("10.0.0.1", "10.0.0.2")] {
            let sum = |x: &str, y: &str| {
                hash_label(b"src", x.as_bytes()).wrapping_add(hash_label(b"dst", y.as_bytes()))
            };
            assert_ne!(sum(a, b), sum(b, a));
        }
    }

    #[test]
    fn texts_that_take_the_memory_take_the_newest() {
        let mut memory = [0; 40];
        // SAFETY: used here only.
        let scratch = unsafe { Scratch::new(&mut memory) };
        let seen = |count, end| Seen::beside(scratch, count, 40, end);
        let count = (1..=6).fold(0, |count, hash| seen(count, 8).add(hash, 8));
        assert_eq!(count, 4);
        assert!(seen(count, 8).has(4) && !seen(count, 8).has(5));
        assert!(seen(count, 9).has(3) && !seen(count, 9).has(4));
        assert_eq!(seen(count, 41).count, 0);
    }
}
