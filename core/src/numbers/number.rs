//! Numbers as text: shortest decimals that read back bit-exact, without `core::fmt`.

use crate::numbers::compare;
use crate::numbers::decimal::{self, Digits};
use crate::numbers::float;
use crate::numbers::quotient::{self, Quotient};

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

macro_rules! from {
    ($($number:ty => $variant:ident),+) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::$variant(number.into())
            }
        }
    )+};
}
from!(u64 => Unsigned, u32 => Unsigned, i64 => Signed, i32 => Signed, f64 => Float, f32 => Float);

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
    bits: Bits,
}

/// What the bits of a number are. A tag beside the printer, so that a program that only prints links
/// no float arithmetic for [`Number::value`].
enum Bits {
    Unsigned,
    Signed,
    Float,
    /// A float that is a whole number.
    Whole,
    /// A float with decimal places.
    Quotient,
}

/// Unsigned integers.
static UNSIGNED: Class = Class { write: decimal::write_unsigned, bits: Bits::Unsigned };
/// Signed integers.
static SIGNED: Class =
    Class { write: |bits, digits| decimal::write_signed(bits as i64, digits), bits: Bits::Signed };
/// Floats as sample values.
static FLOAT: Class = Class { write: float::write_value, bits: Bits::Float };
/// Floats that are whole numbers, kept as unsigned integers: a shorter way to the same text.
static WHOLE: Class = Class { write: decimal::write_unsigned, bits: Bits::Whole };
/// Quotients of integers as sample values.
static QUOTIENT: Class = Class { write: quotient::write_value, bits: Bits::Quotient };
/// Floats as `le` label values.
static BOUND: Class = Class { write: float::write_bound, bits: Bits::Float };
/// Floats as sample values that have a point or an exponent.
static POINTED: Class = Class { write: float::write_pointed, bits: Bits::Float };
/// Quotients of integers as `le` label values.
static QUOTIENT_BOUND: Class = Class { write: quotient::write_bound, bits: Bits::Quotient };
/// The last `le` of all histograms.
static INFINITE_BOUND: Class = Class { write: float::write_not_finite, bits: Bits::Float };

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
        if compare::is_zero(rest) && whole < 1 << 53 {
            Self { bits: whole, class: &WHOLE }
        } else {
            Self::float(whole as f64 + rest)
        }
    }

    /// `ticks / per_unit`, see [`Quotient::new`].
    #[inline(never)]
    pub(crate) fn quotient(ticks: u64, per_unit: u32) -> Self {
        match Quotient::new(ticks, per_unit) {
            Quotient { digits, places: 0 } => Self { bits: digits, class: &WHOLE },
            quotient => Self { bits: quotient.to_bits(), class: &QUOTIENT },
        }
    }

    #[inline]
    pub(crate) fn bound(value: f64) -> Self {
        Self { bits: value.to_bits(), class: &BOUND }
    }

    /// A float that is seen to be one: `1.0`.
    #[inline]
    pub(crate) fn pointed(value: f64) -> Self {
        Self { bits: value.to_bits(), class: &POINTED }
    }

    /// The bound `ticks / per_unit`.
    #[inline(never)]
    pub(crate) fn quotient_bound(ticks: u32, per_unit: u32) -> Self {
        let quotient = Quotient::new(u64::from(ticks), per_unit);
        Self { bits: quotient.to_bits(), class: &QUOTIENT_BOUND }
    }

    /// The bound above all others.
    #[inline]
    pub(crate) const fn infinite_bound() -> Self {
        Self { bits: f64::INFINITY.to_bits(), class: &INFINITE_BOUND }
    }

    pub(crate) fn value(self) -> Value {
        match self.class.bits {
            Bits::Unsigned => Value::Unsigned(self.bits),
            Bits::Signed => Value::Signed(self.bits as i64),
            Bits::Float => Value::Float(f64::from_bits(self.bits)),
            Bits::Whole => Value::Float(self.bits as f64),
            Bits::Quotient => Value::Float(Quotient::from_bits(self.bits).as_f64()),
        }
    }

    /// Whether it is a float below 0.
    #[inline]
    pub(crate) fn is_negative_float(self) -> bool {
        matches!(self.class.bits, Bits::Float) && compare::less(f64::from_bits(self.bits), 0.0)
    }

    /// Writes the number as text to the front of `digits` and returns its length.
    #[inline]
    pub(crate) fn write(self, digits: &mut Digits) -> usize {
        (self.class.write)(self.bits, digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atomic::COMPACT;
    use crate::numbers::decimal::NUMBER_LEN;
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
        for value in extremes
            .into_iter()
            .chain(random.take(if COMPACT { 2_000 } else { 200_000 }))
            .filter(|v| v.is_finite())
        {
            for number in [Number::float(value), Number::bound(value)] {
                let text = text(number);
                assert!(text.len() <= NUMBER_LEN, "{text}");
                assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{text}");
            }
        }
    }

    #[test]
    fn quotients_print_as_decimals_and_their_bounds_as_those_of_floats() {
        for (ticks, per_unit, expected) in [
            (0, 7, "0"),
            (5_000, 1_000_000, "0.005"),
            (1_234_567_890, 1_000, "1234567.89"),
            (12_500, 12_500_000, "0.001"),
            (1, 3, "0.333333333333333"),
            (1, u32::MAX, "2.32830643708e-10"),
            (u64::MAX, 1, "18446744073709551615"),
            (u64::MAX, 10, "1844674407370955161"),
            (9_007_199_254_740_980, 100, "90071992547409.8"),
            (7, 0, "7"),
        ] {
            assert_eq!(text(Number::quotient(ticks, per_unit)), expected);
        }
        for ticks in (0..2_000_000).step_by(331) {
            let bound = f64::from(ticks) / 1e6;
            let [number, expected] =
                [Number::quotient_bound(ticks, 1_000_000), Number::bound(bound)];
            assert_eq!(text(number), text(expected));
            assert_eq!(number.value(), expected.value());
        }
        assert_eq!(text(Number::infinite_bound()), "+Inf");
    }

    #[test]
    fn every_quotient_fits_and_reads_back_as_its_value() {
        for ticks in (0..64).map(|bits| u64::MAX >> bits) {
            for per_unit in [1, 2, 3, 7, 999_999_999, 1 << 31, u32::MAX] {
                let number = Number::quotient(ticks, per_unit);
                let text = text(number);
                assert!(text.len() < NUMBER_LEN, "{text}");
                assert_eq!(Value::Float(text.parse().unwrap()), number.value(), "{text}");
            }
        }
    }

    #[test]
    fn pointed_floats_print_as_python_clients_print_them() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (-17.0, "-17.0"),
            (999999.0, "999999.0"),
            (1e6, "1e+06"),
            (1234567.0, "1.234567e+06"),
            (-1234567.0, "-1234567.0"),
            (-1e16, "-1e+16"),
            (0.1, "0.1"),
            (1e-5, "1e-05"),
            (-2.5e-7, "-2.5e-07"),
            (123456789.25, "1.2345678925e+08"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(text(Number::pointed(value)), expected);
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
