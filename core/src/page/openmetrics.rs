//! OpenMetrics, version 1.0.0.

use crate::kind::{Prefixes, Type};
use crate::open::{Head, Reading};
use crate::out::{Out, Sink};
use crate::page::line;
use crate::page::walk::{Here, Unit, Walk};
use crate::tables::group::Place;
use crate::utf8;

/// The units that a name tells by its last word: the base units that Prometheus recommends.
const UNITS: [&str; 9] =
    ["seconds", "bytes", "ratio", "celsius", "volts", "amperes", "joules", "grams", "meters"];

/// Writes what fits of the page, from where the walk is.
pub(crate) fn fill<'a>(walk: &mut Walk<'a>, out: &mut Out<'_>, reading: &Reading<'a>) {
    let mut here = Here::new(Reading { rich: true, ..*reading });
    walk.look(&mut here);
    loop {
        if is_forbidden_sum(walk, &here) {
            // The count comes behind the sum and goes with it.
            walk.leave_series();
        } else if !line::write_fast(out, walk, &here) {
            // The end is never left: once it is out, it is dropped at each further read.
            if walk.unit() == Unit::End {
                return out.put(b"# EOF\n");
            }
            line::write_checked(out, walk, &here, write_head);
            if out.is_full() {
                return;
            }
        }
        out.next_unit();
        walk.advance(&mut here);
    }
}

/// OpenMetrics 1.0, Histogram: a sum is not negative, and there is none where a bound is negative.
/// The sum at hand was loaded once, so the answer stays the same while its line is written in parts.
#[inline]
pub(crate) fn is_forbidden_sum(walk: &Walk<'_>, here: &Here<'_>) -> bool {
    walk.unit() == Unit::Line
        && walk.at.item.suffix == "_sum"
        && (walk.at.item.number.is_negative_float()
            || here.row.as_ref().is_some_and(|row| row.has_negative_bound(&walk.at)))
}

fn write_head(out: &mut Out<'_>, place: Option<&Place<'_>>, head: &Head<'_>) {
    let write_start = |out: &mut Out<'_>, word: &[u8]| {
        out.put(word);
        if let Some(place) = place {
            place.write(out);
        }
        out.put(head.name);
        out.put(b" ");
    };
    write_start(out, b"# TYPE ");
    out.put(head.of.name().as_bytes());
    out.put(b"\n");
    let unit = match head.unit_len {
        0 => unit(head.name, head.of),
        _ => head.unit(),
    };
    if !unit.is_empty() {
        write_start(out, b"# UNIT ");
        out.put(unit);
        out.put(b"\n");
    }
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !head.help.is_empty() && utf8::is_valid_of_c(head.help) {
        write_start(out, b"# HELP ");
        out.put_escaped(head.help, true);
        out.put(b"\n");
    }
}

/// The unit at the end of a name, behind an underscore; empty where there is none.
fn unit(name: &[u8], of: Type) -> &[u8] {
    let mut words = name.rsplit(|&byte| byte == b'_');
    match (words.next(), words.next()) {
        // OpenMetrics 1.0, Info and StateSet: no unit.
        _ if matches!(of, Type::Info | Type::StateSet) => b"",
        (Some(last), Some(_)) if UNITS.iter().any(|unit| unit.as_bytes() == last) => last,
        _ => b"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_the_last_word_of_a_name() {
        for (name, expected) in [
            ("answer_duration_seconds", "seconds"),
            ("frame_bytes", "bytes"),
            ("last_seconds_", ""),
            ("milliseconds", ""),
            ("answer_milliseconds", ""),
            ("seconds", ""),
            ("_seconds", "seconds"),
            ("", ""),
        ] {
            assert_eq!(unit(name.as_bytes(), Type::Gauge), expected.as_bytes(), "{name}");
            assert_eq!(unit(name.as_bytes(), Type::Info), b"");
        }
    }
}
