//! The shortest decimal that reads back as the same float, in little code.
//!
//! The way of Steele and White (Dragon4): exact arithmetic with long integers. Many times slower than
//! the crate zmij, which targets with room take, but a fifth of its code, and without tables.

use crate::numbers::decimal::{Digits, no_digits};
use core::mem::MaybeUninit;

/// The significant digits of a finite float, from 0 to 9, and the place of its point.
pub(crate) struct Shortest {
    pub(crate) digits: Digits,
    pub(crate) count: usize,
    /// The number is `0.DIGITS * 10^point`.
    pub(crate) point: i32,
}

/// The digits of the finite float with these bits; its sign is left out.
pub(crate) fn shortest(bits: u64) -> Shortest {
    let mut found = Shortest { digits: no_digits(), count: 1, point: 1 };
    let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7FF) as i32);
    let (mantissa, shift) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    };
    if mantissa == 0 {
        return found;
    }
    // The float is value / one. Halfway to its neighbours lie value + 2 gap and value - 2 gap; below
    // a power of two floats are denser, value - gap there.
    let (up, down) = (shift.max(0) as u32, (-shift).max(0) as u32);
    let [mut value, mut one, mut gap] = [const { MaybeUninit::uninit() }; 3];
    let value = shifted(&mut value, mantissa, up + 2);
    let one = shifted(&mut one, 1, down + 2);
    let gap = shifted(&mut gap, 1, up);
    let below = if fraction == 0 && exponent > 1 { 1 } else { 2 };
    // Halfway itself reads as the even one of two floats: these count as this one, or do not.
    let halfway = i32::from(mantissa & 1 == 0);

    // Scale, so that the float is below 1 and no less than 0.1, or rounds up to 1.
    let power = shift + 63 - mantissa.leading_zeros() as i32;
    let mut point = ((power * LOG10_2) >> 20) + 1;
    // All words that anything below reaches: `one`, ten times that, and a little more.
    let len = ((down + 16) as usize + point.max(0) as usize * 10 / 3) / 32 + 1;
    for _ in point..0 {
        times_ten(value, len);
        times_ten(gap, len);
    }
    for _ in 0..point {
        times_ten(one, len);
    }
    if compare(one, value, 1, gap, 2, len) < halfway {
        times_ten(one, len);
        point += 1;
    }

    for (at, place) in found.digits.iter_mut().enumerate() {
        times_ten(value, len);
        times_ten(gap, len);
        let mut digit = 0;
        while compare(value, one, 1, gap, 0, len) >= 0 {
            subtract(value, one, len);
            digit += 1;
        }
        found.count = at + 1;
        let down = compare(value, one, 0, gap, below, len) < halfway;
        let up = compare(one, value, 1, gap, 2, len) < halfway;
        // Where both will do the nearer one, and of two as near the even one.
        let odd = i32::from(digit & 1);
        if up && (!down || compare(one, value, 2, gap, 0, len) < odd) {
            digit += 1;
        }
        *place = digit;
        if up || down {
            break;
        }
    }
    found.point = point;
    found
}

/// log10(2) in 2^-20, exact enough for all exponents.
const LOG10_2: i32 = 315_653;

/// A long unsigned integer, its low word first: up to 10 * 2^1080.
type Long = [u32; WORDS];

const WORDS: usize = 36;

/// Makes `long` `value * 2^shift`, word by word: an array would be filled and moved by `memset` and
/// `memcpy`, which little firmware has otherwise.
#[inline(never)]
fn shifted(long: &mut MaybeUninit<Long>, value: u64, shift: u32) -> &mut Long {
    let (start, bits) = (shift as usize / 32, shift % 32);
    let low = value << bits;
    let parts = [low as u32, (low >> 32) as u32, (value >> 32 >> (32 - bits)) as u32];
    for at in 0..WORDS {
        let word = parts.get(at.wrapping_sub(start)).copied().unwrap_or(0);
        // SAFETY: inside the array.
        unsafe { long.as_mut_ptr().cast::<u32>().add(at).write(word) };
    }
    // SAFETY: all words are written.
    unsafe { long.assume_init_mut() }
}

#[inline(never)]
fn times_ten(long: &mut Long, len: usize) {
    let mut carry = 0;
    for word in long.iter_mut().take(len) {
        carry += u64::from(*word) * 10;
        *word = carry as u32;
        carry >>= 32;
    }
}

/// Takes `b` away from `a`, which is no less.
fn subtract(a: &mut Long, b: &Long, len: usize) {
    let mut carry = 0;
    for (a, &b) in a.iter_mut().zip(b).take(len) {
        carry += i64::from(*a) - i64::from(b);
        *a = carry as u32;
        carry >>= 32;
    }
}

/// The sign of `a - b * times_b - c * times_c`.
#[inline(never)]
fn compare(a: &Long, b: &Long, times_b: i64, c: &Long, times_c: i64, len: usize) -> i32 {
    let (mut carry, mut bits) = (0, 0);
    for ((&a, &b), &c) in a.iter().zip(b).zip(c).take(len) {
        carry += i64::from(a) - i64::from(b) * times_b - i64::from(c) * times_c;
        bits |= carry as u32;
        carry >>= 32;
    }
    if carry < 0 { -1 } else { i32::from(bits != 0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::string::{String, ToString};

    /// The digits and the exponent of `0.DIGITS * 10^point`, from the text of another printer.
    fn digits_of(text: &str) -> (String, i32) {
        let (number, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
        let all = std::format!("{whole}{rest}");
        let zeros = all.len() - all.trim_start_matches('0').len();
        let point = whole.len() as i32 - zeros as i32 + exponent.parse::<i32>().unwrap();
        let digits = all.trim_matches('0');
        if digits.is_empty() { ("0".to_string(), 1) } else { (digits.to_string(), point) }
    }

    fn check(value: f64) {
        let found = shortest(value.to_bits());
        let digits: String =
            found.digits[..found.count].iter().map(|digit| char::from(b'0' + digit)).collect();
        let expected = digits_of(zmij::Buffer::new().format_finite(value.abs()));
        assert_eq!((digits, found.point), expected, "{value:e}");
    }

    #[test]
    fn digits_are_those_of_zmij() {
        for exponent in 0..2047 {
            for fraction in [0, 1, 2, (1 << 52) - 1, (1 << 52) - 2, 1 << 51, 0x5_5555_5555_5555] {
                check(f64::from_bits(exponent << 52 | fraction));
            }
        }
        for power in -323..309 {
            let value: f64 = std::format!("1e{power}").parse().unwrap();
            for bits in value.to_bits() - 1..=value.to_bits() + 1 {
                check(f64::from_bits(bits));
            }
        }
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..20_000 {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let value = f64::from_bits(bits);
            if value.is_finite() {
                check(value);
            }
            // As people write them.
            check((bits >> 44) as f64 / 1000.0);
            check((bits >> 40) as f64 / 1e9);
        }
    }
}
