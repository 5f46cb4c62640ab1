//! The Prometheus text format, version 0.0.4.

use crate::group::Place;
use crate::kind::Type;
use crate::line::{self, write_prefixes};
use crate::out::{Out, Sink};
use crate::utf8;
use crate::walk::{Here, OWN_HELP, OWN_NAME, OWN_TYPE, Unit, Walk};

/// Writes what fits of the page, from where the walk is.
pub(crate) fn fill(walk: &mut Walk<'_>, out: &mut Out<'_>) {
    let mut here = Here::NOWHERE;
    walk.look(&mut here);
    while walk.unit() != Unit::End {
        if !line::write_fast(out, walk, &here) {
            write_checked(out, walk, &here);
            if out.is_full() {
                return;
            }
        }
        out.next_unit();
        walk.advance(&mut here);
    }
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
    out.put(of.text_name().as_bytes());
    out.put(b"\n");
}
