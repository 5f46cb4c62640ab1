//! Upper bounds of histogram buckets.

use crate::table::slice_at;
use core::marker::PhantomData;
use core::ptr;

/// The 14 default bounds, in seconds: 5 ms to 10 s (those of Prometheus' Python and Java clients).
pub const DEFAULT_BUCKETS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// The 11 default bounds of Prometheus' Go client, in seconds: 5 ms to 10 s.
pub const GO_BUCKETS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// `N` bounds, each `width` above the one before: `linear_bounds::<4>(0.5, 0.5)` is 0.5, 1, 1.5, 2.
///
/// `N` is that of [`Histogram<N>`](crate::Histogram), or the build fails: `+Inf` is not counted, it is
/// always there. (The guideline's `linear` counts it.) Sums such as 0.1 + 0.2 are rounded as floats are;
/// where the `le` on the page is to be short, write the bounds down.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Temperatures seen.
///     pub static TEMPERATURE: Histogram<4> = "temperature_celsius", buckets = linear_bounds::<4>(-10.0, 15.0);
/// }
/// use nanoprom::{Histogram, linear_bounds};
///
/// assert_eq!(TEMPERATURE.bounds(), &[-10.0, 5.0, 20.0, 35.0]);
/// ```
///
/// # Panics
///
/// Where the bounds would not ascend or not be finite: at compile time in a `static`.
pub const fn linear_bounds<const N: usize>(start: f64, width: f64) -> [f64; N] {
    let mut bounds = [0.0; N];
    sound(linear(&mut bounds, start, width));
    bounds
}

/// `N` bounds, each `factor` times the one before: `exponential_bounds::<4>(0.25, 2.0)` is 0.25, 0.5, 1, 2.
///
/// `N` is that of [`Histogram<N>`](crate::Histogram), or the build fails: `+Inf` is not counted, it is
/// always there. (The guideline's `exponential` counts it.)
///
/// # Panics
///
/// Where the bounds would not ascend or not be finite: at compile time in a `static`.
pub const fn exponential_bounds<const N: usize>(start: f64, factor: f64) -> [f64; N] {
    let mut bounds = [0.0; N];
    sound(exponential(&mut bounds, start, factor));
    bounds
}

/// The same in ticks, for [`IntHistogram`](crate::IntHistogram) and
/// [`Histogram32`](crate::Histogram32): `linear_ticks::<3>(64, 64)` is 64, 128, 192.
///
/// # Panics
///
/// Where `width` is 0 or a bound passes 2^32 − 1: at compile time in a `static`.
pub const fn linear_ticks<const N: usize>(start: u32, width: u32) -> [u32; N] {
    let (mut bounds, mut at) = ([start; N], 1);
    while at < N {
        bounds[at] = bounds[at - 1].checked_add(width).expect(TOO_LARGE);
        at += 1;
    }
    sound(ticks_fault(&bounds, 1));
    bounds
}

/// The same in ticks, for [`IntHistogram`](crate::IntHistogram) and
/// [`Histogram32`](crate::Histogram32): `exponential_ticks::<4>(100, 10)` is 100, 1000, 10 000, 100 000.
///
/// # Panics
///
/// Where `start` is 0, `factor` below 2, or a bound passes 2^32 − 1: at compile time in a `static`.
pub const fn exponential_ticks<const N: usize>(start: u32, factor: u32) -> [u32; N] {
    let (mut bounds, mut at) = ([start; N], 1);
    while at < N {
        bounds[at] = bounds[at - 1].checked_mul(factor).expect(TOO_LARGE);
        at += 1;
    }
    sound(ticks_fault(&bounds, 1));
    bounds
}

const TOO_LARGE: &str = "a bucket bound in ticks is larger than 2^32 - 1";

const fn sound(fault: Option<&'static str>) {
    if let Some(fault) = fault {
        panic!("{}", fault);
    }
}

/// As [`linear_bounds`], for any number of them; what is wrong with the result.
pub const fn linear(bounds: &mut [f64], start: f64, width: f64) -> Option<&'static str> {
    let mut at = 0;
    while at < bounds.len() {
        bounds[at] = start + width * at as f64;
        at += 1;
    }
    fault(bounds)
}

