//! The index of a family, and the pool of its records.

use crate::atomic::Word;
use crate::families::index::{Found, Pool, find, publish};
use crate::words::{Weaken, explore, explore_weakened};
use loom::cell::UnsafeCell;
use loom::thread;
use std::sync::Arc;

/// What a family keeps, with a number for the labels. loom knows of the number's readers and
/// writers, so a record that is seen half-written, or handed out twice, fails its model.
struct Table<const SLOTS: usize, const RECORDS: usize> {
    slots: [Word; SLOTS],
    pool: Pool,
    records: [Record; RECORDS],
}

struct Record {
    labels: UnsafeCell<u32>,
    next: Word,
}

// SAFETY: loom checks that nobody looks at `labels` while they are written.
unsafe impl<const SLOTS: usize, const RECORDS: usize> Sync for Table<SLOTS, RECORDS> {}

/// Two hashes that choose the same slot, and look different in it.
const HASH: u32 = 1;
const OTHER_HASH: u32 = 2;

impl<const SLOTS: usize, const RECORDS: usize> Table<SLOTS, RECORDS> {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            slots: [const { Word::new(0) }; SLOTS],
            pool: Pool::new(),
            records: std::array::from_fn(|_| Record {
                labels: UnsafeCell::new(0),
                next: Word::new(0),
            }),
        })
    }

    fn same(&self, labels: u32) -> impl Fn(u32) -> bool {
        move |record| {
            let cell = &self.records[record as usize].labels;
            // SAFETY: loom checks that nobody writes.
            cell.with(|there| unsafe { *there } == labels)
        }
    }

    fn write(&self, record: u32, labels: u32) {
        let cell = &self.records[record as usize].labels;
        // SAFETY: loom checks that nobody else reads or writes.
        cell.with_mut(|there| unsafe { *there = labels });
    }

    fn find(&self, hash: u32, labels: u32) -> Option<u32> {
        match find(&self.slots, hash, self.same(labels)) {
            Found::Record(record) => Some(record),
            Found::Vacant(_) => None,
        }
    }

    fn take(&self) -> Option<u32> {
        let next_of = |record| self.records[record as usize].next.get();
        self.pool.take(RECORDS as u32, next_of)
    }

    fn give_back(&self, record: u32) {
        let link = |next| self.records[record as usize].next.set(next);
        self.pool.give_back(RECORDS as u32, record, link);
    }

    /// In the order in which a family does it.
    fn insert(&self, hash: u32, labels: u32) -> Option<u32> {
        let vacant = match find(&self.slots, hash, self.same(labels)) {
            Found::Record(record) => return Some(record),
            Found::Vacant(vacant) => vacant,
        };
        let record = self.take()?;
        self.write(record, labels);
        match publish(&self.slots, hash, vacant, record, self.same(labels)) {
            Ok(()) => Some(record),
            Err(winner) => {
                self.give_back(record);
                winner
            }
        }
    }
}

/// Does `other` beside `mine`.
fn beside<T: Sync + Send + 'static, A: 'static, B>(
    table: &Arc<T>,
    other: impl FnOnce(&T) -> A + 'static,
    mine: impl FnOnce(&T) -> B,
) -> (A, B) {
    let theirs = table.clone();
    let thread = thread::spawn(move || other(&theirs));
    let result = mine(table);
    (thread.join().unwrap(), result)
}

#[test]
fn the_same_labels_are_published_once_and_the_other_record_is_kept() {
    explore(None, || {
        let table = Table::<4, 2>::new();
        let (a, b) = beside(&table, |t| t.insert(HASH, 7), |t| t.insert(HASH, 7));
        let record = a.unwrap();
        assert_eq!(b, Some(record));
        assert_eq!(table.find(HASH, 7), Some(record));
        // There are two records: had the loser's been lost, there would be none for other labels.
        assert_eq!(table.insert(HASH, 8), Some(1 - record));
        assert_eq!(table.find(HASH, 7), Some(record));
        assert_eq!(table.insert(HASH, 9), None);
    });
}

#[test]
fn labels_with_the_same_hash_are_both_found() {
    explore(None, || {
        let table = Table::<4, 2>::new();
        let (a, b) = beside(&table, |t| t.insert(HASH, 7), |t| t.insert(HASH, 8));
        assert_ne!(a, b);
        assert!(a.is_some() && b.is_some());
        assert_eq!(table.find(HASH, 7), a);
        assert_eq!(table.find(HASH, 8), b);
    });
}

