//! A choice of families that needs no memory of the caller's: a few names, as hashes.

use crate::kind::Type;
use crate::name_hash::{HASH_SEED, hash_bytes};
use crate::open::{NamePart, Wanted};

/// More names than this are refused.
const MAX_NAMES: usize = 8;

/// Up to 8 names of families or samples, kept as hashes: their bytes may be gone when the page is written.
/// Two names of the same hash show a family too many, once in 2^32.
#[derive(Clone, Copy)]
pub struct Names {
    hashes: [u32; MAX_NAMES],
    count: u8,
    /// Behind a pointer, so that a reader without choices does not link it. None is the whole page.
    wants: Option<Wants>,
}

/// Whether a family is among these names.
type Wants = fn(&[u32], NamePart<'_>, Type) -> bool;

/// More names than can be kept.
pub struct TooMany;

impl Names {
    /// The whole page.
    pub const ALL: Self = Self { hashes: [0; MAX_NAMES], count: 0, wants: None };
    /// No family: what names are added to.
    pub const NONE: Self = Self { wants: Some(is_among), ..Self::ALL };

    /// Adds a name; the first one to the whole page leaves all others out.
    pub fn add(&mut self, name: impl Iterator<Item = u8>) -> Result<(), TooMany> {
        let free = self.hashes.get_mut(usize::from(self.count)).ok_or(TooMany)?;
        *free = name.fold(HASH_SEED, |hash, byte| hash_bytes(hash, &[byte]));
        self.count += 1;
        self.wants = Some(is_among);
        Ok(())
    }

    /// The choice, if there is any.
    pub(crate) fn choice(&self) -> Option<&dyn Wanted> {
        self.wants.is_some().then_some(self)
    }
}

impl Wanted for Names {
    fn wants(&self, part: NamePart<'_>, of: Type) -> bool {
        let hashes = self.hashes.get(..usize::from(self.count)).unwrap_or_default();
        self.wants.is_none_or(|wants| wants(hashes, part, of))
    }
}

fn is_among(hashes: &[u32], part: NamePart<'_>, of: Type) -> bool {
    let base = (0..).map_while(part).fold(HASH_SEED, hash_bytes);
    of.suffixes().iter().any(|suffix| hashes.contains(&hash_bytes(base, suffix.as_bytes())))
}
