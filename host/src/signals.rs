//! Signals are the program's business: a thread of this library takes none of them, so that handlers run
//! and `pause` or `sigwait` return where the program expects it.

use core::mem::MaybeUninit;

/// Does something that starts a thread, which starts with all signals blocked.
pub(crate) fn kept_away<R>(start: impl FnOnce() -> R) -> R {
    let _guard = Blocked::all();
    start()
}

/// The signal mask of before, put back at the end.
struct Blocked(libc::sigset_t);

impl Blocked {
    fn all() -> Self {
        let mut all = MaybeUninit::uninit();
        let mut before = MaybeUninit::uninit();
        // SAFETY: both sets are ours; the calls cannot fail with these arguments, and fill them.
        unsafe {
            libc::sigfillset(all.as_mut_ptr());
            libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), before.as_mut_ptr());
            Self(before.assume_init())
        }
    }
}

impl Drop for Blocked {
    fn drop(&mut self) {
        // SAFETY: the mask is one that this thread had.
        unsafe {
            libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, core::ptr::null_mut())
        };
    }
}
