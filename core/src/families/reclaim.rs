//! Room of removed series, for other labels.

use crate::atomic::Word;
use crate::families::any_family::AnyFamily;
use crate::families::hash::hash;
use crate::families::index::{self, Found};
use crate::families::record::{ESCAPED, FREE, HIDDEN, STATE_BITS};
use crate::reclaimed;
use core::ptr;

impl AnyFamily {
    /// Gives the records of removed series back and moves the text of all others together; returns how
    /// many series may be added again.
    ///
    /// # Safety
    ///
    /// As for `Family::reclaim`.
    pub unsafe fn reclaim(&self) -> u32 {
        let head = self.head();
        let taken = head.pool.taken();
        debug_assert!(
            self.numbers(taken, |state| state == FREE).count() as u32
                == head.pool.spares(self.capacity, |number| self.state(number).get() >> STATE_BITS),
            "a family is reclaimed while labels are added to it"
        );
        reclaimed::note(ptr::from_ref(head).cast());
        // The child `other` keeps its record and its text.
        let other = self.overflow.is_some();
        let mut count = 0;
        for number in self.numbers(taken, |state| state == HIDDEN).skip_while(|&n| other && n == 0)
        {
            self.state(number).set(FREE);
            count += 1;
        }
        self.compact(taken);
        head.pool.forget_spares();
        for number in self.numbers(taken, |state| state == FREE) {
            // SAFETY: nobody else uses the record, and the family's kind goes with its cells. A handle
            // may have added to the cell after its removal.
            unsafe {
                (self.kind().reset)(self.series(number).cell, &self.bounds());
                self.forget_text(number);
            }
            let link = |next| self.state(number).set((next << STATE_BITS) | FREE);
            head.pool.give_back(self.capacity, number, link);
        }
        // Again: a page may have come to it meanwhile.
        reclaimed::note(ptr::from_ref(head).cast());
        count
    }

    /// The records below `taken` in a state that passes.
    fn numbers(&self, taken: u32, passes: impl Fn(u32) -> bool) -> impl Iterator<Item = u32> {
        let state = |number| self.state(number).get() & ((1 << STATE_BITS) - 1);
        (0..taken).filter(move |&number| passes(state(number)))
    }

    /// Moves the text of all records that are not free to the front, and makes the index anew.
    fn compact(&self, taken: u32) {
        // The index has two words for each record: one is enough for a list of them in the order of
        // their text, which so moves to the front only.
        let (slots, mut kept) = (self.slots(), 0);
        for (slot, number) in slots.iter().zip(self.numbers(taken, |state| state != FREE)) {
            slot.set(number);
            kept += 1;
        }
        let list = slots.get(..kept).unwrap_or_default();
        sort(list, |number| self.text_position(number) & !ESCAPED);
        let mut end = 0;
        for slot in list {
            // SAFETY: nobody else uses the text, and it moves to the front.
            end += unsafe { self.move_text(slot.get(), end) };
        }
        self.head().text.set(end);
        self.head().published.set(kept as u32);
        slots.iter().for_each(|slot| slot.set(0));
        for number in self.numbers(taken, |state| state != FREE) {
            let hash = hash(self.series(number).values(self.names()));
            if let Found::Vacant(vacant) = index::find(slots, hash, |_| false) {
                let _ = index::publish(slots, hash, vacant, number, |_| false);
            }
        }
    }
}

/// Heapsort: no memory, and no worst case.
fn sort(list: &[Word], key: impl Fn(u32) -> u32) {
    let get = |at: usize| list.get(at).map_or(0, Word::get);
    let swap = |a: usize, b: usize| {
        let (first, second) = (get(a), get(b));
        list.get(a).into_iter().for_each(|word| word.set(second));
        list.get(b).into_iter().for_each(|word| word.set(first));
    };
    let sift = |mut at: usize, end: usize| {
        while 2 * at + 1 < end {
            let left = 2 * at + 1;
            let right = left + 1;
            let larger = if right < end && key(get(right)) > key(get(left)) { right } else { left };
            if key(get(at)) >= key(get(larger)) {
                break;
            }
            swap(at, larger);
            at = larger;
        }
    };
    (0..list.len() / 2).rev().for_each(|at| sift(at, list.len()));
    for end in (1..list.len()).rev() {
        swap(0, end);
        sift(0, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn a_list_of_any_order_is_sorted() {
        for len in 0..40_u32 {
            let list: Vec<Word> = (0..len).map(|n| Word::new(n * 17 % len.max(1))).collect();
            let mut expected: Vec<u32> = list.iter().map(Word::get).collect();
            expected.sort_unstable_by_key(|n| u32::MAX - n);
            sort(&list, |n| u32::MAX - n);
            assert_eq!(list.iter().map(Word::get).collect::<Vec<_>>(), expected);
        }
    }
}
