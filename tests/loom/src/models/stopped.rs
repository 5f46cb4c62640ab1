//! Totals in two words under writers that are stopped between their steps, as an interrupt stops
//! what it interrupts. On one core steps come one after another, so this needs no loom: plain words
//! call a hook before each step, and the hook runs other writers and readers.

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

/// Every addition of this amount changes both words.
const STEP: u64 = 1 << 28;
/// The next step from here changes the wheel, and the one after that wraps `low`.
const BELOW_WRAP: u64 = (1 << 32) - STEP - 1;

type Hook = Rc<dyn Fn(u32)>;

thread_local! {
    /// What to call before each step, and how many steps there were.
    static HOOK: RefCell<Option<(Hook, u32)>> = const { RefCell::new(None) };
}

fn before_step() {
    if let Some((hook, step)) = HOOK.take() {
        hook(step);
        HOOK.set(Some((hook, step + 1)));
    }
}

/// Does `work`, with `hook` before each of its steps. The hook's own steps do not call it.
fn interrupted<R>(hook: impl Fn(u32) + 'static, work: impl FnOnce() -> R) -> R {
    let outer = HOOK.replace(Some((Rc::new(hook), 0)));
    let result = work();
    HOOK.set(outer);
    result
}

fn total(start: u64) -> Rc<Split> {
    let total = Split::new();
    total.add(start);
    Rc::new(total)
}

/// Stops `writers` between their two steps, each within the one before. What a reader sees before
/// the first of them, within each of them, and behind each of them.
fn seen(start: u64, writers: usize) -> Vec<u64> {
    fn stop(total: &Rc<Split>, writers: usize, seen: &Rc<RefCell<Vec<u64>>>) {
        seen.borrow_mut().push(total.get());
        if writers > 0 {
            let within = (total.clone(), seen.clone());
            let hook = move |step| {
                if step == 1 {
                    stop(&within.0, writers - 1, &within.1);
                }
            };
            interrupted(hook, || total.add(STEP));
            seen.borrow_mut().push(total.get());
        }
    }
    let seen = Rc::default();
    stop(&total(start), writers, &seen);
    seen.take()
}

/// What it should see.
fn sums(start: u64, writers: usize) -> Vec<u64> {
    (0..=writers * 2).map(|at| start + STEP * at.min(writers) as u64).collect()
}

/// Two turns of the wheel, each digit at its first and at its last value.
fn starts() -> impl Iterator<Item = u64> {
    (0..32).flat_map(|digit| [digit * STEP, digit * STEP + (STEP - 1)])
}

#[test]
fn under_fifteen_stopped_writers_a_reader_is_exact() {
    for start in starts() {
        assert_eq!(seen(start, 15), sums(start, 15));
    }
}

/// The bound in the core's documentation is the real one.
#[test]
fn under_sixteen_stopped_writers_a_reader_goes_back_by_a_turn() {
    for start in starts() {
        let mut expected = sums(start, 16);
        expected[16] -= 1 << 32;
        assert_eq!(seen(start, 16), expected);
    }
}

/// Every way in which a few interrupts can come, one way for each run.
struct Ways {
    /// What was chosen in this run, and how many choices there were.
    choices: RefCell<Vec<(u32, u32)>>,
    next: Cell<usize>,
}

impl Ways {
    /// Calls `run` once for each way.
    fn each(run: impl Fn(&Rc<Self>)) {
        let ways = Rc::new(Self { choices: RefCell::default(), next: Cell::new(0) });
        loop {
            run(&ways);
            let mut choices = ways.choices.borrow_mut();
            while let Some((chosen, of)) = choices.pop() {
                if chosen + 1 < of {
                    choices.push((chosen + 1, of));
                    break;
                }
            }
            if choices.is_empty() {
                return;
            }
            ways.next.set(0);
        }
    }

    fn choose(&self, of: u32) -> u32 {
        let at = self.next.replace(self.next.get() + 1);
        let mut choices = self.choices.borrow_mut();
        if at == choices.len() {
            choices.push((0, of));
        }
        choices[at].0
    }
}

/// A total, and what it should be.
struct World {
    total: Rc<Split>,
    /// What is in it: an addition counts from its first step on.
    added: Cell<u64>,
    /// How many interrupts may still come.
    left: Cell<u32>,
    ways: Rc<Ways>,
}

impl World {
    /// Nothing, a writer or a reader, which may be interrupted again.
    fn interrupt(self: &Rc<Self>) {
        if self.left.get() == 0 {
            return;
        }
        let what = self.ways.choose(3);
        if what > 0 {
            self.left.set(self.left.get() - 1);
        }
        match what {
            1 => self.write(STEP),
            2 => self.read(),
            _ => {}
        }
    }

    fn write(self: &Rc<Self>, amount: u64) {
        let world = self.clone();
        let hook = move |step| {
            // Between the two steps.
            if step == 1 {
                world.added.set(world.added.get() + amount);
            }
            world.interrupt();
        };
        interrupted(hook, || self.total.add(amount));
    }

    fn read(self: &Rc<Self>) {
        let before = self.added.get();
        let world = self.clone();
        let value = interrupted(move |_| world.interrupt(), || self.total.get());
        let after = self.added.get();
        assert!(before <= value && value <= after, "{value:#x} of {before:#x}..={after:#x}");
        assert_eq!((value - before) % STEP, 0);
    }
}

#[test]
fn whatever_interrupts_whatever_a_reader_is_exact() {
    for start in [0, BELOW_WRAP, (1 << 32) - 1] {
        Ways::each(|ways| {
            let world = Rc::new(World {
                total: total(start),
                added: Cell::new(start),
                left: Cell::new(5),
                ways: ways.clone(),
            });
            world.read();
            world.write(STEP);
            world.read();
        });
    }
}
