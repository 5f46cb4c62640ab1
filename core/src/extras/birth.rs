//! When a metric came to life, by the application's clock.

use crate::atomic::{Float, Link};
use crate::numbers::compare;
use crate::numbers::number::Number;
use core::{mem, ptr};

/// The function of [`set_clock`].
static CLOCK: Link<()> = Link::new();
/// What it gave first.
static START: Float = Float::new(0.0);

/// Gives nanoprom the clock of creation times: seconds since 1970-01-01 UTC.
///
/// Until then no creation times are on the page. [`Created`](crate::Created) metrics, and children of
/// families, that are there already get the time of this call. Call it once, at start-up, when the clock
/// is right; on hosts `set_clock(nanoprom::clock::unix_seconds)`. The function is called whenever a
/// child comes to life or a counter is set back, by whoever does that, interrupt handlers too.
///
/// Times from 1970 to 2255 are shown, others are left out.
pub fn set_clock(clock: fn() -> f64) {
    START.set(clock());
    let clock = clock as *mut ();
    while CLOCK.push(CLOCK.get(), clock).is_err() {}
}

/// The function of [`set_c_clock`].
static C_CLOCK: Link<()> = Link::new();

/// As [`set_clock`], for a function of C.
pub fn set_c_clock(clock: extern "C" fn() -> f64) {
    let clock = clock as *mut ();
    while C_CLOCK.push(C_CLOCK.get(), clock).is_err() {}
    set_clock(|| {
        // SAFETY: only `set_c_clock` stores pointers, made of such functions, and it did.
        let clock = unsafe { mem::transmute::<*mut (), extern "C" fn() -> f64>(C_CLOCK.get()) };
        clock()
    });
}

/// Whether there are creation times.
pub(crate) fn is_known() -> bool {
    !ptr::eq(CLOCK.get(), ptr::null_mut()) && number(START.get()).is_some()
}

fn now() -> f64 {
    let clock = CLOCK.get();
    if clock.is_null() {
        return 0.0;
    }
    // SAFETY: only `set_clock` stores pointers, made of such functions.
    let clock = unsafe { mem::transmute::<*mut (), fn() -> f64>(clock) };
    clock()
}

/// Microseconds of a time: decimals without an exponent, and exact for all times there are.
fn number(seconds: f64) -> Option<Number> {
    is_shown(seconds).then(|| Number::quotient((seconds * 1e6 + 0.5) as u64, 1_000_000))
}

fn is_shown(seconds: f64) -> bool {
    const END: f64 = 9e9;
    let legal = compare::is_not_negative(seconds) && compare::less(seconds, END);
    legal && !compare::is_zero(seconds)
}

/// The time at which a metric came to life; all zeros for one that was there from the start.
#[repr(C)]
pub struct Birth {
    seconds: Float,
}

impl Birth {
    pub(crate) const fn new() -> Self {
        Self { seconds: Float::new(0.0) }
    }

    /// It comes to life now, unless it lives.
    pub(crate) fn begin(&self) {
        if compare::is_zero(self.seconds.get()) {
            self.seconds.set(now());
        }
    }

    /// It begins anew.
    pub(crate) fn renew(&self) {
        self.seconds.set(now());
    }

    /// It does not live.
    pub(crate) fn end(&self) {
        self.seconds.set(0.0);
    }

    /// The same as a float: exact, and quicker to print where floats are quick.
    #[cfg(feature = "runtime")]
    pub(crate) fn seconds(&self) -> Option<f64> {
        let legal = |seconds: &f64| is_shown(*seconds);
        let known = || is_known().then(|| START.get());
        Some(self.seconds.get()).filter(legal).or_else(|| known().filter(legal))
    }

    /// The time as the page shows it; `None` where there is none.
    pub(crate) fn time(&self) -> Option<Number> {
        if !is_known() {
            return None;
        }
        number(self.seconds.get()).or_else(|| number(START.get()))
    }
}
