//! Quotients of whole numbers as decimals: ticks, shown in the unit of the page.
//!
//! Without floats, so that a program that observes nothing but ticks links no float arithmetic and not
//! the search for the shortest digits.

use crate::atomic::COMPACT;
use crate::numbers::decimal::{self, Digits, no_digits};
use crate::numbers::float::{BOUND, Style, VALUE, print_digits};
use crate::numbers::shortest::Shortest;

/// Digits behind a point stay below this: no two decimals of 15 digits are the same float, so each is
/// the shortest of its float, and a float holds the digits exactly.
const LIMIT: u64 = 1_000_000_000_000_000;
/// The largest power of ten that is a float.
const MAX_PLACES: u32 = 22;

/// The number `digits / 10^places`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quotient {
    pub(crate) digits: u64,
    pub(crate) places: u32,
}

impl Quotient {
    /// `ticks / per_unit`, rounded down to 15 digits (to 22 places where it is tiny), so that
    /// larger ticks never give a smaller number. Whole numbers keep all digits.
    ///
    /// 0 ticks per unit, from a C table that nobody checked, are taken for 1.
    pub(crate) fn new(ticks: u64, per_unit: u32) -> Self {
        let per_unit = per_unit.max(1);
        let (mut digits, rest) = divide(ticks, per_unit);
        let mut rest = u64::from(rest);
        let mut places = 0;
        while rest != 0 && digits < LIMIT / 10 && places < MAX_PLACES {
            (digits, rest) = (digits * 10, rest * 10);
            while let Some(less) = rest.checked_sub(u64::from(per_unit)) {
                (digits, rest) = (digits + 1, less);
            }
            places += 1;
        }
        Self { digits, places }
    }

    /// The float with the same decimal digits, rounded once: what a reader of the page gets.
    pub(crate) fn as_f64(self) -> f64 {
        let power = (0..self.places).fold(1.0, |power, _| power * 10.0);
        self.digits as f64 / power
    }

    /// All of a quotient with places in one word.
    pub(crate) fn to_bits(self) -> u64 {
        (u64::from(self.places) << 56) | self.digits
    }

    pub(crate) fn from_bits(bits: u64) -> Self {
        Self { digits: bits & (u64::MAX >> 8), places: (bits >> 56) as u32 }
    }

    fn print(self, style: &Style, out: &mut Digits) -> usize {
        let mut number = Shortest { digits: no_digits(), count: 1, point: 0 };
        let len = decimal::write_unsigned(self.digits, &mut number.digits);
        number.point = len as i32 - self.places as i32;
        for (at, place) in number.digits.iter_mut().enumerate() {
            *place = if at < len { place.wrapping_sub(b'0') } else { 0 };
            if *place != 0 {
                number.count = at + 1;
            }
        }
        print_digits(&number, false, style, out)
    }
}

/// Quotient and rest.
fn divide(ticks: u64, per_unit: u32) -> (u64, u32) {
    let wide = u64::from(per_unit);
    if COMPACT { divide_compact(ticks, wide) } else { (ticks / wide, (ticks % wide) as u32) }
}

/// Bit by bit, without a division of 64 bits, which takes 1 kB of code on cores that have none.
#[inline(never)]
fn divide_compact(mut ticks: u64, per_unit: u64) -> (u64, u32) {
    let mut rest = 0;
    for _ in 0..u64::BITS {
        rest = (rest << 1) | (ticks >> 63);
        ticks <<= 1;
        if rest >= per_unit {
            rest -= per_unit;
            ticks |= 1;
        }
    }
    (ticks, rest as u32)
}

/// Sample values, in the notation of floats.
pub(crate) fn write_value(bits: u64, out: &mut Digits) -> usize {
    Quotient::from_bits(bits).print(&VALUE, out)
}

/// `le` values, in the notation of floats.
pub(crate) fn write_bound(bits: u64, out: &mut Digits) -> usize {
    Quotient::from_bits(bits).print(&BOUND, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::format;

    fn cases() -> impl Iterator<Item = (u64, u32)> {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        let random = core::iter::repeat_with(move || {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            // Of all lengths.
            (bits >> ((bits >> 7) & 63), ((bits >> 32) as u32 >> (bits & 31)).max(1))
        });
        let edges = [0, 1, 2, 999, LIMIT - 1, LIMIT, LIMIT + 1, u64::MAX]
            .into_iter()
            .flat_map(|ticks| [1, 2, 3, 7, 1_000, 12_500_000, u32::MAX].map(|per| (ticks, per)));
        edges.chain(random.take(100_000))
    }

    #[test]
    fn it_is_the_quotient_rounded_down() {
        for (ticks, per_unit) in cases() {
            let Quotient { digits, places } = Quotient::new(ticks, per_unit);
            let (ticks, per_unit, digits) =
                (u128::from(ticks), u128::from(per_unit), u128::from(digits));
            // Long division again, with one wide multiplication where it fits.
            let power = 10_u128.pow(places);
            if let Some(scaled) = ticks.checked_mul(power) {
                assert_eq!(digits, scaled / per_unit, "{ticks} / {per_unit}");
            }
            let exact = places == 0 && ticks % per_unit == 0;
            let long = digits >= u128::from(LIMIT / 10) || places == MAX_PLACES;
            assert!(exact || long || digits * per_unit == ticks * power, "{ticks} / {per_unit}");
        }
    }

    #[test]
    fn both_ways_divide_the_same() {
        for (ticks, per_unit) in cases() {
            let wide = u64::from(per_unit);
            let expected = (ticks / wide, (ticks % wide) as u32);
            assert_eq!(divide_compact(ticks, wide), expected, "{ticks} / {per_unit}");
        }
    }

    #[test]
    fn its_float_is_what_a_reader_of_its_digits_gets() {
        for (ticks, per_unit) in cases() {
            let quotient = Quotient::new(ticks, per_unit);
            let read: f64 = format!("{}e-{}", quotient.digits, quotient.places).parse().unwrap();
            assert_eq!(quotient.as_f64().to_bits(), read.to_bits(), "{ticks} / {per_unit}");
        }
    }

    #[test]
    fn its_digits_are_the_shortest_of_its_float() {
        // Here the sixteenth digit would have a neighbour of the same float.
        let neighbours = [(4_161_997_890, 56_655_528), (2_157_098_196, 30_459_015)];
        for (ticks, per_unit) in cases().chain(neighbours) {
            let quotient = Quotient::new(ticks, per_unit);
            if quotient.places > 0 {
                let shortest = format!("{:e}", quotient.as_f64());
                let shortest = shortest.split('e').next().unwrap().replace('.', "");
                let digits = format!("{}", quotient.digits);
                assert_eq!(digits.trim_end_matches('0'), shortest.trim_end_matches('0'));
            }
        }
    }

    #[test]
    fn more_ticks_never_give_less() {
        for (ticks, per_unit) in cases() {
            let [less, more] = [ticks, ticks.saturating_add(1)].map(|t| Quotient::new(t, per_unit));
            assert!(less.as_f64() <= more.as_f64(), "{ticks} / {per_unit}");
        }
    }

    #[test]
    fn one_with_places_fits_into_a_word() {
        for quotient in cases().map(|(ticks, per_unit)| Quotient::new(ticks, per_unit)) {
            if quotient.places > 0 {
                assert_eq!(Quotient::from_bits(quotient.to_bits()), quotient);
            }
        }
    }
}
