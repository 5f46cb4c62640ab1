//! One interrupt at a time, a little later each time, until it has struck everywhere.
//!
//! A storm meets an instruction by chance. Here the interrupt comes once, at every count of the
//! timer from the begin of an update to its end, and of a reading too, and makes the same update.
//! Where a count is no longer than an instruction that is between any two of them.

use crate::updates::{NOTHING, SIDES, added_to, choices, read_right};
use crate::{AIM, MAKING, MET, TICKS, interrupts, report};
use board::timer;
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// The interrupt comes once.
static AIMED: AtomicBool = AtomicBool::new(false);
/// So often in turn the interrupt must come too late: an update is not always equally long.
const LATE: u32 = 8;

/// Handles the interrupt if it was aimed.
pub(crate) fn on_tick() -> bool {
    if !AIMED.load(Relaxed) {
        return false;
    }
    timer::stop();
    TICKS.store(interrupts() + 1, Relaxed);
    let (aim, making) = (AIM.load(Relaxed), MAKING.load(Relaxed));
    if aim == making {
        MET.count(aim);
    }
    SIDES[1].make(aim);
    if !read_right(aim, making) {
        report::WRONG_IN_INTERRUPT.inc();
    }
    true
}

/// Aims at every update, and at the reading of all that it adds to.
pub(crate) fn sweep() {
    AIMED.store(true, Relaxed);
    for update in choices() {
        AIM.store(update, Relaxed);
        everywhere(|delay| {
            MAKING.store(update, Relaxed);
            let struck = strikes(delay, || SIDES[0].make(update));
            MAKING.store(NOTHING, Relaxed);
            (read_right(update, NOTHING), struck)
        });
        for total in added_to(update).filter(|total| total.grows()) {
            everywhere(|delay| {
                let (mut value, mut struck) = (0, false);
                let right = total.reads_right(NOTHING, || {
                    struck = strikes(delay, || value = total.actual());
                    value
                });
                (right, struck)
            });
        }
    }
    AIMED.store(false, Relaxed);
}

/// Makes `attempt` with longer and longer delays. It tells whether all went right, and whether the
/// interrupt struck in time.
fn everywhere(mut attempt: impl FnMut(u32) -> (bool, bool)) {
    let (mut delay, mut late) = (2, 0);
    while late < LATE {
        let (right, struck) = attempt(delay);
        if !right {
            report::WRONG_IN_MAIN.inc();
        }
        late = if struck { 0 } else { late + 1 };
        delay += 1;
    }
}

/// Whether the interrupt, `delay` counts from now, comes before the end of `work`. It has come, in
/// any case, when this returns.
fn strikes(delay: u32, work: impl FnOnce()) -> bool {
    let before = interrupts();
    timer::start(delay);
    work();
    let struck = interrupts() != before;
    while interrupts() == before {}
    struck
}
