//! What a round came to, as a page.

use crate::updates::Total;
use nanoprom::{Family, Gauge32, IntGauge, metrics};

metrics! {
    pub(crate) static METRICS, prefix = "report_";
    /// Expected minus found, floats in quarters.
    static LOST: Family<IntGauge, 1, { Total::COUNT }, 32> = "lost", labels = ["total"];
    /// Values that main read while they were wrong.
    pub(crate) static WRONG_IN_MAIN: Gauge32 = "wrong_in_main";
    /// Values that the interrupt read while they were wrong.
    pub(crate) static WRONG_IN_INTERRUPT: Gauge32 = "wrong_in_interrupt";
    /// Interrupts since the start.
    pub(crate) static INTERRUPTS: Gauge32 = "interrupts";
    /// Interrupts in the update that fewest of them met in main and made themselves.
    pub(crate) static LEAST_MET: Gauge32 = "least_met";
    /// Pages that the interrupt sent.
    pub(crate) static PAGES_OF_INTERRUPT: Gauge32 = "pages_of_interrupt";
}

/// Puts every total on the page; whether all but the control, and all that was read, is right.
pub(crate) fn fill() -> bool {
    let mut right = WRONG_IN_MAIN.get() == 0 && WRONG_IN_INTERRUPT.get() == 0;
    for (total, name) in Total::ALL {
        let lost = total.expected() - total.actual();
        right &= lost == 0 || matches!(total, Total::Control);
        match LOST.labels([name]) {
            Ok(gauge) => gauge.set(lost),
            Err(_) => right = false,
        }
    }
    right
}
