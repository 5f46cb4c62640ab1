//! Families of metrics that have labels of their own: of state sets.

use crate::buckets::Bounds;
use crate::families::any_family::{AnyFamily, OF_FAMILY};
use crate::kind::{AsOpen, Child, Kind, KindCell, OwnLabel, OwnLabels, Part, Shape, Special, Type};
use crate::metrics::state_set::{State, StateSet};
use crate::open::{At, Head, Open, Reading};

/// The handle of a family, whose kind gives the labels behind the family's.
#[repr(transparent)]
struct LabelledFamily(AnyFamily);

// SAFETY: as `Family`.
unsafe impl Sync for LabelledFamily {}

impl Open for LabelledFamily {
    fn enter(&self, at: &mut At, _: &Reading<'_>) -> bool {
        at.family == 0
    }

    fn head<'r>(&'r self, _: &At, _: &Reading<'r>, _: &mut Head<'r>) {}

    fn next(&self, at: &mut At, _: &Reading<'_>) -> bool {
        if at.part.last {
            if !self.0.next_live(&mut at.series) {
                return false;
            }
            at.part = Part::START;
        }
        let series = self.0.series(at.series.saturating_sub(1));
        // SAFETY: the family's kind goes with its cells.
        unsafe {
            (self.0.kind().load)(series.cell, &self.0.bounds(), &mut at.part, &mut at.item);
        }
        true
    }

    fn label<'r>(&'r self, at: &At, _: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>> {
        let (names, series) = (self.0.names(), self.0.series(at.series.checked_sub(1)?));
        if let Some(name) = names.get(number as usize) {
            return Some((name.name(), series.values(names).nth(number as usize)?));
        }
        let (labels, sample) = (self.0.kind().labels()?, at.part.index.wrapping_sub(1));
        // SAFETY: as in `next`.
        unsafe { (labels.of)(series.cell, sample, number - names.len() as u32) }
    }
}

impl<S: State> Child for StateSet<S> {
    type Cell = Self;
    type Handle = &'static Self;
    type Bound = f64;
    // The initial value of a static, never used in place.
    #[allow(clippy::declare_interior_mutable_const)]
    const CELL: Self = Self::new();
    const FAMILY: &'static KindCell = &KindCell::new(
        &const {
            let mut kind = Kind::open(
                Type::StateSet,
                &const {
                    // SAFETY: `AsOpen` is given a family's handle.
                    let open: AsOpen = |family| family.cast::<LabelledFamily>() as *const dyn Open;
                    let labels = &const { OwnLabels::new(crate::metrics::state_set::label::<S>) };
                    Special { labels: Some(labels), open: Some(open), family: Some(&OF_FAMILY) }
                },
            );
            (kind.shape, kind.load) = (Shape::OpenFamily, crate::metrics::state_set::load::<S>);
            kind.reset = reset::<S>;
            kind
        },
    );
    const BOUNDS: usize = 0;

    #[inline]
    unsafe fn handle(cell: &'static Self, _: *const f64, _: u32) -> &'static Self {
        cell
    }
}

/// # Safety
///
/// As for [`Reset`](crate::kind::Reset).
unsafe fn reset<S: State>(cell: *const (), _: &Bounds<'_>) {
    // SAFETY: `Reset` is given a cell of this kind.
    unsafe { &*cell.cast::<StateSet<S>>() }.reset();
}
