//! Pages as the official client of Python writes them, where the formats leave a choice.

use crate::kind::{Item, Prefixes, Shape, Type};
use crate::numbers::decimal::NUMBER_LEN;
use crate::numbers::number::Number;
use crate::open::{Head, Reading};
use crate::out::{Out, Sink};
use crate::page::cursor::{Cursor, Format, FormatCell, Writer};
use crate::page::line::{self, WriteHead};
use crate::page::openmetrics::is_forbidden_sum;
use crate::page::reader::Reader;
use crate::page::text;
use crate::page::walk::{Here, Row, Source, Unit, Walk};
use crate::tables::group::Place;
use alloc::vec::Vec;

/// How a page looks, where its format leaves a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// As all other pages of this library.
    Plain,
    /// As the official client of Python: all values are floats (`1.0`), `le` stands where its name sorts, help
    /// comes before the type and the count of a [`Family`](super::Family) before its sum. Of groups with prefixes and of metrics with labels of their own, such as
    /// [`Info`](crate::Info), labels are not sorted.
    Floats,
}

static TEXT: FormatCell = {
    static WRITER: Writer = Writer { format: Format::Text, fill: fill_text };
    FormatCell::new(&WRITER)
};
static OPEN_METRICS: FormatCell = {
    static WRITER: Writer = Writer { format: Format::OpenMetrics, fill: fill_open_metrics };
    FormatCell::new(&WRITER)
};

/// A cursor at the begin of a page in this style.
pub fn page<'a>(source: impl Into<Source<'a>>, format: Format, style: Style) -> Cursor<'a> {
    let cell = match (style, format) {
        (Style::Plain, format) => FormatCell::of(format),
        (Style::Floats, Format::Text) => &TEXT,
        (Style::Floats, Format::OpenMetrics) => &OPEN_METRICS,
    };
    Cursor::__of(source.into(), cell)
}

/// Puts what is left of a page behind `bytes`.
pub fn read_to_end(cursor: Cursor<'_>, bytes: &mut Vec<u8>) {
    // Exemplars are the longest that is copied there.
    let mut scratch = [0; 2048];
    read_rest(cursor.with_scratch(&mut scratch), bytes);
}

fn read_rest(mut reader: Reader<'_, '_>, bytes: &mut Vec<u8>) {
    const ROOM: usize = 4096;
    let mut len = bytes.len();
    loop {
        bytes.resize((2 * len).max(len + ROOM), 0);
        let read = reader.read(bytes.get_mut(len..).unwrap_or_default());
        len += read;
        if read == 0 {
            return bytes.truncate(len);
        }
    }
}

fn fill_text<'a>(walk: &mut Walk<'a>, out: &mut Out<'_>, reading: &Reading<'a>) {
    let mut here = Here::new(*reading);
    walk.look(&mut here);
    while walk.unit() != Unit::End {
        write(out, walk, &here, text::write_head);
        if out.is_full() {
            return;
        }
        out.next_unit();
        walk.advance(&mut here);
    }
}

fn fill_open_metrics<'a>(walk: &mut Walk<'a>, out: &mut Out<'_>, reading: &Reading<'a>) {
    let mut here = Here::new(Reading { rich: true, ..*reading });
    walk.look(&mut here);
    loop {
        if is_forbidden_sum(walk, &here) {
            walk.leave_series();
        } else if walk.unit() == Unit::End {
            // The end is never left: once it is out, it is dropped at each further read.
            return out.put(b"# EOF\n");
        } else {
            write(out, walk, &here, write_head);
        }
        if out.is_full() {
            return;
        }
        out.next_unit();
        walk.advance(&mut here);
    }
}

/// The metadata in OpenMetrics, help first.
fn write_head(out: &mut Out<'_>, place: Option<&Place<'_>>, head: &Head<'_>) {
    let write_start = |out: &mut Out<'_>, word: &[u8]| {
        out.put(word);
        if let Some(place) = place {
            place.write(out);
        }
        out.put(head.name);
        out.put(b" ");
    };
    if !head.help.is_empty() {
        write_start(out, b"# HELP ");
        out.put_escaped(head.help, true);
        out.put(b"\n");
    }
    write_start(out, b"# TYPE ");
    out.put(head.of.name().as_bytes());
    out.put(b"\n");
    if head.unit_len > 0 {
        write_start(out, b"# UNIT ");
        out.put(head.unit());
        out.put(b"\n");
    }
}

/// Most bytes of a line besides its name, suffix and labels: a bound with its label, brackets, value, newline.
const REST: usize = 8 + NUMBER_LEN + 3 + NUMBER_LEN + 1;

