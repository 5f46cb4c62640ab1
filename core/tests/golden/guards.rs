//! guards.txt: timers, the time of day, work in progress, counted errors, bounds from functions.

use core::cell::Cell;
use nanoprom::{
    Counter, Counter32, Family, Gauge, Gauge32, Histogram, Histogram32, IntCounter, IntGauge,
    IntHistogram, exponential_bounds, exponential_ticks, linear_bounds, linear_ticks, metrics,
};

metrics! {
    pub(crate) static METRICS;

    /// Every error.
    static ERRORS: Counter = "errors_total";
    /// Errors above 10.
    static CHOSEN: IntCounter = "chosen_errors_total";
    /// Attempts that did not succeed.
    static ATTEMPTS: Counter32 = "failed_attempts_total";
    /// Now.
    static NOW: Gauge = "last_success_timestamp_seconds";
    /// Now, in whole seconds.
    static WHOLE_NOW: IntGauge = "last_start_timestamp_seconds";
    /// The last duration.
    static LAST: Gauge = "last_duration_seconds";
    /// Work that has not ended.
    static BUSY: Gauge = "work_in_progress";
    /// The same.
    static BUSY_INT: IntGauge = "whole_work_in_progress";
    /// The same in 32 bits.
    static BUSY_32: Gauge32 = "small_work_in_progress";
    /// Timed in seconds.
    static LATENCY: Histogram<4> = "latency_seconds",
        buckets = exponential_bounds::<4>(0.25, 2.0);
    /// Timed in ticks.
    static TICKS: IntHistogram<3> = "ticks_seconds",
        buckets = exponential_ticks::<3>(10, 10), ticks_per_unit = 1_000;
    /// The same with small buckets.
    static SMALL: Histogram32<3> = "small_ticks_seconds",
        buckets = linear_ticks::<3>(5, 5), ticks_per_unit = 1_000;
    /// Bounds that end in +Inf, as if it were not always there.
    static TEMPERATURE: Histogram<2> = "temperature_celsius", buckets = [-5.0, 5.0, f64::INFINITY];
    /// The same for a family.
    static BY_SITE: Family<Histogram<2>, 1, 2> = "site_temperature_celsius",
        buckets = [0.0, 10.0, f64::INFINITY], labels = ["site"];
    /// At equal distances.
    static LEVEL: Histogram<3> = "level_ratio", buckets = linear_bounds::<3>(0.25, 0.25);
}

/// A clock that goes half a second further with every reading.
fn seconds() -> f64 {
    thread_local!(static TIME: Cell<f64> = const { Cell::new(100.0) });
    TIME.set(TIME.get() + 0.5);
    TIME.get()
}

/// One that goes 7 ticks further, and wraps with the third reading.
fn ticks() -> u32 {
    thread_local!(static TIME: Cell<u32> = const { Cell::new(u32::MAX - 20) });
    TIME.set(TIME.get().wrapping_add(7));
    TIME.get()
}

fn call(result: i32) -> Result<i32, i32> {
    if result < 0 { Err(-result) } else { Ok(result) }
}

/// Ends early, but not for 0.
fn attempt(result: i32) -> Result<(), i32> {
    let attempt = ATTEMPTS.attempt();
    call(result)?;
    attempt.succeed();
    Ok(())
}

pub(crate) fn fill() {
    for result in [3, -1, -11, 0] {
        assert_eq!(ERRORS.count_errors(call(result)), call(result));
        assert_eq!(CHOSEN.count_errors_if(call(result), |&error| error > 10), call(result));
        assert_eq!(attempt(result).is_ok(), result >= 0);
    }
    NOW.set_to_current_time(|| 1.75e9 + 0.25);
    WHOLE_NOW.set_to_current_time(|| 1_750_000_000);
    LAST.time(seconds, seconds);
    assert_eq!(LATENCY.start_timer(seconds).stop(), 0.5);
    LATENCY.time(seconds, || LATENCY.time(seconds, || ()));
    for _ in 0..3 {
        TICKS.time(ticks, || SMALL.time(ticks, || ()));
    }
    // This work never ends.
    core::mem::forget((
        BUSY.track_inprogress(),
        BUSY_INT.track_inprogress(),
        BUSY_32.track_inprogress(),
    ));
    let _ended = (BUSY.track_inprogress(), BUSY_INT.track_inprogress(), BUSY_32.track_inprogress());
    for value in [-6.0, 0.0, 6.0] {
        TEMPERATURE.observe(value);
        BY_SITE.labels(["north"]).unwrap().observe(value);
        LEVEL.observe(value);
    }
}
