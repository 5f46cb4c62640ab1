//! The library's own family: how many series each family refused to add. It hangs behind the kinds of
//! families, so that a program without any links none of it.

use crate::kind::{Prefixes, Type};
use crate::number::Number;
use crate::open::Head;
use crate::out::{Out, Sink};

/// What the family is called, without `_total`.
pub(crate) const REFUSED: &str = "nanoprom_series_refused";
/// The label of that family.
pub(crate) const REFUSED_LABEL: &str = "family";

/// How the family is written.
pub(crate) struct Refusals {
    pub(crate) head: Head<'static>,
    pub(crate) write: WriteRefusals,
}

/// Writes `nanoprom_series_refused_total{…,family="name"} count` for a family with these prefixes, this
/// name and this type.
pub(crate) type WriteRefusals = fn(&mut Out<'_>, &dyn Prefixes, &[u8], Type, Number);

pub(crate) static REFUSALS: Refusals = Refusals {
    head: Head {
        name: REFUSED.as_bytes(),
        help: b"Series that a family of this process refused to add, by the family's name.",
        of: Type::Counter,
        text_suffix: Type::Counter.text_suffix(),
        unit: b"",
        is_plain: true,
    },
    write,
};

fn write(out: &mut Out<'_>, around: &dyn Prefixes, family: &[u8], of: Type, count: Number) {
    let groups = || (0..).map_while(|level| around.around(level));
    out.put(REFUSED.as_bytes());
    out.put(b"_total{");
    for label in groups().flat_map(|(_, labels)| labels) {
        out.put(label.name());
        out.put(b"=\"");
        out.put_escaped(label.valid_value(), true);
        out.put(b"\",");
    }
    out.put(REFUSED_LABEL.as_bytes());
    out.put(b"=\"");
    groups().for_each(|(prefix, _)| out.put(prefix));
    out.put(family);
    out.put(of.text_suffix().as_bytes());
    out.put(b"\"} ");
    out.put_number(count);
    out.put(b"\n");
}
