//! Whole families: series that are added, removed and asked for again at the same moment.
//!
//! loom does not watch the text of records here; `super::index` has models of that.

use crate::atomic::Total;
use crate::families::any_family::AnyFamily;
use crate::families::family::{Family, FamilyCells};
use crate::families::overflow::Overflow;
use crate::kind::sealed::Sealed;
use crate::kind::{Child, Kind, KindCell, MetricValue, Shape, Type};
use crate::label::LabelName;
use crate::words::explore;
use loom::thread;
use std::sync::Arc;

/// A child that is nothing but a total.
pub(super) struct Probe(Total);

impl Probe {
    pub(super) fn total(&self) -> &Total {
        &self.0
    }
}

static KIND: KindCell = {
    static KIND: Kind = Kind {
        of: Type::Counter,
        in_text: Type::Counter.in_text(),
        shape: Shape::Family,
        ticks: false,
        load: |_, _, _, _| unreachable!("models make no lines"),
        // SAFETY: a cell of a family of this kind.
        reset: |cell, _| unsafe { &*cell.cast::<Probe>() }.0.reset(),
        special: &crate::families::any_family::FAMILY,
    };
    KindCell::new(&KIND)
};

impl Sealed for Probe {}

impl MetricValue for Probe {
    const KIND: &'static KindCell = &KIND;
}

