//! Whether a family was reclaimed under a page that was inside it: seen in debug builds, and nothing else
//! otherwise, neither memory nor code.
//!
//! Counts are kept beside the families, whose layout is the same in all builds, and for as many of them as
//! there is room for: a mistake may go unseen, but none is seen where there is none.

#[cfg(debug_assertions)]
mod counts {
    use crate::atomic::{Link, Word};
    use core::ptr;

    /// A family, and how often it was reclaimed.
    struct Count {
        family: Link<()>,
        times: Word,
    }

    static COUNTS: [Count; 16] = [const { Count { family: Link::new(), times: Word::new(0) } }; 16];

    pub(super) fn of(family: *const ()) -> u32 {
        let known = COUNTS.iter().find(|count| ptr::eq(count.family.get(), family));
        known.map_or(0, |count| count.times.get())
    }

    pub(super) fn one_more(family: *const ()) {
        let family = family.cast_mut();
        let is_its = |count: &&Count| match count.family.push(ptr::null_mut(), family) {
            Ok(()) => true,
            Err(there) => ptr::eq(there, family),
        };
        if let Some(count) = COUNTS.iter().find(is_its) {
            count.times.add(1);
        }
    }
}

/// The family whose head this is, is being reclaimed.
#[inline(always)]
pub(crate) fn note(_family: *const ()) {
    #[cfg(debug_assertions)]
    counts::one_more(_family);
}

/// What a page keeps of the family that it is inside of.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    /// How often it was reclaimed before.
    #[cfg(debug_assertions)]
    times: u16,
}

impl Seen {
    #[inline(always)]
    pub(crate) const fn new() -> Self {
        Self {
            #[cfg(debug_assertions)]
            times: 0,
        }
    }

    /// The page comes to the first series of a family.
    #[inline(always)]
    pub(crate) fn enter(&mut self, _family: *const ()) {
        #[cfg(debug_assertions)]
        {
            self.times = counts::of(_family) as u16;
        }
    }

    /// The page is inside the family: panics, in debug builds, where that was reclaimed meanwhile.
    #[inline(always)]
    pub(crate) fn check(self, _family: *const ()) {
        #[cfg(debug_assertions)]
        assert!(
            self.times == counts::of(_family) as u16,
            "a family was reclaimed while a page was inside it"
        );
    }
}
