//! loom's atomics behind the core's `const fn new`, and the switch that weakens their orderings.

use loom::sync::atomic::{self, Ordering};
use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

/// How many words of each sort a model may use.
const READY: usize = 24;

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
    static WORDS: RefCell<Vec<atomic::AtomicU32>> = const { RefCell::new(Vec::new()) };
    static POINTERS: RefCell<Vec<atomic::AtomicPtr<()>>> = const { RefCell::new(Vec::new()) };
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
    builder.preemption_bound = preemptions;let n=std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));let nn=n.clone();
    builder.check(move || {
        // loom has no `const` words, and one that a thread makes is not known to the others. So the
        // first thread makes them all, and each is taken from here where it is used first.
        WORDS.replace((0..READY).map(|_| atomic::AtomicU32::new(0)).collect());
        POINTERS.replace(
            (0..READY)
                .map(|_| atomic::AtomicPtr::new(std::ptr::null_mut()))
                .collect(),
        );
nn.fetch_add(1,std::sync::atomic::Ordering::Relaxed);        model();
    });eprintln!("ITER {n:?}");
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

/// A 32-bit word that starts at zero.
pub(crate) struct AtomicU32(OnceLock<atomic::AtomicU32>);

impl AtomicU32 {
    pub(crate) const fn new(value: u32) -> Self {
        assert!(value == 0, "the words of a model start at zero");
        Self(OnceLock::new())
    }

    fn word(&self) -> &atomic::AtomicU32 {
        self.0
            .get_or_init(|| WORDS.with_borrow_mut(|words| words.pop().expect("raise READY")))
    }

    pub(crate) fn load(&self, ordering: Ordering) -> u32 {
        self.word().load(order(ordering))
    }

    pub(crate) fn store(&self, value: u32, ordering: Ordering) {
        self.word().store(value, order(ordering));
    }

    pub(crate) fn fetch_add(&self, amount: u32, ordering: Ordering) -> u32 {
        self.word().fetch_add(amount, order(ordering))
    }

    pub(crate) fn compare_exchange(
        &self,
        old: u32,
        new: u32,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u32, u32> {
        self.word()
            .compare_exchange(old, new, order(success), order(failure))
    }
}

/// A pointer that starts at null.
pub(crate) struct AtomicPtr<T> {
    word: OnceLock<atomic::AtomicPtr<()>>,
    start: *mut T,
}

// SAFETY: `start` is null; the pointer itself is loom's atomic.
unsafe impl<T> Sync for AtomicPtr<T> {}
// SAFETY: as above.
unsafe impl<T> Send for AtomicPtr<T> {}

impl<T> AtomicPtr<T> {
    pub(crate) const fn new(start: *mut T) -> Self {
        assert!(start.is_null(), "the pointers of a model start at null");
        Self {
            word: OnceLock::new(),
            start,
        }
    }

    fn word(&self) -> &atomic::AtomicPtr<()> {
        self.word
            .get_or_init(|| POINTERS.with_borrow_mut(|words| words.pop().expect("raise READY")))
    }

    pub(crate) fn load(&self, ordering: Ordering) -> *mut T {
        self.word().load(order(ordering)).cast()
    }

    pub(crate) fn compare_exchange(
        &self,
        old: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        self.word()
            .compare_exchange(old.cast(), new.cast(), order(success), order(failure))
            .map(<*mut ()>::cast)
            .map_err(<*mut ()>::cast)
    }
}
