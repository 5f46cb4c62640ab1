//! Numbers as text: shortest decimals that read back bit-exact, without `core::fmt`.

use crate::copy::copy_to_front;
use crate::decimal;

/// Longest text of any number.
pub(crate) const NUMBER_LEN: usize = 24;

/// A small buffer that a number is written into.
pub(crate) type Digits = [u8; NUMBER_LEN];

/// The value of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// An unsigned integer, printed exactly.
    Unsigned(u64),
    /// A signed integer, printed exactly.
    Signed(i64),
    /// A float, printed as the shortest decimal that reads back bit-exact.
    Float(f64),
}

impl Value {
    /// The value as a float, rounded to the nearest where an integer is larger than 2^53.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Unsigned(value) => value as f64,
            Self::Signed(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// How the 64 bits of a number are to be read. A pointer to one of the statics below stands in for
/// an enum tag, so that a program without floats does not link the float printer.
pub(crate) struct Class {
    write: fn(u64, &mut Digits) -> usize,
    value: fn(u64) -> Value,
}

/// Unsigned integers.
pub(crate) static UNSIGNED: Class =
    Class { write: write_unsigned, value: |bits| Value::Unsigned(bits) };
/// Signed integers.
pub(crate) static SIGNED: Class =
    Class { write: write_signed, value: |bits| Value::Signed(bits as i64) };
/// Floats as sample values.
pub(crate) static FLOAT: Class =
    Class { write: write_float, value: |bits| Value::Float(f64::from_bits(bits)) };
/// Floats that are whole numbers, kept as unsigned integers: a shorter way to the same text.
static WHOLE: Class = Class { write: write_unsigned, value: |bits| Value::Float(bits as f64) };
/// Floats as `le` label values.
pub(crate) static BOUND: Class =
    Class { write: write_bound, value: |bits| Value::Float(f64::from_bits(bits)) };

/// A snapshot of a value, with the way to print it.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    bits: u64,
    class: &'static Class,
}

impl Number {
    #[inline]
    pub(crate) const fn unsigned(value: u64) -> Self {
        Self { bits: value, class: &UNSIGNED }
    }

    #[inline]
    pub(crate) fn signed(value: i64) -> Self {
        Self { bits: value as u64, class: &SIGNED }
    }

    #[inline]
    pub(crate) fn float(value: f64) -> Self {
        Self { bits: value.to_bits(), class: &FLOAT }
    }

    /// The float `whole + rest`, rounded once.
    #[inline]
    pub(crate) fn sum(whole: u64, rest: f64) -> Self {
        // Below 2^53 the float has the same digits as the integer.
        if rest == 0.0 && whole < 1 << 53 {
            Self { bits: whole, class: &WHOLE }
        } else {
            Self::float(whole as f64 + rest)
        }
    }

    #[inline]
    pub(crate) fn bound(value: f64) -> Self {
        Self { bits: value.to_bits(), class: &BOUND }
    }

    pub(crate) fn value(self) -> Value {
        (self.class.value)(self.bits)
    }

    /// Writes the number as text to the front of `digits` and returns its length.
    #[inline]
    pub(crate) fn write(self, digits: &mut Digits) -> usize {
        (self.class.write)(self.bits, digits)
    }
}

#[inline]
fn write_unsigned(bits: u64, digits: &mut Digits) -> usize {
    digits.first_chunk_mut().map_or(0, |digits| decimal::write(bits, digits))
}

#[inline]
fn write_signed(bits: u64, digits: &mut Digits) -> usize {
    let value = bits as i64;
    if value >= 0 {
        return write_unsigned(bits, digits);
    }
    let [sign, rest @ ..] = digits;
    *sign = b'-';
    1 + rest.first_chunk_mut().map_or(0, |rest| decimal::write(value.unsigned_abs(), rest))
}

fn write_float(bits: u64, digits: &mut Digits) -> usize {
    let value = f64::from_bits(bits);
    // Whole numbers, most of what is ever printed, take the short way. -0 is not one of them: its
    // bits do not come back.
    if value.abs() < (1_u64 << 53) as f64 {
        let whole = value as i64;
        if (whole as f64).to_bits() == bits {
            return write_signed(whole as u64, digits);
        }
    }
    if !value.is_finite() {
        return copy_to_front(not_finite(value), digits);
    }
    if bits == (-0.0_f64).to_bits() {
        return copy_to_front(b"-0", digits);
    }
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(value).as_bytes();
    copy_to_front(text.strip_suffix(b".0").unwrap_or(text), digits)
}

fn not_finite(value: f64) -> &'static [u8] {
    if value.is_nan() {
        b"NaN"
    } else if value > 0.0 {
        b"+Inf"
    } else {
        b"-Inf"
    }
}

/// `le` and `quantile` values: `%g`-like with `.0` for whole numbers, as OpenMetrics asks for
/// (`0.005`, `10.0`, `100000.0`, `1e+06`).
fn write_bound(bits: u64, digits: &mut Digits) -> usize {
    let value = f64::from_bits(bits);
    if !value.is_finite() {
        return copy_to_front(not_finite(value), digits);
    }
    let mut buffer = zmij::Buffer::new();
    let decimal = Decimal::parse(buffer.format_finite(value).as_bytes());
    let mut out = Cut { digits, len: 0 };
    decimal.print(&mut out);
    out.len
}

