//! Questions about floats, answered by their bits on cores that do floats in software: each kind of
//! comparison is a routine of 100 bytes there, and slower than an integer one.

use crate::atomic::COMPACT;

/// The largest [`magnitude`] of a finite float, of a number, and of any float.
pub(crate) const FINITE: u64 = magnitude(f64::MAX);
pub(crate) const NUMBER: u64 = magnitude(f64::INFINITY);
pub(crate) const ANY: u64 = u64::MAX;

/// Whether the magnitude of `value` is above `largest`, which is one of the three.
#[inline(always)]
pub(crate) fn exceeds(value: f64, largest: u64) -> bool {
    match largest {
        // Known while compiling.
        NUMBER if !COMPACT => value.is_nan(),
        FINITE if !COMPACT => !value.is_finite(),
        _ => magnitude(value) > largest,
    }
}

/// Whether `value` is not a number.
#[inline]
pub(crate) fn is_nan(value: f64) -> bool {
    if COMPACT { magnitude(value) > NUMBER } else { value.is_nan() }
}

/// Whether `value` is a number and not below 0.
#[inline]
pub(crate) fn is_not_negative(value: f64) -> bool {
    if COMPACT { order(value) >= 0 && !is_nan(value) } else { value >= 0.0 }
}

/// Whether `value` is 0, of either sign.
#[inline]
pub(crate) fn is_zero(value: f64) -> bool {
    if COMPACT { order(value) == 0 } else { value == 0.0 }
}

/// `a < b`; neither is NaN.
#[inline]
pub(crate) fn less(a: f64, b: f64) -> bool {
    if COMPACT { order(a) < order(b) } else { a < b }
}

/// `value`, where it is a whole number from 1 to 2^32 - 1; 0 may be found or not.
#[inline]
pub(crate) fn as_u32(value: f64) -> Option<u32> {
    if COMPACT {
        return as_u32_compact(value);
    }
    let whole = value as u32;
    (f64::from(whole) == value).then_some(whole)
}

fn as_u32_compact(value: f64) -> Option<u32> {
    let bits = value.to_bits();
    // With its leading one on top; 1 is 2^0.
    let mantissa = (bits | 1 << 52) << 11;
    let exponent = (bits >> 52).checked_sub(1023)?;
    let whole = mantissa >> 32;
    let shift = 31_u32.checked_sub(exponent as u32)?;
    let fraction = mantissa << (exponent + 1);
    (exponent < 32 && fraction == 0).then_some((whole >> shift) as u32)
}

/// What is left of the bits without the sign; it orders as absolute values do, NaN above all.
#[inline]
const fn magnitude(value: f64) -> u64 {
    value.to_bits() << 1
}

/// An integer that orders as the float does; both zeros are 0.
#[inline]
fn order(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    if bits < 0 { i64::MIN - bits } else { bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values at which an answer turns, and others.
    fn values() -> impl Iterator<Item = f64> + Clone {
        let edges = [
            0.0,
            0.5,
            1.0,
            1.5,
            2.0,
            3.0,
            4294967295.0,
            4294967295.5,
            4294967296.0,
            1e300,
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::INFINITY,
            f64::NAN,
            0.999_999_999_999_999_9,
        ];
        let powers = (0..70).map(|power| 2_f64.powi(power)).flat_map(|p| [p - 1.0, p, p + 1.0]);
        let all = edges.into_iter().chain(powers);
        all.clone().chain(all.map(|value| -value))
    }

    #[test]
    fn bits_answer_as_floats_do() {
        for a in values() {
            for largest in [FINITE, NUMBER, ANY] {
                assert_eq!(exceeds(a, largest), magnitude(a) > largest, "{a}");
            }
            assert_eq!(magnitude(a) > NUMBER, a.is_nan(), "{a}");
            assert_eq!(magnitude(a) <= FINITE, a.is_finite(), "{a}");
            assert_eq!(order(a) >= 0 && !a.is_nan(), a >= 0.0, "{a}");
            let whole = a as u32;
            let expected = (f64::from(whole) == a && whole > 0).then_some(whole);
            assert_eq!(as_u32_compact(a), expected, "{a}");
            for b in values().filter(|b| !a.is_nan() && !b.is_nan()) {
                assert_eq!(order(a) < order(b), a < b, "{a} {b}");
            }
        }
    }
}
