//! The Prometheus text format, version 0.0.4.

use crate::check::REFUSED_LABEL;
use crate::family::{AnyFamily, Series};
use crate::group::Place;
use crate::kind::{Item, Type};
use crate::out::{Full, Out};
use crate::walk::{Here, OWN_HELP, OWN_NAME, OWN_TYPE, Row, Unit};

/// Writes one unit.
#[inline]
pub(crate) fn write(out: &mut Out<'_>, here: &Here<'_>, unit: &Unit<'_>) -> Result<(), Full> {
    match unit {
        Unit::Line(row, family, item) => write_line(out, here, row, *family, item),
        Unit::Head(row) => {
            let place = Some(&here.place);
            write_head(out, place, row.name, row.help(), row.kind.of)
        }
        Unit::OwnHead => write_head(out, None, OWN_NAME.as_bytes(), OWN_HELP.as_bytes(), OWN_TYPE),
        Unit::OwnLine(row, item) => write_own_line(out, &here.place, row, item),
    }
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
        out.put_byte(b' ')
    };
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !help.is_empty() && core::str::from_utf8(help).is_ok() {
        out.put(b"# HELP ")?;
        write_name(out)?;
        write_escaped(out, help, false)?;
        out.put_byte(b'\n')?;
    }
    out.put(b"# TYPE ")?;
    write_name(out)?;
    out.put(of.name().as_bytes())?;
    out.put_byte(b'\n')
}

fn write_prefixes(out: &mut Out<'_>, place: &Place<'_>) -> Result<(), Full> {
    place.groups().iter().try_for_each(|group| out.put(group.prefix()))
}

#[inline]
fn write_line(
    out: &mut Out<'_>,
    here: &Here<'_>,
    row: &Row<'_>,
    family: Option<(&AnyFamily, Series)>,
    item: &Item,
) -> Result<(), Full> {
    if !here.plain {
        write_prefixes(out, &here.place)?;
    }
    out.put(row.name)?;
    out.put(item.suffix.as_bytes())?;
    // Each label opens with `{name="` or, behind another, with `",name="`.
    let mut first = true;
    if !here.plain {
        write_constant_labels(out, &here.place, &mut first)?;
    }
    if let Some((family, series)) = family {
        let names = family.names();
        for (name, value) in names.iter().zip(series.values(names.len())) {
            let glue = name.glue();
            if first {
                first = false;
                out.put_byte(b'{')?;
                out.put(glue.get(2..).unwrap_or_default())?;
            } else {
                out.put(glue)?;
            }
            if series.escape {
                write_escaped(out, value, true)?;
            } else {
                out.put(value)?;
            }
        }
    }
    if let Some(bound) = item.bound {
        open_label(out, &mut first, b"le")?;
        out.put_number(bound)?;
    }
    if !first {
        out.put(b"\"}")?;
    }
    out.put_byte(b' ')?;
    out.put_number(item.number)?;
    out.put_byte(b'\n')
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
    out.put_byte(b'\n')
}

fn write_constant_labels(
    out: &mut Out<'_>,
    place: &Place<'_>,
    first: &mut bool,
) -> Result<(), Full> {
    for label in place.groups().iter().flat_map(|group| group.labels()) {
        open_label(out, first, label.name())?;
        write_escaped(out, label.value(), true)?;
    }
    Ok(())
}

fn open_label(out: &mut Out<'_>, first: &mut bool, name: &[u8]) -> Result<(), Full> {
    out.put(if *first { b"{" } else { b"\"," })?;
    *first = false;
    out.put(name)?;
    out.put(b"=\"")
}

/// Escapes `\` and newline, and `"` inside of quotes; nothing else.
fn write_escaped(out: &mut Out<'_>, text: &[u8], quoted: bool) -> Result<(), Full> {
    let special = |byte: &u8| match byte {
        b'\\' | b'\n' => true,
        b'"' => quoted,
        _ => false,
    };
    let mut rest = text;
    while let Some(at) = rest.iter().position(special) {
        let Some((plain, [byte, behind @ ..])) = rest.split_at_checked(at) else {
            break;
        };
        out.put(plain)?;
        out.put(match byte {
            b'\n' => b"\\n",
            b'"' => b"\\\"",
            _ => b"\\\\",
        })?;
        rest = behind;
    }
    out.put(rest)
}
