//! Series that are all there from the beginning: how they come onto the page, wherever their cells and
//! label values lie.

use crate::buckets::Bounds;
use crate::kind::{Kind, OwnLabel, Part};
use crate::label::LabelName;
use crate::open::{At, Head, Open, Reading};
use crate::utf8;

/// A family of such series.
pub(crate) trait Fixed: Sync {
    /// The kind of one of them.
    fn child(&self) -> &'static Kind;

    fn names(&self) -> &[LabelName<'static>];

    fn len(&self) -> u32;

    /// The cell of a series, and the bounds of its buckets; `None` where a C table left it out, and behind
    /// the last.
    fn cell(&self, series: u32) -> Option<(*const (), Bounds<'_>)>;

    /// The value of its label number `at`.
    fn value(&self, series: u32, at: u32) -> &[u8];
}

/// What the walk sees of it.
#[repr(transparent)]
pub(crate) struct FixedRow<F>(F);

impl<F: Fixed> Open for FixedRow<F> {
    fn enter(&self, at: &mut At, _: &Reading<'_>) -> bool {
        at.family == 0
    }

    fn head<'r>(&'r self, _: &At, _: &Reading<'r>, _: &mut Head<'r>) {}

    fn next(&self, at: &mut At, _: &Reading<'_>) -> bool {
        if at.part.last {
            let is_there = |series: &u32| self.0.cell(*series).is_some();
            let Some(series) = (at.series..self.0.len()).find(is_there) else { return false };
            at.part = Part::START;
            at.series = series + 1;
        }
        let Some((cell, bounds)) = self.0.cell(at.series - 1) else { return false };
        // SAFETY: cell and bounds are those of the child's kind.
        unsafe { (self.0.child().load)(cell, &bounds, &mut at.part, &mut at.item) };
        true
    }

    /// First the series' own, then those of its kind: the state of a state set, the facts of an info.
    fn label<'r>(&'r self, at: &At, _: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>> {
        let (series, names) = (at.series - 1, self.0.names());
        if let Some(name) = names.get(number as usize) {
            let value = self.0.value(series, number);
            // Of a C table that nobody checked: rather an empty value than a page that is not UTF-8.
            return Some((name.name(), if utf8::is_valid(value) { value } else { b"" }));
        }
        let (labels, (cell, _)) = (self.0.child().labels()?, self.0.cell(series)?);
        let sample = at.part.index.wrapping_sub(1);
        // SAFETY: the cell is that of the child's kind.
        unsafe { (labels.of)(cell, sample, number - names.len() as u32) }
    }

    /// That of the series at hand, before the first that of the first: all have the same bounds.
    fn has_negative_bound(&self, at: &At) -> bool {
        let cell = match at.series.checked_sub(1) {
            Some(series) => self.0.cell(series),
            None => (0..self.0.len()).find_map(|series| self.0.cell(series)),
        };
        // SAFETY: the bounds are those of the child's kind.
        cell.is_some_and(|(_, bounds)| unsafe { self.0.child().begins_below_zero(&bounds) })
    }
}
