//! The library's own family: how many series each family refused to add. It hangs behind the kinds of
//! families, so that a program without any links none of it.

use crate::kind::{Prefixes, Type};
use crate::open::Head;
use crate::out::{Out, Sink};

/// What the family is called, without `_total`.
pub(crate) const REFUSED: &str = "nanoprom_series_refused";
/// The label of that family.
pub(crate) const REFUSED_LABEL: &str = "family";

/// How the family is written.
pub(crate) struct Refusals {
    pub(crate) head: Head<'static>,
    pub(crate) write_label: WriteLabel,
}

/// Writes `family="name` behind a brace, or behind another label where it is not the first, for a family
/// with these prefixes, this name and what the text format puts behind it.
pub(crate) type WriteLabel = fn(&mut Out<'_>, bool, &dyn Prefixes, &[u8], &str);

pub(crate) static REFUSALS: Refusals = Refusals {
    head: Head {
        name: REFUSED.as_bytes(),
        help: b"Series that a family of this process refused to add, by the family's name.",
        of: Type::Counter,
        in_text: Type::Counter.in_text(),
        unit_len: 0,
        is_plain: true,
    },
    write_label,
};

fn write_label(out: &mut Out<'_>, first: bool, around: &dyn Prefixes, family: &[u8], suffix: &str) {
    out.put(if first { b"{" } else { b"\"," });
    out.put(REFUSED_LABEL.as_bytes());
    out.put(b"=\"");
    around.write(out);
    out.put(family);
    out.put(suffix.as_bytes());
}
