//! The Prometheus text format, version 0.0.4.

use crate::check::REFUSED_LABEL;
use crate::decimal::NUMBER_LEN;
use crate::group::Place;
use crate::kind::Type;
use crate::out::{Out, Sink};
use crate::utf8;
use crate::walk::{Here, OWN_HELP, OWN_NAME, OWN_TYPE, Row, Unit, Walk};

/// Writes the unit at which the walk is; `false` where its end did not fit.
#[inline]
pub(crate) fn write(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>) -> bool {
    if walk.unit() == Unit::Line
        && let Some(row) = &here.row
    {
        // Besides: `{`, `le="`, a bound, `"} `, the value and the newline.
        const REST: usize = 1 + 6 + NUMBER_LEN + 3 + NUMBER_LEN + 1;
        let bound = row.bound + walk.item.suffix.len() + here.labels.len() + REST;
        // SAFETY: `bound` counts all that `write_line` puts.
        if unsafe { out.with_pen(bound, |pen| write_line(pen, walk, here, row, false)) } {
            return true;
        }
    }
    write_checked(out, walk, here);
    !out.is_full()
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
        (unit @ (Unit::Line | Unit::OwnLine), Some(row)) => {
            write_line(out, walk, here, row, unit == Unit::OwnLine);
        }
        _ => {}
    }
}

fn write_head(out: &mut Out<'_>, place: Option<&Place<'_>>, name: &[u8], help: &[u8], of: Type) {
    let write_name = |out: &mut Out<'_>| {
        if let Some(place) = place {
            write_prefixes(out, place);
        }
        out.put(name);
        out.put(of.text_suffix().as_bytes());
        out.put(b" ");
    };
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !help.is_empty() && utf8::is_valid(help) {
        out.put(b"# HELP ");
        write_name(out);
        out.put_escaped(help, false);
        out.put(b"\n");
    }
    out.put(b"# TYPE ");
    write_name(out);
    out.put(of.name().as_bytes());
    out.put(b"\n");
}

fn write_prefixes(out: &mut impl Sink, place: &Place<'_>) {
    place.groups().for_each(|group| out.put(group.prefix()));
}

/// Writes a sample; with `own`, how many series the family at this row refused:
/// `nanoprom_series_refused_total{…,family="name"} count`.
#[inline(always)]
fn write_line(out: &mut impl Sink, walk: &Walk<'_>, here: &Here<'_>, row: &Row<'_>, own: bool) {
    let (item, labels) = (&walk.item, here.labels);
    if own {
        out.put(OWN_NAME.as_bytes());
    } else {
        write_name(out, &walk.place, here.plain, row);
    }
    if !item.suffix.is_empty() {
        out.put(item.suffix.as_bytes());
    }
    // Each label opens with `{name="` or, behind another, with `",name="`.
    let mut first = true;
    if !here.plain {
        write_constant_labels(out, &walk.place, &mut first);
    }
    if !labels.is_empty() {
        if first {
            out.put(labels);
        } else {
            out.put(b"\",");
            out.put(labels.get(1..).unwrap_or_default());
        }
        first = false;
    }
    if let Some(bound) = item.bound {
        open_label(out, &mut first, b"le");
        out.put_number(bound);
    }
    if own {
        open_label(out, &mut first, REFUSED_LABEL.as_bytes());
        write_name(out, &walk.place, here.plain, row);
        out.put(row.kind.of.text_suffix().as_bytes());
    }
    if first {
        out.put(b" ");
    } else {
        out.put(b"\"} ");
    }
    out.put_number(item.number);
    out.put(b"\n");
}

#[inline]
fn write_name(out: &mut impl Sink, place: &Place<'_>, plain: bool, row: &Row<'_>) {
    if !plain {
        write_prefixes(out, place);
    }
    out.put(row.name)
}

#[inline]
fn write_constant_labels(out: &mut impl Sink, place: &Place<'_>, first: &mut bool) {
    for label in place.groups().flat_map(|group| group.labels()) {
        open_label(out, first, label.name());
        out.put_escaped(label.valid_value(), true);
    }
}

#[inline]
fn open_label(out: &mut impl Sink, first: &mut bool, name: &[u8]) {
    out.put(if *first { b"{" } else { b"\"," });
    *first = false;
    out.put(name);
    out.put(b"=\"");
}
