//! A choice of families that needs no memory of the caller's: a few names, as hashes.

use crate::kind::{Prefixes, Type};
use crate::name_hash::{HASH_SEED, hash_bytes};
use crate::open::{Only, Wants, name_parts};
use core::mem::MaybeUninit;
use core::slice;

/// More names than this are refused.
const MAX_NAMES: usize = 8;

/// Up to 8 names of families or samples, kept as hashes: their bytes may be gone when the page is written.
/// Two names of the same hash show a family too many, once in 2^32.
#[derive(Clone, Copy)]
pub struct Names {
    /// Nothing behind the first `count`.
    hashes: [MaybeUninit<u32>; MAX_NAMES],
    count: usize,
    /// Behind a pointer, so that a reader without choices does not link it. None is the whole page.
    wants: Option<Wants>,
}

/// More names than can be kept.
pub struct TooMany;

impl Names {
    /// The whole page. No constant: to copy one is a call of `memcpy` or `memset`.
    #[inline]
    pub fn all() -> Self {
        Self { hashes: [MaybeUninit::uninit(); MAX_NAMES], count: 0, wants: None }
    }

    /// No family: what names are added to.
    #[inline]
    pub fn none() -> Self {
        Self { wants: Some(is_among), ..Self::all() }
    }

    /// Adds a name; the first one to the whole page leaves all others out.
    pub fn add(&mut self, name: impl Iterator<Item = u8>) -> Result<(), TooMany> {
        let free = self.hashes.get_mut(self.count).ok_or(TooMany)?;
        free.write(name.fold(HASH_SEED, |hash, byte| hash_bytes(hash, &[byte])));
        self.count += 1;
        self.wants = Some(is_among);
        Ok(())
    }

    /// The choice, if there is any.
    pub(crate) fn choice(&self) -> Option<Only<'_>> {
        // SAFETY: these are the names that the function takes, borrowed for longer than the choice lives.
        self.wants.map(|wants| unsafe { Only::new((&raw const *self).cast(), wants) })
    }
}

/// # Safety
///
/// `names` are [`Names`].
unsafe fn is_among(
    names: *const (),
    prefixes: Option<&dyn Prefixes>,
    name: &[u8],
    of: Type,
) -> bool {
    // SAFETY: the caller's promise.
    let names = unsafe { &*names.cast::<Names>() };
    // SAFETY: `add` put that many.
    let hashes = unsafe { slice::from_raw_parts(names.hashes.as_ptr().cast(), names.count) };
    let base = name_parts(prefixes, name).fold(HASH_SEED, hash_bytes);
    of.suffixes().iter().any(|suffix| hashes.contains(&hash_bytes(base, suffix.as_bytes())))
}
