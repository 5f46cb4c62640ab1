//! Floats as text.

use crate::atomic::COMPACT;
use crate::copy::copy_to_front;
use crate::numbers::decimal::{self, Digits, no_digits};
use crate::numbers::shortest::{Shortest, shortest};
use core::ops::Range;

/// Sample values: the shortest text that reads back bit-exact, whole numbers without a point.
pub(crate) fn write_value(bits: u64, digits: &mut Digits) -> usize {
    if COMPACT {
        return print(bits, shortest, &VALUE, digits);
    }
    let value = f64::from_bits(bits);
    // Whole numbers, most of what is ever printed, take the short way. -0 is not one of them: its
    // bits do not come back.
    if value.abs() < (1_u64 << 53) as f64 {
        let whole = value as i64;
        if (whole as f64).to_bits() == bits {
            return decimal::write_signed(whole, digits);
        }
    }
    if !value.is_finite() {
        return copy_to_front(not_finite(bits), digits);
    }
    if bits == (-0.0_f64).to_bits() {
        return copy_to_front(b"-0", digits);
    }
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(value).as_bytes();
    copy_to_front(text.strip_suffix(b".0").unwrap_or(text), digits)
}

/// `le` and `quantile` values: `%g`-like with `.0` for whole numbers, as OpenMetrics asks for
/// (`0.005`, `10.0`, `100000.0`, `1e+06`).
pub(crate) fn write_bound(bits: u64, digits: &mut Digits) -> usize {
    print(bits, if COMPACT { shortest } else { parsed }, &BOUND, digits)
}

/// Sample values with a point or an exponent, as the official client of Python prints them: positive numbers
/// as bounds, negative ones as Python itself.
pub(crate) fn write_pointed(bits: u64, digits: &mut Digits) -> usize {
    let value = f64::from_bits(bits);
    if value.abs() < 1e6 && (value as i32 as f64).to_bits() == bits {
        let len = decimal::write_signed((value as i32).into(), digits);
        if let Some(end) = digits.get_mut(len..len + 2) {
            end.copy_from_slice(b".0");
        }
        return len + 2;
    }
    let style = if bits >> 63 != 0 { &PYTHON } else { &BOUND };
    print(bits, if COMPACT { shortest } else { parsed }, style, digits)
}

/// Infinities and NaN, where nothing else can be.
pub(crate) fn write_not_finite(bits: u64, digits: &mut Digits) -> usize {
    copy_to_front(not_finite(bits), digits)
}

fn not_finite(bits: u64) -> &'static [u8] {
    let (negative, fraction) = (bits >> 63 != 0, bits << 12);
    match (fraction, negative) {
        (0, false) => b"+Inf",
        (0, true) => b"-Inf",
        _ => b"NaN",
    }
}

/// How digits are laid out.
pub(crate) struct Style {
    /// Powers of ten of the first digit that are printed without an exponent.
    fixed: Range<i32>,
    /// Digits after the point, and digits of an exponent, at least.
    decimals: u8,
    exponent: u8,
}

/// As zmij does, but without `.0`.
pub(crate) const VALUE: Style = Style { fixed: -5..16, decimals: 0, exponent: 1 };
/// As Python's `repr` does.
const PYTHON: Style = Style { fixed: -4..16, decimals: 1, exponent: 2 };
/// The thresholds of `%g` with the shortest digits, as Go's strconv prints them.
pub(crate) const BOUND: Style = Style { fixed: -4..6, decimals: 1, exponent: 2 };

fn print(bits: u64, digits_of: fn(u64) -> Shortest, style: &Style, digits: &mut Digits) -> usize {
    if bits >> 52 & 0x7FF == 0x7FF {
        return write_not_finite(bits, digits);
    }
    print_digits(&digits_of(bits), bits >> 63 != 0, style, digits)
}

