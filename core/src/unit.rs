//! Units as the ends of names, put there while compiling.

use crate::kind::KindCell;
use crate::name::{strip_prefix, strip_suffix};

/// Length of the name with its unit.
pub const fn len(kind: &KindCell, name: &str, unit: &str) -> usize {
    fill(kind, name, unit, &mut [])
}

/// The name with its unit: as it is if it ends so, and else with the unit behind it. The suffix of its type,
/// `_total`, is left away; the page puts it there.
pub const fn join<const LEN: usize>(kind: &KindCell, name: &str, unit: &str) -> [u8; LEN] {
    let mut text = [0; LEN];
    fill(kind, name, unit, &mut text);
    text
}

const fn fill(kind: &KindCell, name: &str, unit: &str, out: &mut [u8]) -> usize {
    let (name, unit) = (name.as_bytes(), unit.as_bytes());
    let name = strip_suffix(name, kind.get().in_text.suffix.as_bytes());
    let mut len = put(out, 0, name);
    if !ends_in(name, unit) {
        len = put(out, len, b"_");
        len = put(out, len, unit);
    }
    len
}

const fn put(out: &mut [u8], start: usize, text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() {
        if start + at < out.len() {
            out[start + at] = text[at];
        }
        at += 1;
    }
    start + text.len()
}

/// Whether a name ends in `_` and the unit.
pub(crate) const fn ends_in(name: &[u8], unit: &[u8]) -> bool {
    let front = strip_suffix(name, unit);
    front.len() < name.len() && !front.is_empty() && front[front.len() - 1] == b'_'
}

/// What is wrong with the unit of a metric, which is the last `unit_len` bytes of its name.
pub(crate) const fn fault(name: &[u8], unit_len: usize, suffix: &[u8]) -> Option<&'static str> {
    if unit_len >= name.len() {
        return Some("does not end in its unit");
    }
    let (front, unit) = name.split_at(name.len() - unit_len);
    let front = strip_suffix(front, b"_");
    if !ends_in(name, unit) {
        Some("does not end in its unit")
    } else if ends_in(front, unit)
        || (front.len() == unit.len() && strip_prefix(front, unit).is_some())
    {
        Some("has its unit twice")
    } else if !suffix.is_empty() && strip_suffix(front, suffix).len() < front.len() {
        Some("has the suffix of its type in front of its unit")
    } else {
        None
    }
}