/// As [`exponential_bounds`], for any number of them; what is wrong with the result.
pub const fn exponential(bounds: &mut [f64], start: f64, factor: f64) -> Option<&'static str> {
    let (mut at, mut bound) = (0, start);
    while at < bounds.len() {
        bounds[at] = bound;
        bound *= factor;
        at += 1;
    }
    fault(bounds)
}

/// `bounds` without a last one that is `+Inf`, where there is one more than `expected`: every histogram
/// has that bucket anyway.
pub(crate) const fn without_infinity(bounds: &[f64], expected: usize) -> &[f64] {
    match bounds.split_last() {
        Some((last, rest)) if rest.len() == expected && *last == f64::INFINITY => rest,
        _ => bounds,
    }
}

/// The bucket that `value` is counted in: the first whose upper bound is not below it, or `N`.
#[inline]
pub(crate) fn find<T: PartialOrd, const N: usize>(bounds: &[T; N], value: T) -> usize {
    // A binary search of a length known to the compiler: no branch on the data.
    bounds.partition_point(|bound| *bound < value)
}

/// The same for ticks, where the number of bounds is known at run time only.
#[inline(never)]
pub(crate) fn find_ticks(bounds: &[u32], ticks: u32) -> usize {
    bounds.partition_point(|&bound| bound < ticks)
}

/// The bounds of a series' buckets. Its kind knows what they are.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<'a> {
    start: *const (),
    count: u32,
    /// How many ticks make a unit of the page, where they are ticks.
    pub(crate) ticks_per_unit: u32,
    marker: PhantomData<&'a ()>,
}

impl<'a> Bounds<'a> {
    /// Those of whatever is no histogram.
    pub(crate) const NONE: Self = Self::new(ptr::null(), 0, 1);

    #[inline]
    pub(crate) const fn new(start: *const (), count: u32, ticks_per_unit: u32) -> Self {
        Self { start, count, ticks_per_unit, marker: PhantomData }
    }

    /// # Safety
    ///
    /// They were made of that many floats, which live for `'a`.
    #[inline]
    pub(crate) const unsafe fn floats(&self) -> &'a [f64] {
        // SAFETY: the caller's promise.
        unsafe { slice_at(self.start.cast(), self.count as usize) }
    }

    /// # Safety
    ///
    /// They were made of that many ticks, which live for `'a`.
    #[inline]
    pub(crate) const unsafe fn ticks(&self) -> &'a [u32] {
        // SAFETY: the caller's promise.
        unsafe { slice_at(self.start.cast(), self.count as usize) }
    }
}

/// Whether both histograms have the same buckets.
///
/// # Safety
///
/// Both are ticks, or neither, as said.
pub(crate) const unsafe fn are_equal(a: &Bounds<'_>, b: &Bounds<'_>, ticks: bool) -> bool {
    if a.count != b.count || a.ticks_per_unit != b.ticks_per_unit {
        return false;
    }
    let mut at = 0;
    while at < a.count as usize {
        // SAFETY: the caller's promise.
        let equal = unsafe {
            if ticks { a.ticks()[at] == b.ticks()[at] } else { a.floats()[at] == b.floats()[at] }
        };
        if !equal {
            return false;
        }
        at += 1;
    }
    true
}

const DISORDER: &str = "has bucket bounds that do not ascend";

/// What is wrong with a list of bounds.
pub const fn fault(bounds: &[f64]) -> Option<&'static str> {
    let mut at = 0;
    while at < bounds.len() {
        if bounds[at].is_nan() {
            return Some("has a bucket bound that is not a number");
        }
        if bounds[at].is_infinite() {
            return Some("has an infinite bucket bound: +Inf is always there, leave it out");
        }
        // Not `<=`: that would call 0.0 and -0.0 different.
        if at > 0 && bounds[at - 1] >= bounds[at] {
            return Some(DISORDER);
        }
        at += 1;
    }
    None
}

