//! What the serial examples count: events of main and of a timer interrupt, on the same metrics.
//!
//! The values are made up and always the same, so that the page is too; only the uptime and the ticks
//! differ.
#![no_std]

mod page;

pub use page::Page;

use board::timer;
use core::sync::atomic::{AtomicU32, Ordering};
use nanoprom::{Counter, Family, Gauge, Gauge32, Histogram, IntCounter, metrics};

metrics! {
    pub static METRICS;
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
}

const MAIN_EVENTS: u32 = 1000;
const TICK_EVENTS: u32 = 100;
const TICK_HZ: u32 = 1000;
/// Binary fractions, whose sum is the same in every order. Each falls into another bucket.
const INTERVALS: [f64; 5] = [1.0 / 2048.0, 3.0 / 2048.0, 1.0 / 256.0, 1.0 / 128.0, 1.0 / 64.0];

/// Interrupts, in the firmware's own count.
static HANDLED: AtomicU32 = AtomicU32::new(0);

/// Called by main and by the interrupt that may come in the middle of it.
fn count_event(number: u32, channel: &IntCounter) {
    EVENTS.inc();
    INTERVAL.observe(INTERVALS[number as usize % INTERVALS.len()]);
    channel.inc();
}

/// The handler of the timer interrupt. It counts 100 events, and its ticks for ever.
pub fn on_tick() {
    let number = HANDLED.load(Ordering::Relaxed);
    TICKS.inc();
    // Main has added this child; finding it again is a short search.
    if number < TICK_EVENTS
        && let Ok(radio) = MESSAGES.labels(["radio"])
    {
        count_event(number, radio);
    }
    HANDLED.store(number.wrapping_add(1), Ordering::Relaxed);
}

/// Counts 1000 events while the timer interrupts, and waits until that has counted its 100.
pub fn count() {
    let (Ok(uart), Ok(radio)) = (MESSAGES.labels(["uart"]), MESSAGES.labels(["radio"])) else {
        board::log("no room for two channels");
        board::exit(1);
    };
    timer::start(timer::HZ / TICK_HZ);
    for number in 0..MAIN_EVENTS {
        count_event(number, if number % 2 == 0 { uart } else { radio });
        QUEUE_DEPTH.set((number % 8) as i32);
        TEMPERATURE.set(20.0 + 0.25 * f64::from(number % 4));
        // A pause, so that interrupts fall between events too.
        for _ in 0..2000 {
            core::hint::black_box(());
        }
    }
    while HANDLED.load(Ordering::Relaxed) < TICK_EVENTS {}
}

/// Ends the ticks, and tells which total does not agree with the number of events; `None` when all do.
pub fn wrong_total() -> Option<&'static str> {
    timer::stop();
    let ticks = HANDLED.load(Ordering::Relaxed);
    let all = MAIN_EVENTS + TICK_EVENTS;
    let sum: f64 = (0..all as usize).map(|number| INTERVALS[number % INTERVALS.len()]).sum();
    let messages = |channel| MESSAGES.labels([channel]).map(|child| child.get());
    [
        (ticks >= TICK_EVENTS && TICKS.get() == u64::from(ticks), "wrong total of ticks"),
        (EVENTS.get() == f64::from(all), "wrong total of events"),
        (INTERVAL.count() == u64::from(all), "wrong count of intervals"),
        (INTERVAL.sum() == sum, "wrong sum of intervals"),
        (messages("uart") == Ok(500), "wrong total of uart messages"),
        (messages("radio") == Ok(600), "wrong total of radio messages"),
    ]
    .into_iter()
    .find_map(|(right, fault)| (!right).then_some(fault))
}
