//! Sample lines: what both formats write alike.

use crate::check::REFUSED_LABEL;
use crate::decimal::NUMBER_LEN;
use crate::group::Place;
use crate::kind::OwnLabels;
use crate::out::{Out, Sink};
use crate::walk::{Here, OWN_NAME, Row, Unit, Walk};

/// Writes the line at which the walk is without a look at the buffer's end in between; `false`, and
/// nothing is written, where it might not fit or the walk is at no sample.
#[inline(always)]
pub(crate) fn write_fast(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>) -> bool {
    if walk.unit() == Unit::Line
        && let Some(row) = &here.row
    {
        // Besides: `{`, `le="`, a bound, `"} `, the value and the newline.
        const REST: usize = 1 + 6 + NUMBER_LEN + 3 + NUMBER_LEN + 1;
        let bound = row.bound + walk.item.suffix.len() + here.labels.len() + REST;
        // SAFETY: `bound` counts all that `write_line` puts.
        return unsafe { out.with_pen(bound, |pen| write_line(pen, walk, here, row, false)) };
    }
    false
}

/// Writes the line at which the walk is, up to the buffer's end.
#[inline]
pub(crate) fn write(out: &mut Out<'_>, walk: &Walk<'_>, here: &Here<'_>) {
    if let Some(row) = &here.row {
        write_line(out, walk, here, row, walk.unit() == Unit::OwnLine);
    }
}

/// Writes the prefixes of all enclosing groups.
pub(crate) fn write_prefixes(out: &mut impl Sink, place: &Place<'_>) {
    place.groups().for_each(|group| out.put(group.prefix()));
}

/// Writes a sample; with `own`, how many series the family at this row refused:
/// `nanoprom_series_refused_total{…,family="name"} count`.
#[inline(always)]
fn write_line<S: Sink>(out: &mut S, walk: &Walk<'_>, here: &Here<'_>, row: &Row<'_>, own: bool) {
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
    if let Some(labels) = row.kind.labels {
        first = out.if_checked(|out| write_own_labels(out, labels, walk, row, first), first);
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

/// Those that the metric's kind puts onto its samples: the labels of an info, the state of a state set.
#[cold]
#[inline(never)]
fn write_own_labels(
    out: &mut Out<'_>,
    labels: &OwnLabels,
    walk: &Walk<'_>,
    row: &Row<'_>,
    first: bool,
) -> bool {
    let sample = (row.cell(), walk.sample_index());
    // SAFETY: the row's kind goes with its cell.
    unsafe { (labels.write)(out, labels.of, sample, first, &walk.place, row.name) }
}

#[inline]
fn open_label(out: &mut impl Sink, first: &mut bool, name: &[u8]) {
    out.put(if *first { b"{" } else { b"\"," });
    *first = false;
    out.put(name);
    out.put(b"=\"");
}
