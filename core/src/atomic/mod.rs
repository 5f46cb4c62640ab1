//! The one seam to the hardware: the cells that metrics are made of.
//!
//! Three layouts offer the same types; the target decides which one is built.
//!
//! | layout | chosen where | unsigned 64-bit totals | `f64` and `i64` cells | 32-bit words |
//! |---|---|---|---|---|
//! | `native64` | 64-bit atomics exist | one atomic add | compare-and-swap | atomic |
//! | `split32` | only 32-bit atomics exist | two words, no lock ([`split`]) | critical section | atomic |
//! | `locked` | no compare-and-swap | critical section | critical section | critical section |
//!
//! `--cfg nanoprom_layout="split32"` (or `"locked"`) in `RUSTFLAGS` builds another layout on a
//! larger machine, so that it can be tested there.

#[cfg(any(
    nanoprom_layout = "native64",
    all(
        target_has_atomic = "64",
        not(any(nanoprom_layout = "split32", nanoprom_layout = "locked"))
    )
))]
#[path = "native64.rs"]
mod layout;

#[cfg(any(
    nanoprom_layout = "split32",
    all(
        target_has_atomic = "32",
        not(target_has_atomic = "64"),
        not(any(nanoprom_layout = "native64", nanoprom_layout = "locked"))
    )
))]
#[path = "split32.rs"]
mod layout;

#[cfg(any(
    nanoprom_layout = "locked",
    all(
        not(target_has_atomic = "32"),
        not(any(nanoprom_layout = "native64", nanoprom_layout = "split32"))
    )
))]
#[path = "locked.rs"]
mod layout;

#[cfg(any(nanoprom_layout = "split32", nanoprom_layout = "locked", not(target_has_atomic = "64")))]
mod guarded;
#[cfg(any(
    nanoprom_layout = "split32",
    all(target_has_atomic = "32", not(target_has_atomic = "64"), not(nanoprom_layout = "locked"))
))]
mod split;
/// The words that [`split`] and the family index are written against; a loom model replaces them.
#[cfg(any(
    nanoprom_layout = "split32",
    all(target_has_atomic = "32", not(target_has_atomic = "64"), not(nanoprom_layout = "locked"))
))]
mod sync {
    pub(super) use portable_atomic::{AtomicU32, Ordering};
}

pub(crate) use layout::{Float, Link, Signed, Total, Word};

/// The name of the layout, as the linker sees it in the C ABI.
pub const LAYOUT: &str = layout::NAME;

/// Whether the encoder is to be small rather than fast: cores without 64-bit atomics have little flash.
pub(crate) const COMPACT: bool = layout::COMPACT;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::compare::{FINITE, NUMBER};

    #[test]
    fn a_total_adds_any_amount_exactly() {
        let total = Total::new();
        let mut expected = 0_u64;
        for amount in [1, 0, 7, 1 << 28, (1 << 28) + 1, u64::from(u32::MAX), 1 << 40, 3 << 50] {
            total.add(amount);
            expected += amount;
            assert_eq!(total.get(), expected);
        }
        total.inc();
        assert_eq!(total.get(), expected + 1);
    }

    #[test]
    fn a_reset_total_starts_again_at_zero() {
        let total = Total::new();
        for amount in [5, (1 << 28) - 1, (1 << 32) + 12_345, 1 << 45] {
            total.add(amount);
            total.reset();
            assert_eq!(total.get(), 0);
        }
        total.inc();
        assert_eq!(total.get(), 1);
    }

    #[test]
    fn a_refused_update_leaves_the_float_unchanged() {
        let float = Float::new(1.5);
        assert!(!float.add(f64::INFINITY, FINITE) && !float.add(f64::NAN, NUMBER));
        assert_eq!(float.get(), 1.5);
        assert!(float.add(1.0, FINITE));
        assert_eq!(float.get(), 2.5);
    }

    #[test]
    fn signed_cells_wrap_like_integers() {
        let cell = Signed::new();
        cell.add(-3);
        cell.add(1);
        assert_eq!(cell.get(), -2);
        cell.set(i64::MIN);
        assert_eq!(cell.get(), i64::MIN);
    }

    #[test]
    fn words_change_as_one() {
        let word = Word::new(1);
        assert_eq!(word.add(2), 1);
        assert_eq!(word.replace(3, 9), Ok(3));
        assert_eq!(word.replace(3, 10), Err(9));
        assert_eq!(word.update(|old| old.checked_add(1)), Some(9));
        assert_eq!(word.update(|_| None), None);
        assert_eq!(word.get(), 10);
        word.add_saturating(5);
        assert_eq!(word.get(), 15);
        word.add_saturating(u32::MAX);
        assert_eq!(word.get(), u32::MAX);
    }
}
