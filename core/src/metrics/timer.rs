//! Timers: how long work takes, observed by a histogram or set on a gauge; and the time of day on a gauge.
//!
//! Clocks are functions of the application. What they give is what the metric takes: seconds for
//! [`Histogram`], [`Summary`] and [`Gauge`], ticks for [`IntHistogram`](crate::IntHistogram) and
//! [`Histogram32`](crate::Histogram32). With the feature `std` the module `clock` has some.

use crate::kind::sealed::Sealed;
use crate::metrics::any_int_histogram::Bucket;
use crate::metrics::gauge::{Gauge, IntGauge};
use crate::metrics::histogram::Histogram;
use crate::metrics::int_histogram::IntHistogram;
use crate::metrics::summary::Summary;
use crate::numbers::compare;

/// A metric that takes durations. Sealed.
pub trait Timed: Sealed {
    /// What the clock gives: `f64` seconds or `u32` ticks.
    type Time: Copy;
    #[doc(hidden)]
    fn __between(start: Self::Time, end: Self::Time) -> Self::Time;
    #[doc(hidden)]
    fn __record(&self, duration: Self::Time);
}

/// A running timer, made by `start_timer`: it gives the time since then to its metric when it is
/// dropped, also where a `?` or a panic leaves the scope.
///
/// It may be dropped by another thread or task than the one that started it.
///
/// ```
/// # #[cfg(feature = "std")] {
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Time to answer, in seconds.
///     pub static LATENCY: Histogram<14> = "http_request_duration_seconds",
///         buckets = DEFAULT_BUCKETS;
/// }
/// use nanoprom::{DEFAULT_BUCKETS, Histogram, clock};
///
/// let timer = LATENCY.start_timer(clock::seconds);
/// // … the work …
/// assert!(timer.stop() >= 0.0);
///
/// LATENCY.start_timer(clock::seconds).discard();
/// assert_eq!(LATENCY.count(), 1);
/// # }
/// ```
#[must_use = "a timer that is dropped at once measures nothing"]
pub struct Timer<'m, M: Timed, C: Fn() -> M::Time> {
    metric: &'m M,
    clock: C,
    start: M::Time,
    discarded: bool,
}

impl<'m, M: Timed, C: Fn() -> M::Time> Timer<'m, M, C> {
    #[inline]
    fn start(metric: &'m M, clock: C) -> Self {
        let start = clock();
        Self { metric, clock, start, discarded: false }
    }

    /// The time since the start, in seconds or ticks. The timer goes on.
    #[inline]
    pub fn elapsed(&self) -> M::Time {
        M::__between(self.start, (self.clock)())
    }

    /// Gives the time since the start to the metric, and returns it.
    #[inline]
    pub fn stop(mut self) -> M::Time {
        self.discarded = true;
        let duration = self.elapsed();
        self.metric.__record(duration);
        duration
    }

    /// Drops the timer without a trace.
    #[inline]
    pub fn discard(mut self) {
        self.discarded = true;
    }
}

impl<M: Timed, C: Fn() -> M::Time> Drop for Timer<'_, M, C> {
    #[inline]
    fn drop(&mut self) {
        if !self.discarded {
            self.metric.__record(self.elapsed());
        }
    }
}

/// Seconds between two readings; 0 where the clock went back, since a sum must not.
#[inline]
pub(crate) fn seconds_between(start: f64, end: f64) -> f64 {
    if compare::less(end, start) { 0.0 } else { end - start }
}

/// `start_timer` and `time` of a metric that takes durations.
macro_rules! timed {
    ([$($generics:tt)*] $type:ty, $time:ty, $between:path, $record:ident, $clock:literal, $verb:literal) => {
        impl<$($generics)*> $crate::metrics::timer::Timed for $type {
            type Time = $time;

            #[inline]
            fn __between(start: $time, end: $time) -> $time {
                $between(start, end)
            }

            #[inline]
            fn __record(&self, duration: $time) {
                self.$record(duration);
            }
        }

        impl<$($generics)*> $type {
            #[doc = concat!("Starts a timer that ", $verb, " its time when it is dropped. `clock` gives ", $clock, ".")]
            #[inline]
            pub fn start_timer<C: Fn() -> $time>(&self, clock: C) -> Timer<'_, Self, C> {
                Timer::start(self, clock)
            }

            #[doc = concat!("Does `work`, and ", $verb, " the time that it took. `clock` gives ", $clock, ".")]
            #[inline]
            pub fn time<R>(&self, clock: impl Fn() -> $time, work: impl FnOnce() -> R) -> R {
                let _timer = self.start_timer(clock);
                work()
            }
        }
    };
}

timed!([const N: usize] Histogram<N>, f64, seconds_between, observe,
    "seconds since any moment, and never goes back", "observes");
