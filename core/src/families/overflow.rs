//! What a family does with series that it has no room for: its policy, behind a pointer, so that a
//! program links what its families use.

use crate::families::any_family::{AnyFamily, LabelValues};
use crate::families::hash::{equal, hash};
use crate::families::index::{self, Found};
use crate::families::record::{FREE, HIDDEN, LIVE, REMOVING};
use crate::families::series::Shape;
use crate::label::LabelName;

/// What a family does with labels that it refuses; see [`Family::with_overflow`](crate::Family::with_overflow).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overflow {
    /// `labels` fails.
    Error,
    /// `labels` gives the child whose label values are all `other`.
    Other,
}

impl Overflow {
    pub(crate) const fn cell(self) -> Option<&'static OverflowCell> {
        match self {
            Self::Error => None,
            Self::Other => Some(&OTHER),
        }
    }
}

/// What a family points to: a constant-size cell, so that nothing of the policy becomes part of the C ABI.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OverflowCell {
    policy: fn(&AnyFamily, Option<u32>) -> Option<u32>,
}

impl OverflowCell {
    /// Before anything is added to the family: the record to be used instead, should it be refused.
    pub(crate) fn prepare(&self, family: &AnyFamily) -> Option<u32> {
        (self.policy)(family, None)
    }

    /// The record to be used instead of one that is written and not yet published, where there is such.
    pub(crate) fn instead_of(&self, family: &AnyFamily, number: u32) -> Option<u32> {
        (self.policy)(family, Some(number))
    }
}

/// Everything refused goes to one child.
pub static OTHER: OverflowCell = OverflowCell { policy: fold };

/// The number of that child, whose record and text are reserved before anything is added. Its cell may
/// so be used at once, also while another thread, or one that this interrupt stopped, still writes its
/// text.
const NUMBER: u32 = 0;

/// What its label values are.
const VALUE: &[u8] = b"other";

/// What is wrong with a family with this policy; its child `other` must always fit.
pub(crate) const fn fault(family: &AnyFamily) -> Option<&'static str> {
    if family.overflow.is_none() {
        return None;
    }
    let (names, mut len, mut at) = (family.names(), 0, 0);
    while at < names.len() {
        len += names[at].glue_len() + VALUE.len();
        at += 1;
    }
    // The first has a brace in front instead of two bytes.
    if len > family.text_size as usize + 1 {
        Some("has less label text than its child `other` takes")
    } else if family.capacity < 2 {
        Some("has no room beside its child `other`")
    } else {
        None
    }
}

fn fold(family: &AnyFamily, written: Option<u32>) -> Option<u32> {
    let is_other = |number| is_other(family, number);
    (is_prepared(family) && written.is_none_or(is_other)).then_some(NUMBER)
}

/// `number` is that of a record whose text is written.
fn is_other(family: &AnyFamily, number: u32) -> bool {
    family.series(number).values(family.names()).all(|value| equal(value, VALUE))
}

/// Makes the child, not yet on the page. Only where a table that nobody checked has no room for it,
/// there is none.
#[inline(never)]
fn is_prepared(family: &AnyFamily) -> bool {
    // First of all: without room for it, the record with its number is that of other labels.
    if fault(family).is_some() {
        return false;
    }
    let state = family.state(NUMBER);
    match state.get() {
        FREE => {}
        // The policy came to a family that had children: none of them is to be this one.
        LIVE | HIDDEN => return is_other(family, NUMBER),
        _ => return true,
    }
    let values = other_values(family.names());
    let Ok(shape) = Shape::of(family.names(), values.clone()) else { return false };
    // By everybody who comes here, so that nobody takes either for other labels.
    let _ = family.head().text.replace(0, shape.len() as u32);
    family.head().pool.reserve_first();
    // By one. Asked for meanwhile, the child goes to the page at the end, as one that is being removed.
    if state.replace(FREE, REMOVING).is_ok() {
        family.write(NUMBER, 0, &shape, values.clone());
        let hash = hash(values);
        // Nobody else publishes these labels, see `instead_of`, and there are more slots than records.
        if let Found::Vacant(vacant) = index::find(family.slots(), hash, |_| false) {
            let _ = index::publish(family.slots(), hash, vacant, NUMBER, |_| false);
        }
        family.head().published.add(1);
        family.finish_hiding(NUMBER);
    }
    true
}

/// The label values of that child.
pub(crate) fn other_values<'n>(
    names: &'n [LabelName<'static>],
) -> impl LabelValues<'static> + use<'n> {
    names.iter().map(|_| VALUE)
}
