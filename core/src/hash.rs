//! Hashing and comparing label values: short strings, on the hot path.

/// A hash of label values, for choosing a slot; equal hashes are not equal labels.
///
/// It reads the first and the last 8 bytes and the length of each value.
#[inline]
pub(crate) fn hash<'a>(values: impl Iterator<Item = &'a [u8]>) -> u32 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = MIX;
    for value in values {
        let (first, last) = ends(value);
        hash =
            (hash ^ first ^ last.rotate_left(29) ^ ((value.len() as u64) << 56)).wrapping_mul(MIX);
        hash ^= hash >> 32;
    }
    (hash.wrapping_mul(MIX) >> 32) as u32
}

/// The first and the last 8 bytes; all bytes of a shorter value are among them.
#[inline]
fn ends(value: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (value.first_chunk::<8>(), value.last_chunk::<8>()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (value.first_chunk::<4>(), value.last_chunk::<4>()) {
        (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
    } else if let [first, .., last] = value {
        let middle = value.get(1).unwrap_or(first);
        (u64::from(*first) | u64::from(*middle) << 8 | u64::from(*last) << 16, 0)
    } else {
        (value.first().map_or(0, |&only| u64::from(only)), 0)
    }
}

/// `a == b`, without a call for up to 16 bytes.
#[inline]
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    fn same_ends<const K: usize>(a: &[u8], b: &[u8]) -> Option<bool> {
        Some(
            a.first_chunk::<K>()? == b.first_chunk::<K>()?
                && a.last_chunk::<K>()? == b.last_chunk::<K>()?,
        )
    }
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        0 => Some(true),
        1..=3 => Some(a.iter().eq(b)),
        4..=7 => same_ends::<4>(a, b),
        8..=16 => same_ends::<8>(a, b),
        _ => None,
    }
    .unwrap_or_else(|| a == b)
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
}
