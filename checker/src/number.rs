//! How numbers are spelt: values, bucket bounds and quantiles, timestamps.

/// The longest value: `-2.2250738585072014e-308`.
const MAX_VALUE_BYTES: usize = 24;

/// Why a value may not be written like this.
pub(crate) fn value_fault(text: &str) -> Option<String> {
    if matches!(text, "NaN" | "+Inf" | "-Inf") {
        return None;
    }
    if text.len() > MAX_VALUE_BYTES {
        return Some(format!("a value of {} bytes is longer than {MAX_VALUE_BYTES}", text.len()));
    }
    let Some((decimal, value)) = Decimal::split(text).zip(text.parse::<f64>().ok()) else {
        return Some(match text.parse::<f64>() {
            Ok(value) if value.is_nan() => format!("the value '{text}' is written NaN"),
            Ok(value) if value.is_infinite() => {
                format!("the value '{text}' is written {}", bound(value))
            }
            Ok(_) => format!("the value '{text}' is not in the form -1.5e-3"),
            Err(_) => format!("the value {text:?} is not a number"),
        });
    };
    if decimal.whole.len() > 1 && decimal.whole.starts_with('0') {
        return Some(format!("the value '{text}' has a zero too many in front"));
    }
    if decimal.fraction.ends_with('0') {
        return Some(format!("the value '{text}' has a zero too many after the point"));
    }
    if value.is_infinite() {
        return Some(format!("the value '{text}' is too large: it reads back as infinity"));
    }
    // A 64-bit integer prints all its digits, and a page does not tell integers from floats.
    if text.parse::<u64>().is_ok() || text.parse::<i64>().is_ok() {
        return None;
    }
    let shortest = shortest(value);
    let same =
        value != 0.0 && Decimal::split(&shortest).is_some_and(|s| s.digits() == decimal.digits());
    (!same).then(|| {
        format!("the value '{text}' is not the shortest that reads back equal: {shortest}")
    })
}

/// The fewest digits that read back equal, in scientific notation. Where two such numbers are equally
/// near, the one with the even last digit, as Python and Go print it; `{:e}` alone takes the upper one.
fn shortest(value: f64) -> String {
    let shortest = format!("{value:e}");
    let mantissa = shortest.split('e').next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let even = format!("{value:.*e}", digits - 1);
    if even.parse() == Ok(value) { even } else { shortest }
}

/// The canonical text of an `le` or `quantile`: `%g` of the shortest digits, with `.0` on whole numbers.
pub(crate) fn bound(value: f64) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.into();
    }
    let scientific = shortest(value);
    let (mantissa, exponent) = scientific.split_once('e').expect("{:e} prints an exponent");
    let exponent: i32 = exponent.parse().expect("{:e} prints a small whole exponent");
    if !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs());
    }
    let plain = format!("{value}");
    if plain.contains('.') { plain } else { plain + ".0" }
}

/// Reads a canonical `le` or `quantile`, or says what is wrong with it.
pub(crate) fn read_bound(label: &str, text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_nan() => {
            Err(format!("{label}={text:?} is not a number to compare with"))
        }
        Ok(value) if bound(value) == text => Ok(value),
        Ok(value) => Err(format!("{label}={text:?} is written {label}=\"{}\"", bound(value))),
        Err(_) => Err(format!("{label}={text:?} is not a number")),
    }
}

/// Reads whole milliseconds.
pub(crate) fn read_timestamp(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|timestamp| timestamp.to_string() == text)
}

