//! What is counted: events of main and of the timer interrupt on the same metrics, and requests.
//!
//! The events are made up and always the same. Interrupts go on for ever, their events do not.

use core::hint::black_box;
use core::sync::atomic::{AtomicU32, Ordering};
use nanoprom::{Counter, Family, Gauge, Gauge32, Histogram, IntCounter, metrics};

metrics! {
    pub(crate) static METRICS;
    /// Timer interrupts handled.
    static TICKS: IntCounter = "firmware_ticks_total";
    /// Events counted by main and by the timer interrupt.
    static EVENTS: Counter = "firmware_events_total";
    /// Items waiting, set by main.
    static QUEUE_DEPTH: Gauge32 = "firmware_queue_depth";
    /// Die temperature, simulated.
    static TEMPERATURE: Gauge = "firmware_temperature_celsius";
    /// Time between two events, simulated.
    static INTERVAL: Histogram<4> = "firmware_interval_seconds",
        buckets = [0.001, 0.002, 0.005, 0.01];
    /// Messages by channel.
    static MESSAGES: Family<IntCounter, 1, 4> = "firmware_messages_total", labels = ["channel"];
    /// Time since start.
    static UPTIME: Gauge = "firmware_uptime_seconds";
    /// Requests answered, by path and status.
    static REQUESTS: Family<IntCounter, 2, 16> = "firmware_http_requests_total",
        labels = ["path", "code"];
    /// Connections open now.
    pub(crate) static CONNECTIONS: Gauge32 = "firmware_http_connections";
}

/// Timer interrupts a second.
pub(crate) const TICK_HZ: u32 = 100;
const MAIN_EVENTS: u32 = 1000;
const TICK_EVENTS: u32 = 100;
/// Binary fractions, whose sum is the same in every order. Each falls into another bucket.
const INTERVALS: [f64; 5] = [1.0 / 2048.0, 3.0 / 2048.0, 1.0 / 256.0, 1.0 / 128.0, 1.0 / 64.0];

/// Interrupts, in the firmware's own count.
static HANDLED: AtomicU32 = AtomicU32::new(0);

/// Called by main and by the interrupt that may come in the middle of it.
fn count_event(number: u32, channel: &str) {
    EVENTS.inc();
    INTERVAL.observe(INTERVALS[number as usize % INTERVALS.len()]);
    // There is room for both channels; if not, the page would tell of the refusals.
    if let Ok(messages) = MESSAGES.labels([channel]) {
        messages.inc();
    }
}

/// The handler of the timer interrupt.
pub(crate) fn on_tick() {
    let number = HANDLED.load(Ordering::Relaxed);
    TICKS.inc();
    if number < TICK_EVENTS {
        count_event(number, "radio");
    }
    HANDLED.store(number.wrapping_add(1), Ordering::Relaxed);
}

/// Counts 1000 events, and waits until the interrupt has counted its 100.
pub(crate) fn count() {
    for number in 0..MAIN_EVENTS {
        count_event(number, if number % 2 == 0 { "uart" } else { "radio" });
        QUEUE_DEPTH.set((number % 8) as i32);
        TEMPERATURE.set(20.0 + 0.25 * f64::from(number % 4));
        // A pause, so that interrupts fall between events too.
        (0..500).for_each(|_| black_box(()));
    }
    while HANDLED.load(Ordering::Relaxed) < TICK_EVENTS {}
}

/// Counts an answer. A path that was not served is `""`.
pub(crate) fn count_answer(path: &'static str, status: u16) {
    let path = if path.is_empty() { "other" } else { path };
    let digits = [status / 100, status / 10, status].map(|digit| b'0' + (digit % 10) as u8);
    // Paths and codes are few. If not, the page would tell of the refusals.
    if let Ok(requests) = REQUESTS.labels([path, str::from_utf8(&digits).unwrap_or_default()]) {
        requests.inc();
    }
}

/// The time since start, which the interrupt counts.
pub(crate) fn milliseconds() -> u64 {
    TICKS.get() * u64::from(1000 / TICK_HZ)
}

/// To be called before a page begins.
pub(crate) fn update_uptime() {
    UPTIME.set(milliseconds() as f64 / 1000.0);
}

/// What the totals are that do not agree with the number of events; `None` when all are right.
pub(crate) fn wrong_total() -> Option<&'static str> {
    let all = MAIN_EVENTS + TICK_EVENTS;
    let sum: f64 = (0..all as usize).map(|number| INTERVALS[number % INTERVALS.len()]).sum();
    let messages = |channel| MESSAGES.labels([channel]).map(|child| child.get());
    let before = HANDLED.load(Ordering::Relaxed);
    let ticks = TICKS.get();
    let after = HANDLED.load(Ordering::Relaxed);
    [
        ((u64::from(before)..=u64::from(after)).contains(&ticks), "wrong total of ticks"),
        (EVENTS.get() == f64::from(all), "wrong total of events"),
        (INTERVAL.count() == u64::from(all), "wrong count of intervals"),
        (INTERVAL.sum() == sum, "wrong sum of intervals"),
        (messages("uart") == Ok(500), "wrong total of uart messages"),
        (messages("radio") == Ok(600), "wrong total of radio messages"),
    ]
    .into_iter()
    .find_map(|(right, fault)| (!right).then_some(fault))
}