#[inline]
fn write(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>, write_head: WriteHead) {
    // Small cores find the latter out here.
    let is_plain = || here.is_plain() || walk.page.place.is_plain();
    match &here.row {
        Some(row) if walk.unit() == Unit::Line && is_plain() => {
            let item = &walk.at.item;
            if is_of_family(row) {
                match item.suffix {
                    "_sum" => {
                        let count = Item::plain("_count", Number::unsigned(walk.at.part.running));
                        write_line(out, walk, here, row, &count);
                    }
                    // It went in front of the sum.
                    "_count" => return,
                    _ => {}
                }
            }
            write_line(out, walk, here, row, item);
        }
        _ => line::write_checked(out, walk, here, write_head),
    }
}

/// Whether it is a family of this module, whose count is known with the sum. No other open row is a gauge.
#[inline]
fn is_of_family(row: &Row<'_>) -> bool {
    row.kind.of == Type::Gauge && row.kind.shape == Shape::Open
}

#[inline]
fn write_line(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>, row: &Row<'_>, item: &Item) {
    let bound = row.bound + item.suffix.len() + here.labels.len() + REST;
    // SAFETY: `bound` counts all that is put.
    if !unsafe { out.with_pen(bound, |pen| write_sample(pen, walk, here, row, item)) } {
        write_sample(out, walk, here, row, item);
    }
}

#[inline(always)]
fn write_sample<S: Sink>(
    out: &mut S,
    walk: &Walk<'_>,
    here: &Here<'_>,
    row: &Row<'_>,
    item: &Item,
) {
    out.put(row.head.name);
    out.put(item.suffix.as_bytes());
    let mut first = write_labels(out, here.labels, item.bound);
    if let Some(labels) = row.kind.labels() {
        let sample = row.labelled(&walk.at, &here.reading);
        let place = &walk.page.place;
        let write = |out: &mut Out<'_>| (labels.write)(out, &sample, first, place, row.head.name);
        first = out.if_checked(write, first);
    }
    out.put(if first { b" " } else { b"\"} " });
    // Times are decimals, never with an exponent.
    let is_time = item.suffix == "_created";
    let number = item.number;
    out.put_number(if is_time { number } else { Number::pointed(number.value().as_f64()) });
    out.if_checked(|out| row.write_tail(&walk.at, &here.reading, out), ());
    out.put(b"\n");
}

/// Writes labels as they stand on the page, and a bucket's bound where its name sorts; whether there is none.
#[inline]
fn write_labels<S: Sink>(out: &mut S, labels: &[u8], bound: Option<Number>) -> bool {
    let Some(bound) = bound else {
        out.put(labels);
        return labels.is_empty();
    };
    let (before, behind) = labels.split_at_checked(le_position(labels)).unwrap_or((labels, &[]));
    out.put(before);
    out.put(if before.is_empty() { b"{le=\"" } else { b"\",le=\"" });
    out.put_number(bound);
    // What is behind begins with the end of the value before it, or with the brace.
    if before.is_empty() && !behind.is_empty() {
        out.put(b"\",");
        out.put(behind.get(1..).unwrap_or_default());
    } else {
        out.put(behind);
    }
    false
}

/// Where `le` belongs: at the end of the last value whose name sorts before it.
fn le_position(labels: &[u8]) -> usize {
    let mut at = 1;
    while let Some(rest) = labels.get(at..) {
        let name = rest.split(|byte| *byte == b'=').next().unwrap_or_default();
        if name > &b"le"[..] {
            return at.saturating_sub(2);
        }
        let value = at + name.len() + 2;
        let mut escaped = false;
        let is_end = |byte: &u8| {
            let end = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            end
        };
        match labels.get(value..).and_then(|rest| rest.iter().position(is_end)) {
            Some(len) => at = value + len + 2,
            None => break,
        }
    }
    labels.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_stands_where_its_name_sorts() {
        for (labels, expected) in [
            ("", "{le=\"1.0"),
            ("{a=\"x", "{a=\"x\",le=\"1.0"),
            ("{z=\"x", "{le=\"1.0\",z=\"x"),
            ("{a=\"x\",z=\"y", "{a=\"x\",le=\"1.0\",z=\"y"),
            ("{a=\"\\\"\\\\\",z=\"", "{a=\"\\\"\\\\\",le=\"1.0\",z=\""),
            ("{a=\"\",b=\"=,le", "{a=\"\",b=\"=,le\",le=\"1.0"),
        ] {
            let mut buf = [0; 64];
            let mut out = Out::new(&mut buf, 0);
            assert!(!write_labels(&mut out, labels.as_bytes(), Some(Number::bound(1.0))));
            let len = out.len();
            assert_eq!(core::str::from_utf8(&buf[..len]), Ok(expected));
        }
    }
}
