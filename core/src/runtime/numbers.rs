//! Numbers, as pages of floats show them.

use crate::numbers::decimal::no_digits;
use crate::numbers::float::write_pointed;
use alloc::string::String;

/// A value as pages of [`Style::Floats`](super::Style::Floats) show it, which is also what `le` looks like: the shortest
/// decimal that reads back as the same bits, with a point or an exponent: `1.0`, `0.25`, `1e+06`, `+Inf`, `NaN`.
///
/// For samples that a runtime's own collectors give, so that a number looks the same wherever it comes from.
pub fn float_text(value: f64) -> String {
    let mut digits = no_digits();
    let len = write_pointed(value.to_bits(), &mut digits);
    String::from_utf8_lossy(digits.get(..len).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_point_or_an_exponent_and_read_back() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (999_999.0, "999999.0"),
            (1e6, "1e+06"),
            (1_234_567.0, "1.234567e+06"),
            (-1_234_567.0, "-1234567.0"),
            (1e-5, "1e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(float_text(value), text);
            assert!(value.is_nan() || text.parse::<f64>().unwrap().to_bits() == value.to_bits());
        }
    }
}
