//! Unsigned integers as decimals.
//!
//! Own code, because the usual crate (itoa 1.0.18) can panic as far as the compiler sees, and a
//! firmware image is to hold no panic machinery.

/// `00` to `99`.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut n = 0;
    while n < 100 {
        pairs[n] = [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
        n += 1;
    }
    pairs
};

/// What a 32-bit core divides by at once.
const CHUNK: u64 = 1_000_000_000;
const CHUNK_LEN: usize = 9;

/// Writes `value` to the front of `out` and returns its length; 20 bytes are enough for any.
#[inline]
pub(crate) fn write(value: u64, out: &mut [u8]) -> usize {
    if value < CHUNK { write_first(value as u32, out) } else { write_long(value, out) }
}

#[cold]
fn write_long(value: u64, out: &mut [u8]) -> usize {
    let len = write(value / CHUNK, out);
    match out.get_mut(len..len + CHUNK_LEN) {
        Some(rest) => {
            fill((value % CHUNK) as u32, rest);
            len + CHUNK_LEN
        }
        None => len,
    }
}

/// The leading digits, without zeros in front.
#[inline]
fn write_first(value: u32, out: &mut [u8]) -> usize {
    let len = value.checked_ilog10().unwrap_or(0) as usize + 1;
    match out.get_mut(..len) {
        Some(front) => {
            fill(value, front);
            len
        }
        None => 0,
    }
}

/// Fills `out` with the last digits of `value`.
#[inline]
fn fill(mut value: u32, out: &mut [u8]) {
    for pair in out.rchunks_mut(2) {
        let digits = PAIRS.get((value % 100) as usize).copied().unwrap_or_default();
        value /= 100;
        match pair {
            [tens, ones] => [*tens, *ones] = digits,
            [ones] => *ones = digits[1],
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::string::ToString;

    #[test]
    fn every_length_prints_as_fmt_does() {
        let edges =
            (0..20).map(|power| 10_u64.pow(power)).flat_map(|edge| [edge - 1, edge, edge + 1]);
        let doubles = (0..64).map(|bits| u64::MAX >> bits);
        for value in edges.chain(doubles) {
            let mut out = [0; 20];
            let len = write(value, &mut out);
            assert_eq!(core::str::from_utf8(&out[..len]).unwrap(), value.to_string());
        }
    }
}
