//! The library's own family: how many series each family refused to add. It hangs behind the kinds of
//! families, so that a program without any links none of it.

use crate::kind::Type;
use crate::open::Head;

/// What the family is called, without `_total`.
pub(crate) const REFUSED: &str = "nanoprom_series_refused";
/// The label of that family.
pub(crate) const REFUSED_LABEL: &str = "family";

/// What its metadata tell.
pub(crate) static REFUSALS: Head<'static> = Head {
    name: REFUSED.as_bytes(),
    help: b"Series that a family of this process refused to add, by the family's name.",
    of: Type::Counter,
    in_text: Type::Counter.in_text(),
    unit_len: 0,
    is_plain: true,
};
