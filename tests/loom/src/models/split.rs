//! Totals in two words: what a reader may see while writers are at work.

use crate::atomic::split::Split;
use crate::words::{Weaken, explore, explore_weakened};
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;
use std::sync::Arc;

/// Every addition of this amount changes both words.
const STEP: u64 = 1 << 28;
/// The next step from here changes the wheel, and the one after that wraps `low`.
const BELOW_WRAP: u64 = (1 << 32) - STEP - 1;

/// The writers of a model: what each of them adds, in turn.
type Writers = &'static [&'static [u64]];

const AGAIN_AND_AGAIN: Writers = &[&[STEP, STEP], &[STEP]];

/// Writers at work beside a reader that looks `looks` times.
fn observed(start: u64, writers: Writers, looks: usize) {
    let total = Arc::new(Split::new());
    total.add(start);
    let threads: Vec<_> = writers
        .iter()
        .map(|amounts| {
            let total = total.clone();
            thread::spawn(move || {
                for &amount in *amounts {
                    total.add(amount);
                }
            })
        })
        .collect();
    let seen: Vec<_> = (0..looks).map(|_| total.get()).collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let sums = sums(start, writers);
    assert_eq!(Some(&total.get()), sums.iter().max(), "the final value");
    assert!(seen.is_sorted(), "{seen:#x?} goes back");
    for value in seen {
        assert!(sums.contains(&value), "{value:#x} never was the total");
    }
}

/// All values that the total passes through, in any order of its writers' additions.
fn sums(start: u64, writers: Writers) -> Vec<u64> {
    let mut sums = vec![start];
    for amounts in writers {
        let before = sums.clone();
        let mut added = 0;
        for part in amounts.iter().flat_map(|&amount| parts(amount)) {
            added += part;
            sums.extend(before.iter().map(|sum| sum + added));
        }
    }
    sums
}

/// The parts in which an addition becomes visible.
fn parts(amount: u64) -> Vec<u64> {
    if amount <= STEP {
        return vec![amount];
    }
    let mut parts = vec![amount >> 32 << 32];
    let mut rest = amount & 0xffff_ffff;
    while rest > STEP {
        parts.push(STEP);
        rest -= STEP;
    }
    parts.push(rest);
    parts
}

// At most 5 preemptions.
#[test]
fn two_writers_and_a_reader() {
    explore(Some(5), || observed(0, &[&[STEP], &[STEP]], 1));
}

// At most 3 preemptions.
#[test]
fn a_reader_never_goes_back() {
    explore(Some(3), || observed(0, &[&[STEP], &[STEP]], 2));
}

// At most 3 preemptions.
#[test]
fn a_reader_never_goes_back_across_the_wrap_of_the_low_word() {
    explore(Some(3), || observed(BELOW_WRAP, &[&[STEP], &[STEP]], 2));
}

// At most 3 preemptions.
#[test]
fn writers_that_cross_only_together() {
    explore(Some(3), || observed(STEP - 2, &[&[1], &[1]], 2));
}

// At most 2 preemptions.
#[test]
fn writers_that_add_again_and_again() {
    explore(Some(2), || observed(BELOW_WRAP, AGAIN_AND_AGAIN, 2));
}

// At most 2 preemptions. The third writer may run wholly between the two steps of another, as an
// interrupt does; on one core that is a part of these orders.
#[test]
fn a_writer_within_another_writer() {
    explore(Some(2), || observed(BELOW_WRAP, &[&[STEP], &[STEP], &[STEP]], 1));
}

// At most 2 preemptions.
#[test]
fn an_amount_that_is_added_in_parts() {
    explore(Some(2), || {
        observed(BELOW_WRAP, &[&[(1 << 32) + STEP + 5], &[STEP]], 1);
    });
}

// At most 3 preemptions.
#[test]
fn what_was_added_before_is_seen() {
    explore(Some(3), || {
        let total = Arc::new(Split::new());
        total.add(BELOW_WRAP);
        let done = Arc::new(AtomicBool::new(false));
        let first = {
            let (total, done) = (total.clone(), done.clone());
            thread::spawn(move || {
                total.add(STEP);
                done.store(true, Ordering::Release);
            })
        };
        let second = {
            let total = total.clone();
            thread::spawn(move || {
                total.add(STEP);
                assert!(total.get() >= BELOW_WRAP + STEP, "misses its own addition");
            })
        };
        if done.load(Ordering::Acquire) {
            assert!(total.get() >= BELOW_WRAP + STEP, "misses an addition");
        }
        first.join().unwrap();
        second.join().unwrap();
    });
}

/// A reset beside a writer: whatever the reset did not see is still there.
fn reset_beside_a_writer(start: u64, amount: u64) {
    let total = Arc::new(Split::new());
    total.add(start);
    let writer = {
        let total = total.clone();
        thread::spawn(move || total.add(amount))
    };
    total.reset();
    writer.join().unwrap();
    let mut left = vec![amount];
    for part in parts(amount) {
        left.push(left[left.len() - 1] - part);
    }
    let value = total.get();
    assert!(left.contains(&value), "{value:#x} is left of {amount:#x}");
}

#[test]
fn a_reset_keeps_what_it_did_not_see() {
    explore(None, || reset_beside_a_writer(3 * STEP + 7, STEP));
}

#[test]
fn a_reset_keeps_what_it_did_not_see_across_the_wrap_of_the_low_word() {
    explore(None, || reset_beside_a_writer(BELOW_WRAP + STEP, STEP));
}

// At most 3 preemptions.
#[test]
fn a_reset_keeps_the_parts_that_it_did_not_see() {
    explore(Some(3), || {
        reset_beside_a_writer(BELOW_WRAP, (1 << 32) + STEP + 5);
    });
}

#[test]
#[should_panic(expected = "never was the total")]
fn without_release_a_reader_is_wrong() {
    explore_weakened(Weaken::Release, Some(3), || {
        observed(BELOW_WRAP, AGAIN_AND_AGAIN, 2);
    });
}

#[test]
#[should_panic(expected = "never was the total")]
fn without_acquire_a_reader_is_wrong() {
    explore_weakened(Weaken::Acquire, Some(3), || {
        observed(BELOW_WRAP, AGAIN_AND_AGAIN, 2);
    });
}