#[test]
fn hashes_with_the_same_slot_are_both_found() {
    explore(None, || {
        let table = Table::<4, 2>::new();
        let (a, b) = beside(&table, |t| t.insert(HASH, 7), |t| t.insert(OTHER_HASH, 8));
        assert!(a.is_some() && b.is_some() && a != b);
        assert_eq!(table.find(HASH, 7), a);
        assert_eq!(table.find(OTHER_HASH, 8), b);
        assert_eq!(table.find(OTHER_HASH, 7), None);
    });
}

// At most 3 preemptions.
#[test]
fn three_writers_of_two_sets_of_labels() {
    explore(Some(3), || {
        let table = Table::<4, 3>::new();
        let third = {
            let table = table.clone();
            thread::spawn(move || table.insert(HASH, 7))
        };
        let (a, b) = beside(&table, |t| t.insert(HASH, 8), |t| t.insert(HASH, 7));
        assert_eq!(third.join().unwrap(), b);
        assert_ne!(a, b);
        assert_eq!(table.find(HASH, 7), b);
        assert_eq!(table.find(HASH, 8), a);
        assert!(table.insert(HASH, 9).is_some(), "the third record is still there");
    });
}

fn a_look_up_beside_an_insertion() {
    let table = Table::<4, 2>::new();
    table.insert(OTHER_HASH, 3);
    // `find` looks at the labels of what it finds, so loom sees whether they were complete.
    let (added, found) = beside(&table, |t| t.insert(HASH, 7), |t| t.find(HASH, 7));
    assert!(added.is_some());
    assert!(found.is_none() || found == added);
}

#[test]
fn what_is_found_is_complete() {
    explore(None, a_look_up_beside_an_insertion);
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_release_what_is_found_may_be_incomplete() {
    explore_weakened(Weaken::Release, None, a_look_up_beside_an_insertion);
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_acquire_what_is_found_may_be_incomplete() {
    explore_weakened(Weaken::Acquire, None, a_look_up_beside_an_insertion);
}

#[test]
fn the_last_record_goes_to_one_writer_and_the_other_returns() {
    explore(None, || {
        let table = Table::<4, 1>::new();
        let (a, b) = beside(&table, |t| t.insert(HASH, 7), |t| t.insert(HASH, 8));
        assert_eq!(a.xor(b), Some(0));
        assert_eq!(table.find(HASH, 7), a);
        assert_eq!(table.find(HASH, 8), b);
    });
}

#[test]
fn the_last_slot_goes_to_one_writer_and_the_other_returns() {
    explore(None, || {
        let table = Table::<1, 2>::new();
        let (a, b) = beside(&table, |t| t.insert(HASH, 7), |t| t.insert(HASH, 8));
        assert!(a.is_some() != b.is_some());
        // The loser's record is spare, and a look-up ends although no slot is empty.
        assert!(table.take().is_some());
        assert_eq!(table.find(HASH, 9), None);
    });
}

/// Two spare records, and no new ones: the head of the stack may leave and come back while another
/// writer looks at it.
fn takers_of_spare_records(table: &Arc<Table<0, 2>>) {
    let both = [table.take().unwrap(), table.take().unwrap()];
    for record in both {
        table.give_back(record);
    }
    let take = |table: &Table<0, 2>, times| {
        let mut mine = Vec::new();
        for _ in 0..times {
            if let Some(record) = table.take() {
                // Whoever holds it writes to it; loom sees if two do.
                table.write(record, 1);
                mine.push(record);
            }
        }
        mine
    };
    let (mut a, b) = beside(
        table,
        move |table| {
            let mut mine = take(table, 2);
            if !mine.is_empty() {
                table.give_back(mine.remove(0));
            }
            mine
        },
        move |table| take(table, 2),
    );
    a.extend(b);
    while let Some(record) = table.take() {
        a.push(record);
    }
    a.sort_unstable();
    assert_eq!(a, [0, 1], "each record has one holder");
}

// At most 4 preemptions.
#[test]
fn a_spare_record_is_handed_out_once() {
    explore(Some(4), || takers_of_spare_records(&Table::new()));
}

#[test]
#[should_panic(expected = "Causality violation")]
fn without_release_a_spare_record_is_shared() {
    explore_weakened(Weaken::Release, None, || takers_of_spare_records(&Table::new()));
}