/// The significant digits of a finite number and the place of its point.
struct Decimal {
    negative: bool,
    digits: [u8; 17],
    count: usize,
    /// The number is `0.DIGITS * 10^point`.
    point: i32,
}

impl Decimal {
    /// Takes any decimal notation of at most 17 significant digits.
    fn parse(text: &[u8]) -> Self {
        let mut this = Self { negative: false, digits: [b'0'; 17], count: 0, point: 0 };
        let mut seen_point = false;
        let mut zeros = 0; // not yet known to be significant
        let mut exponent: Option<(bool, i32)> = None;
        for &byte in text {
            match (byte, &mut exponent) {
                (b'-', None) => this.negative = true,
                (b'-', Some((negative, _))) => *negative = true,
                (b'e', _) => exponent = Some((false, 0)),
                (b'0'..=b'9', Some((_, value))) => *value = *value * 10 + i32::from(byte - b'0'),
                (b'.', _) => seen_point = true,
                (b'0', None) => {
                    zeros += usize::from(this.count > 0);
                    this.point += match (seen_point, this.count > 0) {
                        (false, true) => 1,
                        (true, false) => -1,
                        _ => 0,
                    };
                }
                (b'1'..=b'9', None) => {
                    this.point += i32::from(!seen_point);
                    this.count += zeros;
                    zeros = 0;
                    if let Some(place) = this.digits.get_mut(this.count) {
                        *place = byte;
                        this.count += 1;
                    }
                }
                _ => {}
            }
        }
        if let Some((negative, value)) = exponent {
            this.point += if negative { -value } else { value };
        }
        if this.count == 0 {
            this.count = 1;
            this.point = 1;
        }
        this
    }

    fn print(&self, out: &mut Cut<'_>) {
        if self.negative {
            out.put(b'-');
        }
        let digit = |place: i32| {
            usize::try_from(place).ok().and_then(|at| self.digits.get(..self.count)?.get(at))
        };
        let exponent = self.point - 1;
        // The thresholds of `%g` with the shortest digits, as Go's strconv prints them.
        if !(-4..6).contains(&exponent) {
            out.put(*digit(0).unwrap_or(&b'0'));
            if self.count > 1 {
                out.put(b'.');
                for place in 1..self.count as i32 {
                    out.put(*digit(place).unwrap_or(&b'0'));
                }
            }
            out.put(b'e');
            out.put(if exponent < 0 { b'-' } else { b'+' });
            let exponent = exponent.unsigned_abs();
            if exponent >= 100 {
                out.put(b'0' + (exponent / 100) as u8);
            }
            out.put(b'0' + (exponent / 10 % 10) as u8);
            out.put(b'0' + (exponent % 10) as u8);
            return;
        }
        for place in self.point.min(1) - 1..self.point.max(self.count as i32).max(self.point + 1) {
            if place == self.point {
                out.put(b'.');
            }
            out.put(*digit(place).unwrap_or(&b'0'));
        }
    }
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
    use std::string::String;

    fn text(number: Number) -> String {
        let mut digits = [0; NUMBER_LEN];
        let len = number.write(&mut digits);
        String::from_utf8(digits[..len].to_vec()).unwrap()
    }

    #[test]
    fn integers_print_exactly() {
        assert_eq!(text(Number::unsigned(u64::MAX)), "18446744073709551615");
        assert_eq!(text(Number::signed(i64::MIN)), "-9223372036854775808");
    }

    #[test]
    fn whole_floats_print_without_a_point_and_minus_zero_keeps_its_sign() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-17.0, "-17"),
            (9007199254740991.0, "9007199254740991"),
            (f64::NAN, "NaN"),
            (-f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (0.1, "0.1"),
            (2.5, "2.5"),
        ] {
            assert_eq!(text(Number::float(value)), expected);
        }
    }

    #[test]
    fn every_float_fits_and_reads_back_bit_exact() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        let extremes = [f64::MIN_POSITIVE, f64::MAX, f64::MIN, 5e-324, -1.7976931348623157e308];
        let random = core::iter::repeat_with(|| {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            f64::from_bits(bits)
        });
        for value in extremes.into_iter().chain(random.take(200_000)).filter(|v| v.is_finite()) {
            for number in [Number::float(value), Number::bound(value)] {
                let text = text(number);
                assert!(text.len() <= NUMBER_LEN, "{text}");
                assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{text}");
            }
        }
    }

    #[test]
    fn bounds_print_in_the_canonical_form_of_openmetrics() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-5.0, "-5.0"),
            (1.0, "1.0"),
            (0.005, "0.005"),
            (0.00025, "0.00025"),
            (1e-5, "1e-05"),
            (2.5, "2.5"),
            (7.5, "7.5"),
            (10.0, "10.0"),
            (102.5, "102.5"),
            (100000.0, "100000.0"),
            (123456.5, "123456.5"),
            (1e6, "1e+06"),
            (1048576.0, "1.048576e+06"),
            (1.5e300, "1.5e+300"),
            (1e-300, "1e-300"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(text(Number::bound(value)), expected);
        }
    }
}