impl Child for Probe {
    type Cell = Self;
    type Handle = &'static Self;
    type Bound = f64;
    const CELL: Self = Self(Total::new());
    const FAMILY: &'static KindCell = &KIND;
    const BOUNDS: usize = 0;
    unsafe fn handle(cell: &'static Self, _: *const f64, _: u32) -> &'static Self {
        cell
    }
}

static NAMES: [LabelName<'static>; 1] = [LabelName::__from_glue("\",l=\"")];

pub(super) type Probes = Family<Probe, 1, 2, 16>;
type Memory = FamilyCells<Probe, 1, 2, 16>;

/// A family that does not outlive its run of the model.
pub(super) struct World {
    memory: *mut Memory,
    pub(super) family: Probes,
}

// SAFETY: `memory` is only used to free it.
unsafe impl Send for World {}
// SAFETY: as above.
unsafe impl Sync for World {}

impl World {
    pub(super) fn new() -> Arc<Self> {
        Self::with(Overflow::Error)
    }

    fn with(overflow: Overflow) -> Arc<Self> {
        let memory = Box::into_raw(Box::new(Memory::new()));
        // SAFETY: the memory is this family's alone, and lives until the family is dropped.
        let family = unsafe { Probes::new(&*memory, &NAMES) }.with_overflow(overflow);
        Arc::new(Self { memory, family })
    }

    pub(super) fn ask(&self, label: &str) -> &Total {
        &self.family.labels([label]).unwrap().0
    }

    fn any(&self) -> &AnyFamily {
        // SAFETY: a family is that, transparently.
        unsafe { &*(&raw const self.family).cast() }
    }

    /// How many series the page shows.
    pub(super) fn shown(&self) -> usize {
        let mut at = 0;
        std::iter::from_fn(|| self.any().next_live(&mut at).then_some(())).count()
    }

    pub(super) fn beside<A: 'static, B>(
        self: &Arc<Self>,
        other: impl FnOnce(&Self) -> A + 'static,
        mine: impl FnOnce(&Self) -> B,
    ) -> (A, B) {
        let world = self.clone();
        let thread = thread::spawn(move || other(&world));
        let mine = mine(self);
        (thread.join().unwrap(), mine)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // SAFETY: made by `new`; nobody holds a child any more.
        drop(unsafe { Box::from_raw(self.memory) });
    }
}

// At most 4 preemptions.
#[test]
fn the_same_labels_give_the_same_child() {
    explore(Some(4), || {
        let world = World::new();
        world.beside(|w| w.ask("a").inc(), |w| w.ask("a").inc());
        assert_eq!(world.shown(), 1);
        // The record that lost is used for the next labels.
        world.ask("b").inc();
        assert_eq!(world.ask("a").get(), 2);
        assert_eq!(world.shown(), 2);
        assert!(world.family.labels(["c"]).is_err());
        assert_eq!(world.family.refused(), 1);
    });
}

// At most 4 preemptions.
#[test]
fn a_series_is_removed_by_one_of_two() {
    explore(Some(4), || {
        let world = World::new();
        world.ask("a").inc();
        let remove = |w: &World| w.family.remove(["a"]);
        let (theirs, mine) = world.beside(remove, remove);
        assert!(theirs != mine);
        assert_eq!(world.shown(), 0);
        assert_eq!(world.ask("a").get(), 0);
        assert_eq!(world.shown(), 1);
    });
}

// At most 4 preemptions.
#[test]
fn a_series_that_is_removed_and_asked_for_again_starts_at_zero() {
    explore(Some(4), || {
        let world = World::new();
        world.ask("a").inc();
        world.ask("a").inc();
        world.beside(|w| assert!(w.family.remove(["a"])), |w| w.ask("a").inc());
        // The addition came before the removal and was lost with it, or it came behind. Nothing is
        // left half-way: the series comes back, and can be removed again.
        assert!(world.ask("a").get() <= 1);
        assert_eq!(world.shown(), 1);
        assert!(world.family.remove(["a"]));
        assert_eq!(world.shown(), 0);
    });
}

// At most 4 preemptions.
#[test]
fn a_series_that_is_asked_for_during_its_removal_comes_back_at_zero() {
    explore(Some(4), || {
        let world = World::new();
        world.ask("a").inc();
        let ask_if_removed = |w: &World| {
            if w.shown() > 0 {
                return false;
            }
            let total = w.ask("a");
            // Perhaps not yet on the page; if it is, at zero.
            assert!(w.shown() == 0 || total.get() == 0);
            true
        };
        let (_, asked) = world.beside(|w| w.family.remove(["a"]), ask_if_removed);
        assert_eq!(world.shown(), usize::from(asked));
        assert_eq!(world.ask("a").get(), 0);
    });
}

// At most 4 preemptions.
#[test]
fn a_clear_beside_an_addition_takes_it_off_the_page_or_not() {
    explore(Some(4), || {
        let world = World::new();
        world.ask("a");
        world.beside(|w| w.family.clear(), |w| _ = w.ask("b"));
        assert!(world.shown() <= 1);
        world.family.clear();
        assert_eq!(world.shown(), 0);
        world.ask("b");
        assert_eq!(world.shown(), 1);
    });
}

// At most 2 preemptions.
#[test]
fn two_who_ask_beside_a_removal() {
    explore(Some(2), || {
        let world = World::new();
        world.ask("a");
        let other = world.clone();
        let third = thread::spawn(move || _ = other.ask("a"));
        world.beside(|w| assert!(w.family.remove(["a"])), |w| _ = w.ask("a"));
        third.join().unwrap();
        // Nothing is left half-way: it comes back, and can be removed again.
        world.ask("a");
        assert_eq!(world.shown(), 1);
        assert!(world.family.remove(["a"]));
        assert_eq!(world.shown(), 0);
    });
}

/// Longer than all the text of the family.
const LONG: &str = "0123456789 0123456789 0123456789 0123456789";

// At most 4 preemptions.
#[test]
fn two_who_are_refused_share_the_other_child_whoever_makes_it() {
    explore(Some(4), || {
        let world = World::with(Overflow::Other);
        world.beside(|w| w.ask(LONG).inc(), |w| w.ask(LONG).inc());
        assert_eq!(world.shown(), 1);
        assert_eq!(world.ask("other").get(), 2);
        assert_eq!(world.family.refused(), 2);
        // The other record was not taken by anybody.
        world.ask("a").inc();
        assert_eq!(world.shown(), 2);
    });
}

// At most 3 preemptions.
#[test]
fn the_other_child_that_is_asked_for_by_name_is_the_one_that_refusals_go_to() {
    explore(Some(3), || {
        let world = World::with(Overflow::Other);
        world.beside(|w| w.ask("other").inc(), |w| w.ask(LONG).inc());
        assert_eq!(world.shown(), 1);
        assert_eq!(world.ask("other").get(), 2);
        assert!(world.family.remove(["other"]));
        assert!(!world.family.remove(["other"]));
    });
}
