//! What is counted: timer interrupts, and pushes by their outcome.

use nanoprom::{Family, Gauge, Histogram, IntCounter, metrics};

metrics! {
    pub(crate) static METRICS;
    /// Timer interrupts handled.
    static TICKS: IntCounter = "firmware_ticks_total";
    /// Time since start.
    static UPTIME: Gauge = "firmware_uptime_seconds";
    /// Pushes by outcome.
    static PUSHES: Family<IntCounter, 1, 2> = "firmware_pushes_total", labels = ["outcome"];
    /// From the begin of a push to its outcome.
    static DURATION: Histogram<4> = "firmware_push_duration_seconds",
        buckets = [0.01, 0.05, 0.2, 1.0];
}

/// Timer interrupts a second.
pub(crate) const TICK_HZ: u32 = 100;

/// The handler of the timer interrupt.
pub(crate) fn on_tick() {
    TICKS.inc();
}

/// The time since start, which the interrupt counts.
pub(crate) fn milliseconds() -> u64 {
    TICKS.get() * u64::from(1000 / TICK_HZ)
}

/// To be called before a page begins.
pub(crate) fn update_uptime() {
    UPTIME.set(milliseconds() as f64 / 1000.0);
}

/// Counts a push. The next one tells of it.
pub(crate) fn count_push(outcome: &'static str, milliseconds: u64) {
    DURATION.observe(milliseconds as f64 / 1000.0);
    // There is room for both outcomes; if not, the page would tell of the refusals.
    if let Ok(pushes) = PUSHES.labels([outcome]) {
        pushes.inc();
    }
}
