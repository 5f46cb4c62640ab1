//! Unsigned integers as decimals.
//!
//! Own code, because the usual crate (itoa 1.0.18) can panic as far as the compiler sees, and a
//! firmware image is to hold no panic machinery.

/// Longest text of a `u64`.
pub(crate) const LEN: usize = 20;

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

/// Writes `value` to the front of `out` and returns its length.
#[inline]
pub(crate) fn write(value: u64, out: &mut [u8; LEN]) -> usize {
    match u32::try_from(value) {
        Ok(small @ 0..10_000) => write_leading(small, out),
        Ok(medium) => write_grouped(medium, out),
        Err(_) => write_long(value, out),
    }
}

/// Four digits, zeros in front.
#[inline]
fn group(value: u32) -> [u8; 4] {
    let pair = |n: u32| PAIRS.get(n as usize).copied().unwrap_or_default();
    let ([a, b], [c, d]) = (pair(value / 100), pair(value % 100));
    [a, b, c, d]
}

/// A number below 10 000, without zeros in front.
#[inline]
fn write_leading(value: u32, out: &mut [u8; LEN]) -> usize {
    let zeros = u32::from(value < 1000) + u32::from(value < 100) + u32::from(value < 10);
    let digits = u32::from_le_bytes(group(value)) >> (8 * zeros);
    // The bytes behind the digits are written over by what follows.
    [out[0], out[1], out[2], out[3]] = digits.to_le_bytes();
    4 - zeros as usize
}

#[inline(never)]
fn write_grouped(value: u32, out: &mut [u8; LEN]) -> usize {
    let (high, low) = (value / 10_000, value % 10_000);
    let len = if high < 10_000 { write_leading(high, out) } else { write_grouped(high, out) };
    append(low, out, len)
}

#[cold]
#[inline(never)]
fn write_long(value: u64, out: &mut [u8; LEN]) -> usize {
    let len = write(value / 100_000_000, out);
    let low = (value % 100_000_000) as u32;
    let len = append(low / 10_000, out, len);
    append(low % 10_000, out, len)
}

/// Writes four digits behind `len`.
#[inline]
fn append(value: u32, out: &mut [u8; LEN], len: usize) -> usize {
    if let Some(place) = out.get_mut(len..).and_then(|rest| rest.first_chunk_mut()) {
        *place = group(value);
    }
    len + 4
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
        for value in edges.chain(doubles).chain(0..20_000) {
            let mut out = [0; LEN];
            let len = write(value, &mut out);
            assert_eq!(core::str::from_utf8(&out[..len]).unwrap(), value.to_string());
        }
    }
}