/// Writes a number to the front of `digits` and returns its length.
pub(crate) fn print_digits(
    number: &Shortest,
    negative: bool,
    style: &Style,
    digits: &mut Digits,
) -> usize {
    let mut out = Cut { digits, len: 0 };
    if negative {
        out.put(b'-');
    }
    let count = number.count as i32;
    let exponent = number.point - 1;
    // The first place that is printed, the first digit being 0, and the place of the point.
    let fixed = style.fixed.contains(&exponent);
    let (start, point, decimals) = if fixed {
        (number.point.min(1) - 1, number.point, style.decimals.into())
    } else {
        (0, 1, 0)
    };
    for place in start..count.max(point + decimals) {
        if place == point {
            out.put(b'.');
        }
        // Places in front of the first digit, and all behind the last one, are zeros.
        out.put(b'0' + number.digits.get(place as usize).copied().unwrap_or(0));
    }
    if !fixed {
        out.put(b'e');
        out.put(if exponent < 0 { b'-' } else { b'+' });
        let exponent = exponent.unsigned_abs();
        for (digits, number) in [(3, exponent / 100), (2, exponent / 10), (1, exponent)] {
            if number != 0 || digits <= style.exponent {
                out.put(b'0' + (number % 10) as u8);
            }
        }
    }
    out.len
}

/// The same digits with the help of zmij, faster.
fn parsed(bits: u64) -> Shortest {
    let mut found = Shortest { digits: no_digits(), count: 0, point: 0 };
    let mut seen_point = false;
    let mut zeros = 0; // not yet known to be significant
    let mut exponent: Option<(bool, i32)> = None;
    for &byte in zmij::Buffer::new().format_finite(f64::from_bits(bits)).as_bytes() {
        match (byte, &mut exponent) {
            (b'-', Some((negative, _))) => *negative = true,
            (b'e', _) => exponent = Some((false, 0)),
            (b'0'..=b'9', Some((_, value))) => *value = *value * 10 + i32::from(byte - b'0'),
            (b'.', _) => seen_point = true,
            (b'0', None) => {
                zeros += usize::from(found.count > 0);
                found.point += match (seen_point, found.count > 0) {
                    (false, true) => 1,
                    (true, false) => -1,
                    _ => 0,
                };
            }
            (b'1'..=b'9', None) => {
                found.point += i32::from(!seen_point);
                found.count += zeros;
                zeros = 0;
                if let Some(place) = found.digits.get_mut(found.count) {
                    *place = byte - b'0';
                    found.count += 1;
                }
            }
            _ => {}
        }
    }
    if let Some((negative, value)) = exponent {
        found.point += if negative { -value } else { value };
    }
    if found.count == 0 {
        found.count = 1;
        found.point = 1;
    }
    found
}

/// Writes bytes one by one and drops what does not fit.
struct Cut<'d> {
    digits: &'d mut Digits,
    len: usize,
}

impl Cut<'_> {
    fn put(&mut self, byte: u8) {
        if let Some(place) = self.digits.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;

    #[test]
    fn both_ways_print_the_same() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for power in -400..400 {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let value = f64::from_bits(bits);
            let nearby = (bits >> 40) as f64 * 10_f64.powi(power / 10);
            for value in [value, value.round(), nearby, -nearby, 0.0, -0.0, f64::INFINITY] {
                let bits = value.to_bits();
                let text = |write: &dyn Fn(&mut Digits) -> usize| {
                    let mut digits = Digits::default();
                    let len = write(&mut digits);
                    digits[..len].to_vec()
                };
                assert_eq!(
                    text(&|digits| print(bits, shortest, &VALUE, digits)),
                    text(&|digits| write_value(bits, digits)),
                    "{value:e}"
                );
                assert_eq!(
                    text(&|digits| print(bits, shortest, &BOUND, digits)),
                    text(&|digits| print(bits, parsed, &BOUND, digits)),
                    "{value:e}"
                );
            }
        }
    }
}
