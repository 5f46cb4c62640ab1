//! loom's atomics behind the core's `const fn new`, and the switch that weakens their orderings.

use loom::sync::atomic::{self, Ordering};
use std::cell::{Cell, RefCell};
use std::ptr;
use std::sync::OnceLock;

/// How many words and pointers a model may use.
const WORD_COUNT: usize = 18;
const POINTER_COUNT: usize = 2;

/// Which orderings are taken for `Relaxed`, to see a model fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weaken {
    Nothing,
    Release,
    Acquire,
}

// All threads of a model run on the thread of its test, so these belong to one model at a time.
thread_local! {
    static WEAKEN: Cell<Weaken> = const { Cell::new(Weaken::Nothing) };
    static WORDS: RefCell<Vec<Seen<atomic::AtomicU32>>> = const { RefCell::new(Vec::new()) };
    static POINTERS: RefCell<Vec<Seen<atomic::AtomicPtr<()>>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `model` through its interleavings, with at most `preemptions` in each where that is given.
pub(crate) fn explore(preemptions: Option<usize>, model: impl Fn() + Sync + Send + 'static) {
    explore_weakened(Weaken::Nothing, preemptions, model);
}

/// The same with weaker orderings than the source asks for.
pub(crate) fn explore_weakened(
    weaken: Weaken,
    preemptions: Option<usize>,
    model: impl Fn() + Sync + Send + 'static,
) {
    WEAKEN.set(weaken);
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = preemptions;
    builder.check(move || {
        // loom has no `const` words, and one that a thread makes is not known to the others. So the
        // first thread makes them all, and each is taken from here where it is used first.
        let word = || Seen::new(atomic::AtomicU32::new(0));
        let pointer = || Seen::new(atomic::AtomicPtr::new(ptr::null_mut()));
        WORDS.replace(std::iter::repeat_with(word).take(WORD_COUNT).collect());
        POINTERS.replace(std::iter::repeat_with(pointer).take(POINTER_COUNT).collect());
        model();
    });
}

fn order(written: Ordering) -> Ordering {
    match (WEAKEN.get(), written) {
        (Weaken::Release, Ordering::Release) => Ordering::Relaxed,
        (Weaken::Release, Ordering::AcqRel) => Ordering::Acquire,
        (Weaken::Acquire, Ordering::Acquire) => Ordering::Relaxed,
        (Weaken::Acquire, Ordering::AcqRel) => Ordering::Release,
        _ => written,
    }
}

/// A loom atomic, and another one that makes loom see the order of its loads.
///
/// loom remembers only the last access to an atomic. Where one thread loads it, and another loads
/// and then changes it, the first load is forgotten before the change comes, and loom never tries
/// the change first (loom's issues 166 and 392). A relaxed addition elsewhere before each load puts
/// the loads in an order too: it orders no memory, and loom tries it both ways.
struct Seen<T> {
    atomic: T,
    loads: atomic::AtomicU32,
}

impl<T> Seen<T> {
    fn new(atomic: T) -> Self {
        Self { atomic, loads: atomic::AtomicU32::new(0) }
    }

    fn to_load(&self) -> &T {
        self.loads.fetch_add(1, Ordering::Relaxed);
        &self.atomic
    }
}

/// A 32-bit word that starts at zero.
pub(crate) struct AtomicU32(OnceLock<Seen<atomic::AtomicU32>>);

impl AtomicU32 {
    pub(crate) const fn new(value: u32) -> Self {
        assert!(value == 0, "the words of a model start at zero");
        Self(OnceLock::new())
    }

    fn word(&self) -> &Seen<atomic::AtomicU32> {
        self.0.get_or_init(|| WORDS.with_borrow_mut(|words| words.pop().expect("raise WORD_COUNT")))
    }

    pub(crate) fn load(&self, ordering: Ordering) -> u32 {
        self.word().to_load().load(order(ordering))
    }

    pub(crate) fn store(&self, value: u32, ordering: Ordering) {
        self.word().atomic.store(value, order(ordering));
    }

    pub(crate) fn fetch_add(&self, amount: u32, ordering: Ordering) -> u32 {
        self.word().atomic.fetch_add(amount, order(ordering))
    }

    /// loom's does not fail for no reason, so neither does this.
    pub(crate) fn compare_exchange_weak(
        &self,
        old: u32,
        new: u32,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u32, u32> {
        self.compare_exchange(old, new, success, failure)
    }

    pub(crate) fn compare_exchange(
        &self,
        old: u32,
        new: u32,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u32, u32> {
        self.word().atomic.compare_exchange(old, new, order(success), order(failure))
    }
}

/// A pointer that starts at null.
pub(crate) struct AtomicPtr<T> {
    word: OnceLock<Seen<atomic::AtomicPtr<()>>>,
    start: *mut T,
}

// SAFETY: `start` is null; the pointer itself is loom's atomic.
unsafe impl<T> Sync for AtomicPtr<T> {}
// SAFETY: as above.
unsafe impl<T> Send for AtomicPtr<T> {}

impl<T> AtomicPtr<T> {
    pub(crate) const fn new(start: *mut T) -> Self {
        assert!(start.is_null(), "the pointers of a model start at null");
        Self { word: OnceLock::new(), start }
    }

    fn word(&self) -> &Seen<atomic::AtomicPtr<()>> {
        self.word.get_or_init(|| {
            POINTERS.with_borrow_mut(|words| words.pop().expect("raise POINTER_COUNT"))
        })
    }

    pub(crate) fn load(&self, ordering: Ordering) -> *mut T {
        self.word().to_load().load(order(ordering)).cast()
    }

    pub(crate) fn compare_exchange(
        &self,
        old: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        self.word()
            .atomic
            .compare_exchange(old.cast(), new.cast(), order(success), order(failure))
            .map(<*mut ()>::cast)
            .map_err(<*mut ()>::cast)
    }
}
