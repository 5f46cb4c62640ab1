//! Which families a request asks for: `name[]=…` in its query.

use crate::check::{HASH_SEED, hash_bytes};
use crate::kind::Type;
use crate::open::{NamePart, Wanted};

/// More names than this are refused.
const MAX_NAMES: usize = 8;

/// Up to [`MAX_NAMES`] names of families or samples, kept as hashes: the request's bytes are gone when
/// the page is written. Two names of the same hash show a family too many, once in 2^32.
#[derive(Clone, Copy)]
pub(super) struct Names {
    hashes: [u32; MAX_NAMES],
    count: u8,
    /// Behind a pointer, so that a responder without choices does not link it. None is the whole page.
    wants: Option<Wants>,
}

/// Whether a family is among these names.
type Wants = fn(&[u32], NamePart<'_>, Type) -> bool;

/// A request names more families than can be kept.
pub(super) struct TooMany;

/// How the names of a request target are read.
pub(super) type ReadNames = fn(&[u8]) -> Result<Names, TooMany>;

impl Names {
    pub(super) const ALL: Self = Self { hashes: [0; MAX_NAMES], count: 0, wants: None };

    /// Those in the query of a target; all where it names none.
    pub(super) fn of_target(target: &[u8]) -> Result<Self, TooMany> {
        let mut names = Self::ALL;
        let query = target.splitn(2, |&byte| byte == b'?').nth(1).unwrap_or_default();
        for parameter in query.split(|&byte| byte == b'&') {
            let mut parts = parameter.splitn(2, |&byte| byte == b'=').map(Decoded);
            let (Some(key), Some(value)) = (parts.next(), parts.next()) else { continue };
            if key.eq(*b"name[]") {
                let free = names.hashes.get_mut(usize::from(names.count)).ok_or(TooMany)?;
                *free = value.fold(HASH_SEED, |hash, byte| hash_bytes(hash, &[byte]));
                names.count += 1;
                names.wants = Some(is_among);
            }
        }
        Ok(names)
    }

    /// The choice, if there is any.
    pub(super) fn choice(&self) -> Option<&dyn Wanted> {
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

/// Bytes of a query with their percent escapes undone; what is no escape stands for itself.
struct Decoded<'q>(&'q [u8]);

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let (byte, rest) = match *self.0 {
            [b'%', high, low, ref rest @ ..] => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => (high << 4 | low, rest),
                _ => (b'%', self.0.get(1..).unwrap_or_default()),
            },
            [byte, ref rest @ ..] => (byte, rest),
            [] => return None,
        };
        self.0 = rest;
        Some(byte)
    }
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => return None,
    })
}
