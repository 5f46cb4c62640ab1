//! An allocator that counts, while it is asked to.

use crate::case::Heap;
use core::alloc::{GlobalAlloc, Layout};
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::alloc::System;

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// Off while time is measured, so that contenders that allocate pay for no counting.
static ON: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static ALLOCATED: AtomicUsize = AtomicUsize::new(0);
static FREED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's obligations are the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            FREED.fetch_add(layout.size(), Relaxed);
        }
        // SAFETY: the caller's obligations are the same.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        if ON.load(Relaxed) {
            FREED.fetch_add(layout.size(), Relaxed);
        }
        // SAFETY: the caller's obligations are the same.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

fn count(size: usize) {
    if ON.load(Relaxed) {
        ALLOCATIONS.fetch_add(1, Relaxed);
        ALLOCATED.fetch_add(size, Relaxed);
    }
}

/// The allocations of `work` and all the bytes it asked for, given back or not.
pub(crate) fn during(work: impl FnOnce()) -> Heap {
    let (heap, ()) = counted(work);
    Heap { bytes: ALLOCATED.load(Relaxed) as f64, ..heap }
}

/// The bytes that what `build` returns keeps on the heap, over `count` pieces.
#[cfg_attr(not(feature = "peers"), allow(dead_code))]
pub(crate) fn kept<T>(count: usize, build: impl FnOnce() -> T) -> Heap {
    let (heap, built) = counted(build);
    drop(built);
    Heap { bytes: heap.bytes / count as f64, ..heap }
}

/// Only one at a time: the counts are the whole process'.
fn counted<T>(work: impl FnOnce() -> T) -> (Heap, T) {
    for count in [&ALLOCATIONS, &ALLOCATED, &FREED] {
        count.store(0, Relaxed);
    }
    ON.store(true, Relaxed);
    let result = work();
    ON.store(false, Relaxed);
    let kept = ALLOCATED.load(Relaxed) as f64 - FREED.load(Relaxed) as f64;
    (Heap { allocations: ALLOCATIONS.load(Relaxed), bytes: kept }, result)
}