timed!([] Summary, f64, seconds_between, observe,
    "seconds since any moment, and never goes back", "observes");
timed!([const N: usize, B: Bucket] IntHistogram<N, B>, u32, wrapping_between, observe,
    "ticks and may wrap at 2^32, once while a timer runs", "observes");
timed!([] Gauge, f64, seconds_between, set,
    "seconds since any moment, and never goes back", "sets the gauge to");

/// Ticks between two readings of a counter of 32 bits.
#[inline]
fn wrapping_between(start: u32, end: u32) -> u32 {
    end.wrapping_sub(start)
}

impl Gauge {
    /// Sets the gauge to what `clock` gives: the seconds since 1970-01-01 UTC.
    ///
    /// ```
    /// # #[cfg(feature = "std")] {
    /// use nanoprom::{Gauge, clock};
    ///
    /// static LAST_RUN: Gauge = Gauge::new();
    ///
    /// LAST_RUN.set_to_current_time(clock::unix_seconds);
    /// assert!(LAST_RUN.get() > 1.7e9);
    /// # }
    /// ```
    #[inline]
    pub fn set_to_current_time(&self, clock: impl FnOnce() -> f64) {
        self.set(clock());
    }
}

impl IntGauge {
    /// Sets the gauge to what `clock` gives: the whole seconds since 1970-01-01 UTC.
    #[inline]
    pub fn set_to_current_time(&self, clock: impl FnOnce() -> i64) {
        self.set(clock());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::any_int_histogram::IntHistogramCells;
    extern crate std;
    use crate::metrics::histogram::HistogramCells;
    use core::cell::Cell;

    /// A clock that goes `step` further with every reading.
    fn steps<T: Copy>(start: T, next: impl Fn(T) -> T) -> impl Fn() -> T {
        let time = Cell::new(start);
        move || time.replace(next(time.get()))
    }

    fn histogram() -> Histogram<1> {
        Histogram::new(std::boxed::Box::leak(std::boxed::Box::new(HistogramCells::new())), &[1.0])
    }

    #[test]
    fn a_timer_observes_once_when_it_is_dropped_or_stopped() {
        let histogram = histogram();
        let clock = steps(10.0, |time| time + 0.25);
        drop(histogram.start_timer(&clock));
        assert_eq!((histogram.count(), histogram.sum()), (1, 0.25));
        let timer = histogram.start_timer(&clock);
        assert_eq!(timer.elapsed(), 0.25);
        assert_eq!(timer.stop(), 0.5);
        assert_eq!((histogram.count(), histogram.sum()), (2, 0.75));
        histogram.start_timer(&clock).discard();
        assert_eq!(histogram.time(&clock, || 7), 7);
        assert_eq!((histogram.count(), histogram.sum()), (3, 1.0));
    }

    #[test]
    fn a_panic_is_timed_too() {
        let histogram = histogram();
        let clock = steps(0.0, |time| time + 2.0);
        let work =
            core::panic::AssertUnwindSafe(|| histogram.time(&clock, || panic!("as it should")));
        assert!(std::panic::catch_unwind(work).is_err());
        assert_eq!((histogram.count(), histogram.sum()), (1, 2.0));
    }

    #[test]
    fn a_clock_that_goes_back_measures_nothing() {
        let histogram = histogram();
        histogram.time(steps(5.0, |time| time - 1.0), || ());
        assert_eq!((histogram.count(), histogram.sum()), (1, 0.0));
    }

    #[test]
    fn ticks_may_wrap_while_a_timer_runs() {
        static CELLS: IntHistogramCells<1> = IntHistogramCells::new();
        static HISTOGRAM: IntHistogram<1> = IntHistogram::new(&CELLS, &[100]);
        assert_eq!(HISTOGRAM.start_timer(steps(u32::MAX, |time| time.wrapping_add(9))).stop(), 9);
        assert_eq!(HISTOGRAM.sum(), 9);
    }

    #[test]
    fn a_gauge_shows_the_last_duration_and_the_time_and_a_summary_their_sum() {
        let gauge = Gauge::new();
        gauge.time(steps(1.0, |time| time + 3.0), || ());
        assert_eq!(gauge.get(), 3.0);
        gauge.time(steps(1.0, |time| time + 2.0), || ());
        assert_eq!(gauge.get(), 2.0);
        let summary = Summary::new();
        summary.time(steps(1.0, |time| time + 2.0), || ());
        assert_eq!((summary.count(), summary.sum()), (1, 2.0));
        gauge.set_to_current_time(|| 1.5e9);
        assert_eq!(gauge.get(), 1.5e9);
        let gauge = IntGauge::new();
        gauge.set_to_current_time(|| 1_500_000_000);
        assert_eq!(gauge.get(), 1_500_000_000);
    }
}
