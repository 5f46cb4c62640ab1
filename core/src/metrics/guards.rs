//! Guards: gauges of work in progress, counters of errors.

use crate::kind::sealed::Sealed;
use crate::metrics::counter::{Counter, Counter32, IntCounter};
use crate::metrics::gauge::{Gauge, Gauge32, IntGauge};

/// A gauge that tells how much work is in progress. Sealed.
pub trait UpDown: Sealed {
    #[doc(hidden)]
    fn __enter(&self);
    #[doc(hidden)]
    fn __leave(&self);
}

/// Work in progress, made by `track_inprogress`: counted until it is dropped, by whichever thread.
#[must_use = "work ends when this is dropped"]
pub struct InProgress<'m, G: UpDown> {
    gauge: &'m G,
}

impl<G: UpDown> Drop for InProgress<'_, G> {
    #[inline]
    fn drop(&mut self) {
        self.gauge.__leave();
    }
}

/// A counter of errors. Sealed.
pub trait CountErrors: Sealed {
    #[doc(hidden)]
    fn __count(&self);
}

/// An attempt that counts as an error unless it [succeeds](Self::succeed): where a `?`, a `return` or
/// a panic leaves the scope before.
///
/// ```
/// use nanoprom::IntCounter;
///
/// static FAILED: IntCounter = IntCounter::new();
///
/// fn sum(numbers: &[&str]) -> Result<u32, std::num::ParseIntError> {
///     let attempt = FAILED.attempt();
///     let mut sum = 0;
///     for number in numbers {
///         sum += number.parse::<u32>()?;
///     }
///     attempt.succeed();
///     Ok(sum)
/// }
///
/// assert!(sum(&["1", "x"]).is_err());
/// assert_eq!(sum(&["1", "2"]), Ok(3));
/// assert_eq!(FAILED.get(), 1);
/// ```
#[must_use = "an attempt that is dropped counts as an error"]
pub struct Attempt<'m, C: CountErrors> {
    counter: &'m C,
    succeeded: bool,
}

impl<C: CountErrors> Attempt<'_, C> {
    /// Ends the attempt without counting.
    #[inline]
    pub fn succeed(mut self) {
        self.succeeded = true;
    }
}

impl<C: CountErrors> Drop for Attempt<'_, C> {
    #[inline]
    fn drop(&mut self) {
        if !self.succeeded {
            self.counter.__count();
        }
    }
}

macro_rules! up_down {
    ($($gauge:ident),+) => {$(
        impl UpDown for $gauge {
            #[inline]
            fn __enter(&self) {
                self.inc();
            }

            #[inline]
            fn __leave(&self) {
                self.dec();
            }
        }

        impl $gauge {
            /// Adds 1 until what it returns is dropped.
            ///
            /// ```
            #[doc = concat!("use nanoprom::", stringify!($gauge), ";")]
            ///
            #[doc = concat!("static IN_PROGRESS: ", stringify!($gauge), " = ", stringify!($gauge), "::new();")]
            ///
            /// let work = IN_PROGRESS.track_inprogress();
            /// assert!(IN_PROGRESS.get() > Default::default());
            /// drop(work);
            /// assert_eq!(IN_PROGRESS.get(), Default::default());
            /// ```
            #[inline]
            pub fn track_inprogress(&self) -> InProgress<'_, Self> {
                self.__enter();
                InProgress { gauge: self }
            }
        }
    )+};
}
up_down!(Gauge, IntGauge, Gauge32);

macro_rules! count_errors {
    ($($counter:ident),+) => {$(
        impl CountErrors for $counter {
            #[inline]
            fn __count(&self) {
                self.inc();
            }
        }

        impl $counter {
            /// Adds 1 where `result` is an error, and returns it.
            ///
            /// ```
            #[doc = concat!("use nanoprom::", stringify!($counter), ";")]
            ///
            #[doc = concat!("static FAILED: ", stringify!($counter), " = ", stringify!($counter), "::new();")]
            ///
            /// let read = || "x".parse::<u32>();
            /// assert!(FAILED.count_errors(read()).is_err());
            /// assert_eq!(FAILED.count_errors("7".parse::<u32>())?, 7);
            /// assert_eq!(FAILED.get() as u64, 1);
            /// # Ok::<(), std::num::ParseIntError>(())
            /// ```
            #[inline]
            pub fn count_errors<T, E>(&self, result: Result<T, E>) -> Result<T, E> {
                self.count_errors_if(result, |_| true)
            }

            /// Adds 1 where `result` is an error that `counts`, and returns it.
            #[inline]
            pub fn count_errors_if<T, E>(
                &self,
                result: Result<T, E>,
                counts: impl FnOnce(&E) -> bool,
            ) -> Result<T, E> {
                if let Err(error) = &result && counts(error) {
                    self.inc();
                }
                result
            }

            /// An attempt that adds 1 unless it succeeds.
            #[inline]
            pub fn attempt(&self) -> Attempt<'_, Self> {
                Attempt { counter: self, succeeded: false }
            }
        }
    )+};
}
count_errors!(Counter, IntCounter, Counter32);

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use core::panic::AssertUnwindSafe;
    use std::panic::catch_unwind;

    #[test]
    fn work_in_progress_nests_and_ends_with_a_panic() {
        let gauge = Gauge32::new();
        let outer = gauge.track_inprogress();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let _inner = gauge.track_inprogress();
            assert_eq!(gauge.get(), 2);
            panic!("as it should");
        }));
        assert!(result.is_err());
        assert_eq!(gauge.get(), 1);
        drop(outer);
        assert_eq!(gauge.get(), 0);
    }

    #[test]
    fn chosen_errors_are_counted_and_results_come_back() {
        let counter = Counter::new();
        let even = |error: &u32| error.is_multiple_of(2);
        assert_eq!(counter.count_errors_if(Err::<(), u32>(3), even), Err(3));
        assert_eq!(counter.count_errors_if(Err::<(), u32>(4), even), Err(4));
        assert_eq!(counter.count_errors_if(Ok::<u8, u32>(1), even), Ok(1));
        assert_eq!(counter.get(), 1.0);
        assert_eq!(counter.count_errors(Err::<(), u32>(3)), Err(3));
        assert_eq!(counter.get(), 2.0);
    }

    #[test]
    fn an_attempt_that_panics_has_failed() {
        let counter = Counter32::new();
        counter.attempt().succeed();
        assert_eq!(counter.get(), 0);
        let result = catch_unwind(AssertUnwindSafe(|| {
            let _attempt = counter.attempt();
            panic!("as it should");
        }));
        assert!(result.is_err());
        assert_eq!(counter.get(), 1);
    }
}
