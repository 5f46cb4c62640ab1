//! Upper bounds of histogram buckets.

use crate::table::slice_at;
use core::marker::PhantomData;
use core::ptr;

/// The 14 default bounds, in seconds: 5 ms to 10 s (those of Prometheus' Python and Java clients).
pub const DEFAULT_BUCKETS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// The 11 default bounds of Prometheus' Go client, in seconds: 5 ms to 10 s.
pub const GO_BUCKETS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

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

const DISORDER: &str = "has bucket bounds that do not ascend";

/// What is wrong with a list of bounds.
pub(crate) const fn fault(bounds: &[f64]) -> Option<&'static str> {
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
pub(crate) const fn ticks_fault(bounds: &[u32], per_unit: u32) -> Option<&'static str> {
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
}
