//! Hashes of the names that metrics expose: what is compared before the names themselves.

use crate::kind::Type;
use crate::tables::group::Place;
use crate::tables::metric::Metric;

pub(crate) const fn hash_name(place: &Place<'_>, row: &Metric<'_>) -> u32 {
    hash_bytes(hash_prefixes(place), row.name())
}

/// The hash of what stands in front of a name at this place.
pub(crate) const fn hash_prefixes(place: &Place<'_>) -> u32 {
    let mut hash = HASH_SEED;
    let mut level = 0;
    while level < place.depth() {
        hash = hash_bytes(hash, place.group(level).prefix());
        level += 1;
    }
    hash
}

/// The hash of nothing.
pub(crate) const HASH_SEED: u32 = 0x811c_9dc5;

/// FNV-1a: it can be continued, so that a name is hashed once for all its suffixes.
pub(crate) const fn hash_bytes(mut hash: u32, text: &[u8]) -> u32 {
    let mut at = 0;
    while at < text.len() {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

/// The hashes of all names that a family exposes.
pub(crate) struct NameHashes {
    hashes: [u32; NameHashes::MOST],
    count: usize,
}

impl NameHashes {
    /// A histogram has so many: itself and its four suffixes.
    const MOST: usize = Type::Histogram.suffixes().len();

    pub(crate) const NONE: Self = Self { hashes: [0; Self::MOST], count: 0 };

    /// Those of a family of this type, by the hash of its name.
    pub(crate) fn new(name: u32, of: Type) -> Self {
        let mut names = Self::NONE;
        for (hash, suffix) in names.hashes.iter_mut().zip(of.suffixes()) {
            *hash = hash_bytes(name, suffix.as_bytes());
            names.count += 1;
        }
        names
    }

    fn all(&self) -> impl Iterator<Item = u32> {
        self.hashes.iter().take(self.count).copied()
    }

    /// Whether both have one. Two names of the same hash are taken for equal, which happens to one pair in
    /// 2^32.
    pub(crate) fn meet(&self, other: &Self) -> bool {
        self.all().any(|own| other.all().any(|name| name == own))
    }

    /// Whether another family exposes one of them.
    pub(crate) fn clash(&self, name: u32, of: Type) -> bool {
        self.meet(&Self::new(name, of))
    }
}
