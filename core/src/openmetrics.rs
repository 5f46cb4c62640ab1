//! OpenMetrics, version 1.0.0.

use crate::group::Place;
use crate::kind::Type;
use crate::line::{self, write_prefixes};
use crate::out::{Out, Sink};
use crate::utf8;
use crate::walk::{Here, OWN_HELP, OWN_NAME, OWN_TYPE, Unit, Walk};

/// The units that a name tells by its last word: the base units that Prometheus recommends.
const UNITS: [&str; 9] =
    ["seconds", "bytes", "ratio", "celsius", "volts", "amperes", "joules", "grams", "meters"];

/// Writes what fits of the page, from where the walk is.
pub(crate) fn fill(walk: &mut Walk<'_>, out: &mut Out<'_>) {
    let mut here = Here::NOWHERE;
    walk.look(&mut here);
    loop {
        if is_forbidden_sum(walk, &here) {
            // The count comes behind the sum and goes with it.
            walk.leave_series();
        } else if !line::write_fast(out, walk, &here) {
            write_checked(out, walk, &here);
            // The end is never left: once it is out, it is dropped at each further read.
            if out.is_full() || walk.unit() == Unit::End {
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
fn is_forbidden_sum(walk: &Walk<'_>, here: &Here<'_>) -> bool {
    walk.unit() == Unit::Line
        && walk.item.suffix == "_sum"
        && (walk.item.number.is_negative_float()
            || here.row.as_ref().is_some_and(|row| row.has_negative_bound()))
}

/// At the end of a buffer and behind the end of the one before, and what is rare.
#[cold]
#[inline(never)]
fn write_checked(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>) {
    match (walk.unit(), &here.row) {
        (Unit::Head, Some(row)) => {
            write_head(out, Some(&walk.place), row.name, row.help(), row.kind.of);
        }
        (Unit::OwnHead, _) => {
            write_head(out, None, OWN_NAME.as_bytes(), OWN_HELP.as_bytes(), OWN_TYPE);
        }
        (Unit::Line | Unit::OwnLine, _) => line::write(out, walk, here),
        (Unit::End, _) => out.put(b"# EOF\n"),
        _ => {}
    }
}

fn write_head(out: &mut Out<'_>, place: Option<&Place<'_>>, name: &[u8], help: &[u8], of: Type) {
    let write_start = |out: &mut Out<'_>, word: &[u8]| {
        out.put(word);
        if let Some(place) = place {
            write_prefixes(out, place);
        }
        out.put(name);
        out.put(b" ");
    };
    write_start(out, b"# TYPE ");
    out.put(of.name().as_bytes());
    out.put(b"\n");
    let unit = unit(name, of);
    if !unit.is_empty() {
        write_start(out, b"# UNIT ");
        out.put(unit);
        out.put(b"\n");
    }
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !help.is_empty() && utf8::is_valid(help) {
        write_start(out, b"# HELP ");
        out.put_escaped(help, true);
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
