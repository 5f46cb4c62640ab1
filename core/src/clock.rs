//! The clocks of `std`, for timers and [`Gauge::set_to_current_time`](crate::Gauge::set_to_current_time).
//!
//! Firmware brings functions of its own instead: one that reads a timer is enough.

use core::time::Duration;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

fn since_first_use() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

/// Seconds since this function or [`microseconds`] was first called, by a clock that never goes back.
pub fn seconds() -> f64 {
    since_first_use().as_secs_f64()
}

/// The same in microseconds modulo 2^32, for histograms of ticks: durations below 71 minutes.
pub fn microseconds() -> u32 {
    since_first_use().as_micros() as u32
}

/// Seconds since 1970-01-01 UTC, by the system's clock; negative before.
pub fn unix_seconds() -> f64 {
    match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::sleep;

    #[test]
    fn the_monotonic_clocks_go_on_and_agree() {
        let (seconds_before, micros_before) = (seconds(), microseconds());
        sleep(Duration::from_millis(2));
        let (seconds, micros) = (seconds() - seconds_before, microseconds() - micros_before);
        assert!(seconds >= 0.002 && micros >= 2_000, "{seconds} s, {micros} us");
        assert!((seconds - f64::from(micros) / 1e6).abs() < 1.0);
    }

    #[test]
    fn the_system_clock_is_in_this_century() {
        assert!((1.7e9..4.2e9).contains(&unix_seconds()));
    }
}
