//! The index of a family: which record holds which labels, found and filled without a lock.
//!
//! Slots hold a record's number and some bits of its hash; probing is linear. A record is written
//! completely before its number is published in a slot, and a slot never changes after that. So a
//! look-up needs no lock, and a writer that is stopped or killed blocks nobody.

use crate::atomic::{COMPACT, Word};

/// Most records of one family.
pub(crate) const MAX_RECORDS: usize = (1 << RECORD_BITS) - 2;

const RECORD_BITS: u32 = 20;
const RECORD_MASK: u32 = (1 << RECORD_BITS) - 1;

/// What a slot holds: record number + 1, and the low bits of the hash (its high bits choose the
/// slot). 0 is an empty slot.
fn entry(hash: u32, record: u32) -> u32 {
    (hash << RECORD_BITS) | (record + 1)
}

/// Where a look-up ended.
pub(crate) enum Found {
    /// The record with these labels.
    Record(u32),
    /// Nobody has these labels; the first empty slot is here, behind all slots where there is none.
    Vacant(usize),
}

/// Looks for the record for which `same` holds among those with this hash.
#[inline]
pub(crate) fn find(slots: &[Word], hash: u32, same: impl Fn(u32) -> bool) -> Found {
    let start = start(slots, hash);
    // Most records are in the first slot: no loop around these.
    if let Some(slot) = slots.get(start)
        && let Some(record) = record_in(slot.get(), hash)
        && same(record)
    {
        return Found::Record(record);
    }
    search(slots, hash, start, same)
}

/// The same, when it was done before: no record was in the first slot then.
pub(crate) fn find_again(slots: &[Word], hash: u32, same: impl Fn(u32) -> bool) -> Found {
    search(slots, hash, start(slots, hash), same)
}

/// The slot of labels with this hash, where nobody has it.
#[inline]
fn start(slots: &[Word], hash: u32) -> usize {
    ((u64::from(hash) * slots.len() as u64) >> 32) as usize
}

/// The record in a slot, if some bits of its hash are those of `hash`.
#[inline]
fn record_in(found: u32, hash: u32) -> Option<u32> {
    let record = (found & RECORD_MASK).checked_sub(1)?;
    (found == entry(hash, record)).then_some(record)
}

/// Looks from slot `start` on.
#[inline(always)]
fn search(slots: &[Word], hash: u32, start: usize, same: impl Fn(u32) -> bool) -> Found {
    if COMPACT {
        // Once for all callers.
        search_with(slots, hash, start, &same as &dyn Fn(u32) -> bool)
    } else {
        search_with(slots, hash, start, same)
    }
}

#[inline(never)]
fn search_with(slots: &[Word], hash: u32, start: usize, same: impl Fn(u32) -> bool) -> Found {
    let mut at = start;
    loop {
        let Some(slot) = slots.get(at) else { return Found::Vacant(slots.len()) };
        let found = slot.get();
        if found == 0 {
            return Found::Vacant(at);
        }
        if let Some(record) = record_in(found, hash)
            && same(record)
        {
            return Found::Record(record);
        }
        at = if at + 1 < slots.len() { at + 1 } else { 0 };
        if at == start {
            return Found::Vacant(slots.len());
        }
    }
}

/// Publishes `record`, which is completely written, from the empty slot `vacant` on.
///
/// `Err` where another writer published the same labels first: their record, which is to be used; without one where
/// there is no empty slot.
pub(crate) fn publish(
    slots: &[Word],
    hash: u32,
    vacant: usize,
    record: u32,
    same: impl Fn(u32) -> bool,
) -> Result<(), Option<u32>> {
    let mut at = vacant;
    loop {
        let Some(slot) = slots.get(at) else {
            return Err(None);
        };
        if slot.replace(0, entry(hash, record)).is_ok() {
            return Ok(());
        }
        // Somebody took this slot: look at their labels, and go on behind them.
        match search(slots, hash, at, &same) {
            Found::Record(winner) => return Err(Some(winner)),
            Found::Vacant(next) => at = next,
        }
    }
}

/// Hands out record numbers: new ones in order, and spare ones that lost a race to be published.
///
/// The spare records form a stack: its head is a record number + 1 below a tag that changes with
/// every operation, so that a head that comes back is not taken for one that never left. The tag has
/// all bits that the number does not need: 27 in a family of 16 series.
#[repr(C)]
pub(crate) struct Pool {
    taken: Word,
    spare: Word,
}

impl Pool {
    pub(crate) const fn new() -> Self {
        Self { taken: Word::new(0), spare: Word::new(0) }
    }

    /// How many records were handed out as new.
    #[inline]
    pub(crate) fn taken(&self) -> u32 {
        self.taken.get()
    }

    /// Keeps record 0 back for the caller, unless that was done before.
    pub(crate) fn reserve_first(&self) {
        let _ = self.taken.replace(0, 1);
    }

    /// How many spare records there are; only while nobody else uses the pool.
    pub(crate) fn spares(&self, capacity: u32, next_of: impl Fn(u32) -> u32) -> u32 {
        let mask = number_mask(capacity);
        let (mut head, mut count) = (self.spare.get() & mask, 0);
        while let Some(record) = head.checked_sub(1) {
            count += 1;
            head = next_of(record) & mask;
        }
        count
    }

    /// Empties the stack of spare records; only while nobody else uses the pool.
    pub(crate) fn forget_spares(&self) {
        self.spare.set(0);
    }

    pub(crate) fn has_spare(&self, capacity: u32) -> bool {
        self.spare.get() & number_mask(capacity) != 0
    }

    /// A record that nobody else has; `next_of` tells what stands below a spare record.
    pub(crate) fn take(&self, capacity: u32, next_of: impl Fn(u32) -> u32) -> Option<u32> {
        let mask = number_mask(capacity);
        let head = self.spare.update(|head| {
            let record = (head & mask).checked_sub(1)?;
            Some(next_tag(head, mask) | (next_of(record) & mask))
        });
        if let Some(head) = head {
            return Some((head & mask) - 1);
        }
        self.taken.update(|taken| (taken < capacity).then_some(taken + 1))
    }

    /// Keeps `record` for a later [`take`](Self::take); `link` stores what stands below it.
    #[cold]
    #[inline(never)]
    pub(crate) fn give_back(&self, capacity: u32, record: u32, link: impl Fn(u32)) {
        let mask = number_mask(capacity);
        self.spare.update(|head| {
            link(head & mask);
            Some(next_tag(head, mask) | (record + 1))
        });
    }
}

/// The bits that a record number + 1 takes. Once for all callers: counting zeros takes small cores 100 bytes.
#[inline(never)]
fn number_mask(capacity: u32) -> u32 {
    u32::MAX >> capacity.leading_zeros().min(31)
}

fn next_tag(head: u32, mask: u32) -> u32 {
    (head & !mask).wrapping_add(mask + 1)
}
