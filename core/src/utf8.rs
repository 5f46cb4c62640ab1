//! Whether bytes are UTF-8.

use crate::atomic::COMPACT;
use core::str;

/// Whether `bytes` are UTF-8, as [`str::from_utf8`] tells.
pub(crate) fn is_valid(bytes: &[u8]) -> bool {
    if COMPACT { is_valid_compact(bytes) } else { str::from_utf8(bytes).is_ok() }
}

/// The same for the text of a table and for label values. In Rust they are UTF-8, and a program without others
/// does not link what looks at them; in C they may be anything, where nobody checked it.
#[inline]
pub(crate) fn is_valid_of_c(bytes: &[u8]) -> bool {
    !cfg!(feature = "c-tables") || is_valid(bytes)
}

/// The same in a fifth of the code, without a table.
fn is_valid_compact(bytes: &[u8]) -> bool {
    // How many bytes of the character are to come, and what the next of them may be.
    let (mut missing, mut low, mut high) = (0, 0x80, 0xBF);
    for &byte in bytes {
        if missing > 0 {
            if byte < low || byte > high {
                return false;
            }
            (missing, low, high) = (missing - 1, 0x80, 0xBF);
        } else if byte >= 0x80 {
            // 0xC0 and 0xC1 begin what fits into one byte, 0xF5 what is above 0x10FFFF.
            if !(0xC2..0xF5).contains(&byte) {
                return false;
            }
            missing = 1 + u8::from(byte >= 0xE0) + u8::from(byte >= 0xF0);
            match byte {
                // What fits into one byte less.
                0xE0 => low = 0xA0,
                0xF0 => low = 0x90,
                // Surrogates.
                0xED => high = 0x9F,
                // Above 0x10FFFF.
                0xF4 => high = 0x8F,
                _ => {}
            }
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
