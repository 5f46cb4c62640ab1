//! Whether bytes are UTF-8.

use crate::atomic::COMPACT;
use core::str;

/// Whether `bytes` are UTF-8, as [`str::from_utf8`] tells.
pub(crate) fn is_valid(bytes: &[u8]) -> bool {
    if COMPACT { is_valid_compact(bytes) } else { str::from_utf8(bytes).is_ok() }
}

/// The same for the text of a table. One in Rust is UTF-8, and a program without others does not link what
/// looks at it; one in C may be anything, where nobody checked it.
#[inline]
pub(crate) fn is_valid_in_table(bytes: &[u8]) -> bool {
    !cfg!(feature = "c-tables") || is_valid(bytes)
}

/// The same in a fifth of the code, without a table.
fn is_valid_compact(bytes: &[u8]) -> bool {
    // How many bytes of the character are to come, its bits so far, and the least it may be.
    let (mut missing, mut character, mut least) = (0_u32, 0_u32, 0_u32);
    for &byte in bytes {
        let ones = byte.leading_ones();
        if missing > 0 {
            if ones != 1 {
                return false;
            }
            missing -= 1;
            character = character << 6 | u32::from(byte & 0x3F);
            let surrogate = character >> 11 == 0xD800 >> 11;
            if missing == 0 && (character < least || surrogate || character > 0x10_FFFF) {
                return false;
            }
        } else if ones > 0 {
            if !(2..=4).contains(&ones) {
                return false;
            }
            missing = ones - 1;
            character = u32::from(byte) & (0x7F >> ones);
            // 0x80, 0x800, 0x10000: what does not fit into one byte less.
            least = if ones == 2 { 0x80 } else { 1 << (5 * ones - 4) };
        }
    }
    missing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_agree_with_the_standard_library() {
        // All short sequences of bytes at which some rule turns.
        const EDGES: [u8; 22] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xFF,
        ];
        let mut bytes = [0; 5];
        for number in 0..EDGES.len().pow(5) {
            let mut rest = number;
            for byte in &mut bytes {
                *byte = EDGES[rest % EDGES.len()];
                rest /= EDGES.len();
            }
            for len in 0..=bytes.len() {
                let expected = str::from_utf8(&bytes[..len]).is_ok();
                assert_eq!(is_valid_compact(&bytes[..len]), expected, "{:x?}", &bytes[..len]);
            }
        }
        assert!(is_valid("ä€😀".as_bytes()) && !is_valid(b"\xff"));
    }
}
