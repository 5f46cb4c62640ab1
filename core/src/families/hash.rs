//! Hashing and comparing label values: short strings, on the hot path.

use crate::atomic::COMPACT;

/// That of FNV-1a.
const PRIME: u32 = 0x0100_0193;

/// 2^64 divided by the golden ratio: bits of all places reach the upper half of a product.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of label values, for choosing a slot; equal hashes are not equal labels.
///
/// It reads all bytes of each value, and its length. Whoever chooses label values can choose some with
/// equal hashes, and make look-ups of these slow: the number of series is what limits that.
#[inline]
pub(crate) fn hash<'a>(values: impl Iterator<Item = &'a [u8]>) -> u32 {
    if COMPACT {
        return values.fold(0, |hash, value| {
            value.iter().fold(!hash, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(PRIME))
        });
    }
    let mut hash = 0_u64;
    let mut factor = MIX;
    for value in values {
        let (first, last) = ends(value);
        // A factor of its own for each label, so that the multiplications do not wait for each other.
        let mut word = first ^ last.rotate_left(29) ^ ((value.len() as u64) << 56);
        if value.len() > 16 {
            word ^= middle(value);
        }
        let product = (word ^ MIX).wrapping_mul(factor);
        hash = hash.wrapping_add(product ^ (product >> 32));
        factor = factor.wrapping_add(MIX << 1);
    }
    (hash.wrapping_mul(MIX) >> 32) as u32
}

/// All bytes of a long value between its first and its last 8: paths often differ nowhere else.
#[cold]
fn middle(value: &[u8]) -> u64 {
    let middle = value.get(8..value.len().saturating_sub(8)).unwrap_or_default();
    middle.chunks(8).fold(0, |hash: u64, chunk| {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        (hash ^ word).wrapping_mul(MIX).rotate_left(29)
    })
}

/// The first and the last 8 bytes; all bytes of a shorter value are among them.
#[inline]
fn ends(value: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (value.first_chunk(), value.last_chunk()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (value.first_chunk(), value.last_chunk()) {
        (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
    } else if let (Some(first), Some(last)) = (value.first_chunk(), value.last_chunk()) {
        (u64::from(u16::from_le_bytes(*first)), u64::from(u16::from_le_bytes(*last)))
    } else {
        (value.first().map_or(0, |&only| u64::from(only)), 0)
    }
}

/// `a == b`, without a call for up to 16 bytes.
#[inline]
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    #[inline]
    fn same_ends<const K: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<K>() == b.first_chunk::<K>() && a.last_chunk::<K>() == b.last_chunk::<K>()
    }
    if a.len() != b.len() {
        return false;
    }
    if COMPACT {
        // Not `==`, which is a call of `memcmp`.
        return a.iter().zip(b).all(|(a, b)| a == b);
    }
    match a.len() {
        8..=16 => same_ends::<8>(a, b),
        4..=7 => same_ends::<4>(a, b),
        2..=3 => same_ends::<2>(a, b),
        0..=1 => a.first() == b.first(),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_means_equal_at_every_length() {
        let text: [u8; 40] = core::array::from_fn(|i| i as u8);
        for len in 0..text.len() {
            assert!(equal(&text[..len], &text[..len]));
            for at in 0..len {
                let mut other = text;
                other[at] ^= 1;
                assert!(!equal(&text[..len], &other[..len]), "{len} {at}");
            }
            assert!(!equal(&text[..len], &text[..len + 1]));
        }
    }

    #[test]
    fn short_values_hash_apart() {
        let values: [&[u8]; 12] =
            [b"", b"a", b"b", b"aa", b"ab", b"ba", b"abc", b"GET", b"PUT", b"/", b"200", b"201"];
        for (i, a) in values.iter().enumerate() {
            for b in &values[i + 1..] {
                assert_ne!(hash([*a].into_iter()), hash([*b].into_iter()));
            }
        }
        let split =
            |a: &'static str, b: &'static str| hash([a.as_bytes(), b.as_bytes()].into_iter());
        assert_ne!(split("ab", "c"), split("a", "bc"));
    }

    #[test]
    fn paths_that_differ_anywhere_hash_apart() {
        extern crate std;
        use std::collections::HashSet;
        let path =
            |n| std::format!("/api/v1/organisations/{n:06}/projects/7/members/settings/profile");
        let hashes: HashSet<u32> =
            (0..20_000).map(|n| hash([path(n).as_bytes()].into_iter())).collect();
        // By chance about 0.05 of them are equal.
        assert!(hashes.len() > 19_990, "{}", hashes.len());
    }
}
