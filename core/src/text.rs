//! The Prometheus text format, version 0.0.4.

use crate::check::REFUSED_LABEL;
use crate::group::Place;
use crate::number::NUMBER_LEN;
use crate::out::{Full, Out};
use crate::walk::{Head, Line, Unit};

/// Writes one unit.
#[inline]
pub(crate) fn write(out: &mut Out<'_>, place: &Place<'_>, unit: &Unit<'_>) -> Result<(), Full> {
    match unit {
        Unit::Head(head) => write_head(out, place, head),
        Unit::Line(line) => write_line(out, place, line),
    }
}

fn write_head(out: &mut Out<'_>, place: &Place<'_>, head: &Head<'_>) -> Result<(), Full> {
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !head.help.is_empty() && core::str::from_utf8(head.help).is_ok() {
        out.put(b"# HELP ")?;
        write_family_name(out, place, head)?;
        out.put(b" ")?;
        write_escaped(out, head.help, false)?;
        out.put(b"\n")?;
    }
    out.put(b"# TYPE ")?;
    write_family_name(out, place, head)?;
    out.put(b" ")?;
    out.put(head.of.name().as_bytes())?;
    out.put(b"\n")
}

fn write_family_name(out: &mut Out<'_>, place: &Place<'_>, head: &Head<'_>) -> Result<(), Full> {
    if !head.own {
        write_prefixes(out, place)?;
    }
    out.put(head.name)?;
    out.put(head.of.text_suffix().as_bytes())
}

#[inline]
fn write_prefixes(out: &mut Out<'_>, place: &Place<'_>) -> Result<(), Full> {
    for group in place.groups() {
        out.put(group.prefix())?;
    }
    Ok(())
}

#[inline]
fn write_line(out: &mut Out<'_>, place: &Place<'_>, line: &Line<'_>) -> Result<(), Full> {
    if !line.own {
        write_prefixes(out, place)?;
    }
    out.put(line.name)?;
    out.put(line.item.suffix.as_bytes())?;
    // Each label opens with `{name="` or, behind another, with `",name="`.
    let mut first = true;
    for group in place.groups() {
        for label in group.labels() {
            open_label(out, &mut first)?;
            out.put(label.name())?;
            out.put(b"=\"")?;
            write_escaped(out, label.value(), true)?;
        }
    }
    if let Some((names, series)) = line.labels {
        for (name, value) in names.iter().zip(series.values(names.len())) {
            if first {
                first = false;
                out.put(b"{")?;
                out.put(name.glue().get(2..).unwrap_or_default())?;
            } else {
                out.put(name.glue())?;
            }
            if series.escape {
                write_escaped(out, value, true)?;
            } else {
                out.put(value)?;
            }
        }
    }
    let mut digits = [0; NUMBER_LEN];
    if let Some(bound) = line.item.bound {
        open_label(out, &mut first)?;
        out.put(b"le=\"")?;
        out.put(bound.write(&mut digits))?;
    }
    if let Some(family) = line.family {
        open_label(out, &mut first)?;
        out.put(REFUSED_LABEL.as_bytes())?;
        out.put(b"=\"")?;
        write_prefixes(out, place)?;
        out.put(family.name())?;
        out.put(family.kind().of.text_suffix().as_bytes())?;
    }
    out.put(if first { b" " } else { b"\"} " })?;
    out.put(line.item.number.write(&mut digits))?;
    out.put(b"\n")
}

#[inline]
fn open_label(out: &mut Out<'_>, first: &mut bool) -> Result<(), Full> {
    let glue: &[u8] = if *first { b"{" } else { b"\"," };
    *first = false;
    out.put(glue)
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
