//! The Prometheus text format, version 0.0.4.

use crate::check::REFUSED_LABEL;
use crate::group::Place;
use crate::kind::{Item, Type};
use crate::number::NUMBER_LEN;
use crate::out::{Full, Out, Sink};
use crate::walk::{Here, OWN_HELP, OWN_NAME, OWN_TYPE, Row, Unit, Walk};

/// Writes the unit at which the walk is.
#[inline]
pub(crate) fn write(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>) -> Result<(), Full> {
    let Some(row) = &here.row else {
        return if walk.unit() == Unit::OwnHead { write_own_head(out) } else { Ok(()) };
    };
    if walk.unit() == Unit::Line {
        // Besides: `{`, `le="`, a bound, `"} `, the value and the newline.
        const REST: usize = 1 + 6 + NUMBER_LEN + 3 + NUMBER_LEN + 1;
        let (item, labels) = (&walk.item, here.labels);
        let bound = row.bound + item.suffix.len() + labels.len() + REST;
        // SAFETY: `bound` counts all that `write_line` puts.
        return match unsafe { out.with_pen(bound, |pen| write_line(pen, here, row, labels, item)) }
        {
            Some(written) => written,
            None => write_line_checked(out, here, row, labels, item),
        };
    }
    write_other(out, walk, here, row)
}

#[cold]
#[inline(never)]
fn write_other(
    out: &mut Out<'_>,
    walk: &Walk<'_>,
    here: &Here<'_>,
    row: &Row<'_>,
) -> Result<(), Full> {
    match walk.unit() {
        Unit::Head => write_head(out, Some(&here.place), row.name, row.help(), row.kind.of),
        Unit::OwnHead => write_own_head(out),
        Unit::OwnLine => write_own_line(out, &here.place, row, &walk.item),
        Unit::Start | Unit::Line | Unit::End => Ok(()),
    }
}

fn write_own_head(out: &mut Out<'_>) -> Result<(), Full> {
    write_head(out, None, OWN_NAME.as_bytes(), OWN_HELP.as_bytes(), OWN_TYPE)
}

fn write_head(
    out: &mut Out<'_>,
    place: Option<&Place<'_>>,
    name: &[u8],
    help: &[u8],
    of: Type,
) -> Result<(), Full> {
    let write_name = |out: &mut Out<'_>| {
        if let Some(place) = place {
            write_prefixes(out, place)?;
        }
        out.put(name)?;
        out.put(of.text_suffix().as_bytes())?;
        out.put(b" ")
    };
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !help.is_empty() && core::str::from_utf8(help).is_ok() {
        out.put(b"# HELP ")?;
        write_name(out)?;
        out.put_escaped(help, false)?;
        out.put(b"\n")?;
    }
    out.put(b"# TYPE ")?;
    write_name(out)?;
    out.put(of.name().as_bytes())?;
    out.put(b"\n")
}

fn write_prefixes(out: &mut impl Sink, place: &Place<'_>) -> Result<(), Full> {
    place.groups().iter().try_for_each(|group| out.put(group.prefix()))
}

/// At the end of a buffer, and behind the end of the one before.
#[cold]
#[inline(never)]
fn write_line_checked(
    out: &mut Out<'_>,
    here: &Here<'_>,
    row: &Row<'_>,
    labels: &[u8],
    item: &Item,
) -> Result<(), Full> {
    write_line(out, here, row, labels, item)
}

#[inline(always)]
fn write_line(
    out: &mut impl Sink,
    here: &Here<'_>,
    row: &Row<'_>,
    labels: &[u8],
    item: &Item,
) -> Result<(), Full> {
    if !here.plain {
        write_prefixes(out, &here.place)?;
    }
    out.put(row.name)?;
    if !item.suffix.is_empty() {
        out.put(item.suffix.as_bytes())?;
    }
    // Each label opens with `{name="` or, behind another, with `",name="`.
    let mut first = true;
    if !here.plain {
        write_constant_labels(out, &here.place, &mut first)?;
    }
    if !labels.is_empty() {
        if first {
            out.put(labels)?;
        } else {
            out.put(b"\",")?;
            out.put(labels.get(1..).unwrap_or_default())?;
        }
        first = false;
    }
    if let Some(bound) = item.bound {
        open_label(out, &mut first, b"le")?;
        out.put_number(bound)?;
    }
    if first {
        out.put(b" ")?;
    } else {
        out.put(b"\"} ")?;
    }
    out.put_number(item.number)?;
    out.put(b"\n")
}

/// `nanoprom_series_refused_total{…,family="name"} count`
fn write_own_line(
    out: &mut Out<'_>,
    place: &Place<'_>,
    row: &Row<'_>,
    item: &Item,
) -> Result<(), Full> {
    out.put(OWN_NAME.as_bytes())?;
    out.put(item.suffix.as_bytes())?;
    let mut first = true;
    write_constant_labels(out, place, &mut first)?;
    open_label(out, &mut first, REFUSED_LABEL.as_bytes())?;
    write_prefixes(out, place)?;
    out.put(row.name)?;
    out.put(row.kind.of.text_suffix().as_bytes())?;
    out.put(b"\"} ")?;
    out.put_number(item.number)?;
    out.put(b"\n")
}

#[inline]
fn write_constant_labels(
    out: &mut impl Sink,
    place: &Place<'_>,
    first: &mut bool,
) -> Result<(), Full> {
    for label in place.groups().iter().flat_map(|group| group.labels()) {
        open_label(out, first, label.name())?;
        out.put_escaped(label.valid_value(), true)?;
    }
    Ok(())
}

#[inline]
fn open_label(out: &mut impl Sink, first: &mut bool, name: &[u8]) -> Result<(), Full> {
    out.put(if *first { b"{" } else { b"\"," })?;
    *first = false;
    out.put(name)?;
    out.put(b"=\"")
}
