//! Records: one series of a family each, and the states it goes through.

use crate::atomic::Word;

/// One series: the state it is in, where its label text lies, and its cell.
///
/// The text is kept as it stands on the page, `{method="GET",code="200`, so that a line costs one copy
/// for all its labels. Where a value needs escaping, the values themselves stand in front of it.
#[repr(C)]
pub(crate) struct Record<C, const L: usize> {
    pub(crate) state: Word,
    pub(crate) text: u32,
    pub(crate) cell: C,
    /// Length of the text on the page.
    pub(crate) page_len: u16,
    /// Lengths of the values.
    pub(crate) lens: [u16; L],
}

impl<C, const L: usize> Record<C, L> {
    pub(crate) const fn new(cell: C) -> Self {
        Self { state: Word::new(FREE), text: 0, cell, page_len: 0, lens: [0; L] }
    }
}

/// The part of a record that does not depend on its family.
#[repr(C)]
pub(crate) struct RecordHead {
    pub(crate) state: Word,
    pub(crate) text: u32,
}

// States of a record. A free record keeps its neighbour in the pool above these bits.
/// Not published, or about to be.
pub(crate) const FREE: u32 = 0;
/// On the page.
pub(crate) const LIVE: u32 = 1;
/// Removed, and at zero.
pub(crate) const HIDDEN: u32 = 2;
/// Being set to zero by `remove`.
pub(crate) const REMOVING: u32 = 3;
/// As `REMOVING`, and asked for again meanwhile; or about to be on the page.
pub(crate) const RETURNING: u32 = 4;
pub(crate) const STATE_BITS: u32 = 3;

/// Top bit of a record's text position: a value needs escaping.
pub(crate) const ESCAPED: u32 = 1 << 31;