/// Reads seconds with at most three digits behind the point, as whole milliseconds: what both formats can say.
pub(crate) fn read_seconds(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |run: &str| run.bytes().all(|byte| byte.is_ascii_digit());
    let is_canonical = (whole == "0" || !whole.starts_with('0'))
        && !fraction.ends_with('0')
        && digits.contains('.') != fraction.is_empty()
        && text != "-0";
    if whole.is_empty() || fraction.len() > 3 || !is_number(fraction) || !is_canonical {
        return None;
    }
    // `parse` alone would let a second sign pass.
    let whole: i64 = whole.parse().ok().filter(|_| is_number(whole))?;
    let fraction: i64 = format!("{fraction:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(fraction)?.checked_mul(sign)
}

/// A decimal number cut into its runs of digits.
struct Decimal<'a> {
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    fn split(text: &'a str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let all_digits = |run: &str| run.bytes().all(|byte| byte.is_ascii_digit());
        let complete = !whole.is_empty() && !exponent.is_empty();
        (complete && all_digits(whole) && all_digits(fraction) && all_digits(exponent))
            .then_some(Decimal { whole, fraction })
    }

    /// The significant digits: what is left when the point and the zeros around are taken away.
    fn digits(&self) -> String {
        format!("{}{}", self.whole, self.fraction).trim_matches('0').into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_their_shortest_form_are_canonical() {
        for good in [
            "0",
            "-0",
            "1",
            "-1",
            "10",
            "1500",
            "0.1",
            "-0.1",
            "0.001",
            "1.5",
            "1e21",
            "1e+21",
            "1e-7",
            "1e-07",
            "1.5e300",
            "100000000000000000000",
            "NaN",
            "+Inf",
            "-Inf",
            "5e-324",
            "1.7976931348623157e308",
            "-2.2250738585072014e-308",
            "9007199254740993",
            "18446744073709551615",
            "-9223372036854775808",
            "18446744073709552000",
            "0.30000000000000004",
        ] {
            assert_eq!(value_fault(good), None);
        }
    }

    #[test]
    fn values_in_any_other_form_are_refused() {
        for bad in [
            "",
            "-",
            "nan",
            "-nan",
            "-NaN",
            "NAN",
            "inf",
            "Inf",
            "+inf",
            "-inf",
            "infinity",
            "1.0",
            "1.50",
            "-0.0",
            "0.0",
            "00",
            "01",
            "-01",
            "00.5",
            "+1",
            ".5",
            "5.",
            "1,5",
            "1_000",
            "0x10",
            "1e",
            "1e+",
            "1e+06.0",
            "1.0e6",
            "1e999",
            "1e-999",
            "0e0",
            "0.1000000000000000055",
            "0.30000000000000005",
            "18446744073709551616",
            "1 ",
            "--1",
            "1e--1",
            "١",
            "1797693134862315700000000000",
        ] {
            assert!(value_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn every_shortest_float_is_canonical() {
        // A multiplicative walk over the bit patterns: signs, subnormals and every exponent.
        let mut bits = 1_u64;
        for _ in 0..100_000 {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let value = f64::from_bits(bits);
            if value.is_finite() {
                assert_eq!(value_fault(&shortest(value)), None, "{bits:x}");
                assert_eq!(read_bound("le", &bound(value)).map(f64::to_bits), Ok(bits));
            }
        }
    }

    #[test]
    fn bounds_are_spelt_alike_in_every_format() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (10.0, "10.0"),
            (-5.0, "-5.0"),
            (0.005, "0.005"),
            (100_000.0, "100000.0"),
            (123_456.7, "123456.7"),
            (1e6, "1e+06"),
            (1_048_576.0, "1.048576e+06"),
            (0.0001, "0.0001"),
            (1e-5, "1e-05"),
            (1e100, "1e+100"),
            (5e-324, "5e-324"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(bound(value), text);
            assert_eq!(read_bound("le", text), Ok(value));
        }
        for bad in [
            "1",
            "0.10",
            "1e6",
            "1000000.0",
            "1e-5",
            "0.00001",
            "inf",
            "+inf",
            "Inf",
            "NaN",
            "",
            "one",
            "1.0 ",
        ] {
            assert!(read_bound("le", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn timestamps_are_whole_milliseconds() {
        assert_eq!(read_timestamp("1700000000000"), Some(1_700_000_000_000));
        assert_eq!(read_timestamp("-1"), Some(-1));
        assert_eq!(read_timestamp("9223372036854775807"), Some(i64::MAX));
        for bad in ["", "1.5", "1e3", "+1", "01", "-0", "9223372036854775808"] {
            assert_eq!(read_timestamp(bad), None);
        }
    }

    #[test]
    fn seconds_have_whole_milliseconds() {
        for (text, milliseconds) in [
            ("0", 0),
            ("1700000000.123", 1_700_000_000_123),
            ("1.5", 1500),
            ("-0.001", -1),
            ("9223372036854775.807", i64::MAX),
        ] {
            assert_eq!(read_seconds(text), Some(milliseconds));
        }
        for bad in [
            "",
            "-",
            ".5",
            "1.",
            "1.50",
            "1.0",
            "-0",
            "01",
            "1.0001",
            "1e9",
            "+1",
            "-+1",
            "9223372036854776",
        ] {
            assert_eq!(read_seconds(bad), None, "{bad}");
        }
    }
}
