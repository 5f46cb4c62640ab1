//! Where the series of a family that grows lie: on the heap, or in memory that processes share; and the lock
//! around their additions.
//!
//! It is the place of the family's own memory that decides. Shared memory is never freed.

use crate::atomic::Word;
use alloc::alloc::{alloc_zeroed, dealloc};
use core::alloc::Layout;
use core::hint;

#[cfg(all(feature = "share", target_os = "linux"))]
use crate::{atomic::Link, sharing::arena, sharing::robust, sharing::section};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    Heap,
    #[cfg(all(feature = "share", target_os = "linux"))]
    Shared,
}

impl Memory {
    /// The memory of what lies there.
    pub(crate) fn of<T>(owner: *const T) -> Self {
        #[cfg(all(feature = "share", target_os = "linux"))]
        if arena::holds(owner.addr()) {
            return Self::Shared;
        }
        #[cfg(all(feature = "share", target_os = "linux"))]
        section::took_own_memory(owner.addr());
        let _ = owner;
        Self::Heap
    }

    pub(crate) fn is_shared(self) -> bool {
        self != Self::Heap
    }

    /// Memory of zeros; `None` where there is none.
    pub(crate) fn zeros(self, layout: Layout) -> Option<*mut u8> {
        if layout.size() == 0 {
            return None;
        }
        match self {
            Self::Heap => {
                // SAFETY: its size is not 0.
                let memory = unsafe { alloc_zeroed(layout) };
                (!memory.is_null()).then_some(memory)
            }
            #[cfg(all(feature = "share", target_os = "linux"))]
            Self::Shared => arena::zeros(layout),
        }
    }

    /// # Safety
    ///
    /// `zeros` gave it for this layout, and nobody uses it any more.
    pub(crate) unsafe fn free(self, memory: *mut u8, layout: Layout) {
        if self == Self::Heap {
            // SAFETY: the caller's promise.
            unsafe { dealloc(memory, layout) };
        }
    }
}

/// Lets one thread at a time in.
pub(crate) struct Lock {
    held: Word,
    /// Of shared memory, once somebody asked for it.
    #[cfg(all(feature = "share", target_os = "linux"))]
    robust: Link<robust::Robust>,
}

/// Holds a lock until it is dropped.
pub(crate) struct Held<'l> {
    lock: &'l Lock,
    memory: Memory,
    /// The last holder was killed, anywhere in what it did.
    pub(crate) after_death: bool,
}

impl Lock {
    pub(crate) const fn new() -> Self {
        Self {
            held: Word::new(0),
            #[cfg(all(feature = "share", target_os = "linux"))]
            robust: Link::new(),
        }
    }

    /// Waits for it. `None` where there is no memory for a lock, which only shared memory has.
    pub(crate) fn hold(&self, memory: Memory) -> Option<Held<'_>> {
        let after_death = match memory {
            Memory::Heap => self.spin(),
            #[cfg(all(feature = "share", target_os = "linux"))]
            Memory::Shared => self.robust()?.lock()? == robust::Before::Died,
        };
        Some(Held { lock: self, memory, after_death })
    }

    /// The heap is no place for interrupt handlers, so one thread may wait for another.
    fn spin(&self) -> bool {
        let mut tries = 0_u32;
        while self.held.replace(0, 1).is_err() {
            tries = tries.wrapping_add(1);
            hint::spin_loop();
            #[cfg(feature = "std")]
            if tries > 100 {
                std::thread::yield_now();
            }
        }
        false
    }

    #[cfg(all(feature = "share", target_os = "linux"))]
    fn robust(&self) -> Option<&robust::Robust> {
        if self.robust.get().is_null() {
            let new = arena::zeros(Layout::new::<robust::Robust>())?.cast();
            // SAFETY: shared memory that was handed out for this.
            if !unsafe { robust::Robust::init(new) } {
                return None;
            }
            // Where another was faster, theirs is the one.
            let _ = self.robust.push(core::ptr::null_mut(), new);
        }
        // SAFETY: made before it was put there, and shared memory does not end.
        unsafe { self.robust.get().as_ref() }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        match self.memory {
            Memory::Heap => self.lock.held.set(0),
            #[cfg(all(feature = "share", target_os = "linux"))]
            Memory::Shared => {
                // SAFETY: this is held, by this thread: it is not sent to another.
                unsafe { self.lock.robust.get().as_ref().map(|robust| robust.unlock()) };
            }
        }
    }
}
