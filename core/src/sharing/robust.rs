//! A lock in shared memory that a holder who is killed does not keep.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

/// A mutex of all processes that share its memory. Where its holder dies, the next one gets it and is told so.
#[repr(transparent)]
pub(crate) struct Robust(UnsafeCell<libc::pthread_mutex_t>);

// SAFETY: it is what the system makes for this.
unsafe impl Sync for Robust {}

/// What whoever gets the lock has to know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// Its last holder let it go.
    Unlocked,
    /// Its last holder died with it, anywhere in what it did.
    Died,
}

impl Robust {
    /// Makes one in place; `false` where the system has none.
    ///
    /// # Safety
    ///
    /// The memory is shared, the caller's alone, and never moves or ends.
    pub(crate) unsafe fn init(place: *mut Self) -> bool {
        let mut attributes = MaybeUninit::<libc::pthread_mutexattr_t>::uninit();
        let attributes = attributes.as_mut_ptr();
        // SAFETY: the attributes are made before they are used, and the mutex is the caller's.
        unsafe {
            if libc::pthread_mutexattr_init(attributes) != 0 {
                return false;
            }
            let made = libc::pthread_mutexattr_setpshared(attributes, libc::PTHREAD_PROCESS_SHARED)
                == 0
                && libc::pthread_mutexattr_setrobust(attributes, libc::PTHREAD_MUTEX_ROBUST) == 0
                && libc::pthread_mutex_init((*place).0.get(), attributes) == 0;
            libc::pthread_mutexattr_destroy(attributes);
            made
        }
    }

    /// Waits for it; `None` where it cannot be had.
    pub(crate) fn lock(&self) -> Option<Before> {
        // SAFETY: it was made by `init`.
        match unsafe { libc::pthread_mutex_lock(self.0.get()) } {
            0 => Some(Before::Unlocked),
            libc::EOWNERDEAD => {
                // Only says that the lock goes on: whoever dies before the mending is done leaves the
                // same message to the next.
                // SAFETY: as above, and it is held.
                unsafe { libc::pthread_mutex_consistent(self.0.get()) };
                Some(Before::Died)
            }
            _ => None,
        }
    }

    /// # Safety
    ///
    /// The caller's thread holds it.
    pub(crate) unsafe fn unlock(&self) {
        // SAFETY: the caller's promise.
        unsafe { libc::pthread_mutex_unlock(self.0.get()) };
    }
}
