//! Integers as decimals.
//!
//! Own code, because the usual crate (itoa 1.0.18) can panic as far as the compiler sees, and a
//! firmware image is to hold no panic machinery.

use crate::atomic::COMPACT;
use core::fmt;
use core::mem::{MaybeUninit, transmute};
use core::ops::Deref;
use core::str;

/// Longest text of any number.
pub(crate) const NUMBER_LEN: usize = 24;

/// A small buffer that a number is written into.
pub(crate) type Digits = [u8; NUMBER_LEN];

/// A buffer of zeros, made by a loop that the compiler keeps: it would call `memset`, which little firmware
/// has otherwise.
#[inline]
pub(crate) fn no_digits() -> Digits {
    if !COMPACT {
        return [0; NUMBER_LEN];
    }
    let mut digits = MaybeUninit::<[u32; NUMBER_LEN / 4]>::uninit();
    for at in 0..NUMBER_LEN / 4 {
        // SAFETY: inside the array.
        unsafe { digits.as_mut_ptr().cast::<u32>().add(at).write_volatile(0) };
    }
    // SAFETY: all of it was written, and words are as good as bytes.
    unsafe { transmute(digits.assume_init()) }
}

/// Longest text of a `u64`.
const LEN: usize = 20;

/// A whole number as text, on the stack: a label value without formatting by hand.
///
/// 25 bytes. It derefs to `str`:
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Responses by status code.
///     pub static RESPONSES: Family<Counter, 1, 16> = "http_responses_total", labels = ["code"];
/// }
/// use nanoprom::{Counter, Decimal, Family};
///
/// let code: u16 = 404;
/// RESPONSES.labels([&Decimal::from(code)])?.inc();
/// assert_eq!(RESPONSES.labels(["404"])?.get(), 1.0);
/// # Ok::<(), nanoprom::Refused>(())
/// ```
#[derive(Clone, Copy)]
pub struct Decimal {
    digits: Digits,
    len: u8,
}

impl Deref for Decimal {
    type Target = str;

    fn deref(&self) -> &str {
        let text = self.digits.get(..usize::from(self.len)).unwrap_or_default();
        // SAFETY: digits and a sign, which are ASCII.
        unsafe { str::from_utf8_unchecked(text) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

macro_rules! from {
    ($write:ident: $wide:ty, $($number:ty),+) => {$(
        impl From<$number> for Decimal {
            fn from(number: $number) -> Self {
                let mut digits = no_digits();
                // No target has numbers of more than 64 bits here.
                let len = $write(number as $wide, &mut digits) as u8;
                Self { digits, len }
            }
        }
    )+};
}
from!(write_unsigned: u64, u8, u16, u32, u64, usize);
from!(write_signed: i64, i8, i16, i32, i64, isize);

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

/// Writes `value` to the front of `digits` and returns its length.
#[inline]
pub(crate) fn write_unsigned(value: u64, digits: &mut Digits) -> usize {
    digits.first_chunk_mut().map_or(0, |digits| write(value, digits))
}

/// Writes `value` to the front of `digits` and returns its length.
#[inline]
pub(crate) fn write_signed(value: i64, digits: &mut Digits) -> usize {
    if value >= 0 {
        return write_unsigned(value.unsigned_abs(), digits);
    }
    let [sign, rest @ ..] = digits;
    *sign = b'-';
    1 + rest.first_chunk_mut().map_or(0, |rest| write(value.unsigned_abs(), rest))
}

/// Writes `value` to the front of `out` and returns its length.
#[inline]
fn write(value: u64, out: &mut [u8; LEN]) -> usize {
    if COMPACT {
        return write_compact(value, out);
    }
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

/// Digit by digit, without tables and without a division of 64 bits, which takes 1 kB of code on
/// cores that have none.
#[inline(never)]
fn write_compact(value: u64, out: &mut [u8; LEN]) -> usize {
    let mut words = [(value >> 32) as u32, value as u32];
    let mut at = LEN;
    while let Some(next) = at.checked_sub(1) {
        at = next;
        // A long division in base 2^16.
        let mut rest = 0;
        for word in &mut words {
            let high = (rest << 16) | (*word >> 16);
            let low = ((high % 10) << 16) | (*word & 0xFFFF);
            *word = ((high / 10) << 16) | (low / 10);
            rest = low % 10;
        }
        if let Some(place) = out.get_mut(at) {
            *place = b'0' + rest as u8;
        }
        if words == [0, 0] {
            break;
        }
    }
    // To the front.
    for to in 0..LEN - at {
        if let Some(&digit) = out.get(at + to) {
            out[to] = digit;
        }
    }
    LEN - at
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::string::ToString;

    #[test]
    fn a_decimal_is_the_text_of_any_whole_number() {
        assert_eq!(&*Decimal::from(404), "404");
        assert_eq!(&*Decimal::from(u64::MAX), "18446744073709551615");
        assert_eq!(&*Decimal::from(i64::MIN), "-9223372036854775808");
        assert_eq!(&*Decimal::from(0_usize), "0");
        assert_eq!(&*Decimal::from(-7_i8), "-7");
        assert_eq!(Decimal::from(12).to_string(), "12");
    }

    #[test]
    fn every_length_prints_as_fmt_does() {
        let edges =
            (0..20).map(|power| 10_u64.pow(power)).flat_map(|edge| [edge - 1, edge, edge + 1]);
        let doubles = (0..64).map(|bits| u64::MAX >> bits);
        for value in edges.chain(doubles).chain(0..20_000) {
            for write in [write, write_compact] {
                let mut out = [0; LEN];
                let len = write(value, &mut out);
                assert_eq!(core::str::from_utf8(&out[..len]).unwrap(), value.to_string());
            }
        }
    }
}
