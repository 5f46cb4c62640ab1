//! Sample lines: what both formats write alike.

use crate::kind::{OwnLabels, Prefixes};
use crate::numbers::decimal::NUMBER_LEN;
use crate::open::Head;
use crate::out::{Out, Sink};
use crate::page::walk::{Here, Row, Unit, Walk};
use crate::refusals::REFUSED_LABEL;
use crate::tables::group::Place;

/// Writes the line at which the walk is without a look at the buffer's end in between; `false`, and
/// nothing is written, where it might not fit or the walk is at no sample.
#[inline(always)]
pub(crate) fn write_fast(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>) -> bool {
    if walk.unit() == Unit::Line
        && let Some(row) = &here.row
    {
        // Besides: `{`, `le="`, a bound, `"} `, the value and the newline.
        const REST: usize = 1 + 6 + NUMBER_LEN + 3 + NUMBER_LEN + 1;
        let bound = row.bound + walk.at.item.suffix.len() + here.labels.len() + REST;
        // SAFETY: `bound` counts all that `write_line` puts.
        return unsafe { out.with_pen(bound, |pen| write_line(pen, walk, here, row, None)) };
    }
    false
}

/// Writes the metadata of a family with the prefixes of this place, as a format has them.
pub(crate) type WriteHead = fn(&mut Out<'_>, Option<&Place<'_>>, &Head<'_>);

/// Writes what the walk is at, up to the buffer's end. For the end of a buffer and behind the end of the one
/// before, and what is rare.
#[cold]
#[inline(never)]
pub(crate) fn write_checked(
    out: &mut Out<'_>,
    walk: &Walk<'_>,
    here: &Here<'_>,
    write_head: WriteHead,
) {
    let place = &walk.page.place;
    match (walk.unit(), &here.row) {
        (Unit::Head, Some(row)) => {
            write_head(out, Some(place), &row.head);
        }
        (Unit::Line | Unit::OwnLine, Some(row)) => {
            let own = if walk.unit() == Unit::OwnLine { walk.own } else { None };
            write_line(out, walk, here, row, own);
        }
        (Unit::OwnHead, _) => {
            if let Some(own) = walk.own {
                write_head(out, None, own);
            }
        }
        _ => {}
    }
}

/// Writes a sample of a row, or of the library's own family: how many series the row refused.
#[inline(always)]
fn write_line<S: Sink>(
    out: &mut S,
    walk: &Walk<'_>,
    here: &Here<'_>,
    row: &Row<'_>,
    own: Option<&'static Head<'static>>,
) {
    let (item, labels) = (&walk.at.item, here.labels);
    let own_labels = if own.is_some() { None } else { row.kind.labels() };
    if let Some(own) = own {
        out.put(own.name);
    } else {
        if !here.is_plain() {
            walk.page.place.groups().for_each(|group| out.put(group.prefix()));
        }
        out.put(row.head.name);
    }
    if !item.suffix.is_empty() {
        out.put(item.suffix.as_bytes());
    }
    // Each label opens with `{name="` or, behind another, with `",name="`.
    let mut first = true;
    if !here.is_plain() {
        write_constant_labels(out, &walk.page.place, &mut first);
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
    if own.is_some() {
        open_label(out, &mut first, REFUSED_LABEL.as_bytes());
        out.if_checked(|out| walk.page.place.write(out), ());
        out.put(row.head.name);
        out.put(row.kind.in_text.suffix.as_bytes());
    } else if let Some(labels) = own_labels {
        first = out.if_checked(|out| write_own_labels(out, labels, walk, here, row, first), first);
    }
    if let Some(bound) = item.bound {
        open_label(out, &mut first, b"le");
        out.put_number(bound);
    }
    if first {
        out.put(b" ");
    } else {
        out.put(b"\"} ");
    }
    out.put_number(item.number);
    if own_labels.is_some() {
        out.if_checked(|out| row.write_tail(&walk.at, &here.reading, out), ());
    }
    out.put(b"\n");
}

#[inline]
fn write_constant_labels(out: &mut impl Sink, place: &Place<'_>, first: &mut bool) {
    for group in place.groups() {
        for label in group.labels() {
            open_label(out, first, label.name());
            out.put_escaped(label.valid_value(), true);
        }
    }
}

/// Those that the metric's kind puts onto its samples: the labels of an info, the state of a state set.
#[cold]
#[inline(never)]
fn write_own_labels(
    out: &mut Out<'_>,
    labels: &'static OwnLabels,
    walk: &Walk<'_>,
    here: &Here<'_>,
    row: &Row<'_>,
    first: bool,
) -> bool {
    let sample = row.labelled(&walk.at, &here.reading);
    (labels.write)(out, &sample, first, &walk.page.place, row.head.name)
}

#[inline]
fn open_label(out: &mut impl Sink, first: &mut bool, name: &[u8]) {
    out.put(if *first { b"{" } else { b"\"," });
    *first = false;
    out.put(name);
    out.put(b"=\"");
}
