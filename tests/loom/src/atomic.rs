//! The layout `split32` of the core, made of loom's words.

use crate::words::{AtomicPtr, AtomicU32};
use core::ptr;
use loom::sync::atomic::Ordering;

mod sync {
    pub(super) use super::{AtomicU32, Ordering};
}
#[path = "../../../core/src/atomic/split.rs"]
pub(crate) mod split;
#[path = "../../../core/src/atomic/word.rs"]
mod word;
pub(crate) use word::{Link, Word};

/// As in the layout that is modelled.
pub(crate) const COMPACT: bool = true;

/// As in `split32.rs`.
#[repr(transparent)]
pub(crate) struct Total(split::Split);

impl Total {
    pub(crate) const fn new() -> Self {
        Self(split::Split::new())
    }

    pub(crate) fn inc(&self) {
        self.0.add(1);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.get()
    }

    pub(crate) fn reset(&self) {
        self.0.reset();
    }
}
