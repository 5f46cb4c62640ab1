//! The Prometheus text format, version 0.0.4.

use crate::kind::Prefixes;
use crate::open::{Head, Reading};
use crate::out::{Out, Sink};
use crate::page::line;
use crate::page::walk::{Here, Unit, Walk};
use crate::tables::group::Place;
use crate::utf8;

/// Writes what fits of the page, from where the walk is.
pub(crate) fn fill<'a>(walk: &mut Walk<'a>, out: &mut Out<'_>, reading: &Reading<'a>) {
    let mut here = Here::new(*reading);
    walk.look(&mut here);
    while walk.unit() != Unit::End {
        if !line::write_fast(out, walk, &here) {
            line::write_checked(out, walk, &here, write_head);
            if out.is_full() {
                return;
            }
        }
        out.next_unit();
        walk.advance(&mut here);
    }
}

pub(crate) fn write_head(out: &mut Out<'_>, place: Option<&Place<'_>>, head: &Head<'_>) {
    let write_name = |out: &mut Out<'_>| {
        if let Some(place) = place {
            place.write(out);
        }
        out.put(head.name);
        out.put(head.in_text.suffix.as_bytes());
        out.put(b" ");
    };
    // Help from a C table that nobody checked: rather none than a page that is not UTF-8.
    if !head.help.is_empty() && utf8::is_valid_of_c(head.help) {
        out.put(b"# HELP ");
        write_name(out);
        out.put_escaped(head.help, false);
        out.put(b"\n");
    }
    out.put(b"# TYPE ");
    write_name(out);
    out.put(head.in_text.word.as_bytes());
    out.put(b"\n");
}