/// What is wrong with a list of bounds in ticks.
pub const fn ticks_fault(bounds: &[u32], per_unit: u32) -> Option<&'static str> {
    if per_unit == 0 {
        return Some("has 0 ticks per unit");
    }
    let mut at = 1;
    while at < bounds.len() {
        if bounds[at - 1] >= bounds[at] {
            return Some(DISORDER);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_its_own_bucket() {
        let bounds = [-5.0, 0.0, 5.0];
        for (value, bucket) in [
            (f64::NEG_INFINITY, 0),
            (-5.0, 0),
            (-4.9, 1),
            (-0.0, 1),
            (0.0, 1),
            (5.0, 2),
            (5.1, 3),
            (f64::INFINITY, 3),
        ] {
            assert_eq!(find(&bounds, value), bucket, "{value}");
        }
    }

    #[test]
    fn the_search_agrees_with_counting() {
        for value in (0..12_000).map(|step| f64::from(step) / 1000.0) {
            let naive = DEFAULT_BUCKETS.iter().filter(|&&bound| bound < value).count();
            assert_eq!(find(&DEFAULT_BUCKETS, value), naive);
        }
    }

    #[test]
    fn bounds_ascend_and_are_finite() {
        assert_eq!(fault(&DEFAULT_BUCKETS), None);
        assert_eq!(fault(&GO_BUCKETS), None);
        assert_eq!(fault(&[]), None);
        assert!(fault(&[1.0, 1.0]).is_some());
        assert!(fault(&[0.0, -0.0]).is_some());
        assert!(fault(&[2.0, 1.0]).is_some());
        assert!(fault(&[f64::NAN]).is_some());
        assert!(fault(&[1.0, f64::INFINITY]).is_some());
    }

    #[test]
    fn ticks_ascend_and_make_a_unit() {
        assert_eq!(ticks_fault(&[0, 1, u32::MAX], 1), None);
        assert_eq!(ticks_fault(&[], 1), None);
        assert!(ticks_fault(&[1], 0).is_some());
        assert!(ticks_fault(&[1, 1], 1).is_some());
        assert!(ticks_fault(&[2, 1], 1).is_some());
    }

    #[test]
    fn bounds_at_equal_distances_and_with_equal_ratios() {
        assert_eq!(linear_bounds::<3>(-5.0, 5.0), [-5.0, 0.0, 5.0]);
        assert_eq!(exponential_bounds::<4>(0.25, 2.0), [0.25, 0.5, 1.0, 2.0]);
        assert_eq!(linear_ticks::<3>(0, 64), [0, 64, 128]);
        assert_eq!(exponential_ticks::<4>(100, 10), [100, 1_000, 10_000, 100_000]);
        assert_eq!(linear_bounds::<0>(0.0, 0.0), [0.0; 0]);
    }

    #[test]
    fn bounds_that_do_not_ascend_are_refused() {
        let mut bounds = [0.0; 3];
        assert!(linear(&mut bounds, 1.0, 0.0).is_some());
        assert!(linear(&mut bounds, 1.0, -1.0).is_some());
        assert!(linear(&mut bounds, 1.0, f64::NAN).is_some());
        assert!(linear(&mut bounds, 1e300, 1.0).is_some());
        assert!(exponential(&mut bounds, 1.0, 1.0).is_some());
        assert!(exponential(&mut bounds, 0.0, 2.0).is_some());
        assert!(exponential(&mut bounds, -1.0, 2.0).is_some());
        assert!(exponential(&mut bounds, 1e200, 1e100).is_some());
        assert!(exponential(&mut bounds, 1.0, 1.5).is_none());
    }

    #[test]
    fn only_a_last_infinity_too_many_is_left_out() {
        assert_eq!(without_infinity(&[1.0, f64::INFINITY], 1), [1.0]);
        assert_eq!(without_infinity(&[1.0, f64::INFINITY], 2), [1.0, f64::INFINITY]);
        assert_eq!(without_infinity(&[f64::INFINITY, f64::INFINITY], 0).len(), 2);
        assert_eq!(without_infinity(&[], 0).len(), 0);
    }
}
