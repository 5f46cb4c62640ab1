//! Slots: what is replaced as a whole is read as a whole.

use crate::atomic::Word;
use crate::slot::Slot;
use crate::words::{Weaken, explore, explore_weakened};
use loom::thread;
use std::sync::Arc;

/// The count, and two words that belong together.
type Words = Arc<[Word; 3]>;

fn words() -> Words {
    Arc::new([const { Word::new(0) }; 3])
}

/// Puts the same number into both words.
fn put(words: &Words, number: u32) -> bool {
    Slot::new(words.as_slice()).replace(|pen| {
        pen.put_word(number);
        pen.put_word(number);
    })
}

fn read(words: &Words) -> Option<u32> {
    let pair = Slot::new(words.as_slice()).read(|words| (words[0].get(), words[1].get()));
    pair.map(|(first, second)| {
        assert_eq!(first, second, "torn");
        first
    })
}

fn a_reader_beside_a_writer() {
    let words = words();
    let others = words.clone();
    let writer = thread::spawn(move || assert!(put(&others, 1) && put(&others, 2)));
    assert!(read(&words).is_none_or(|number| number <= 2));
    writer.join().unwrap();
    assert_eq!(read(&words), Some(2));
}

#[test]
fn a_reader_sees_no_half_of_what_is_written() {
    explore(Some(3), a_reader_beside_a_writer);
}

#[test]
#[should_panic(expected = "torn")]
fn without_release_it_does() {
    explore_weakened(Weaken::Release, Some(3), a_reader_beside_a_writer);
}

#[test]
#[should_panic(expected = "torn")]
fn without_acquire_it_does() {
    explore_weakened(Weaken::Acquire, Some(3), a_reader_beside_a_writer);
}

#[test]
fn of_two_writers_one_or_both_succeed_and_neither_is_torn() {
    explore(Some(3), || {
        let words = words();
        let others = words.clone();
        let writer = thread::spawn(move || put(&others, 1));
        let second = put(&words, 2);
        let first = writer.join().unwrap();
        assert!(first || second);
        let seen = read(&words);
        assert!(seen == Some(1) && first || seen == Some(2) && second);
    });
}

// At most 2 preemptions.
#[test]
fn a_reader_beside_two_writers_sees_what_one_of_them_wrote() {
    explore(Some(2), || {
        let words = words();
        let writers = [1, 2].map(|number| {
            let others = words.clone();
            thread::spawn(move || put(&others, number))
        });
        assert!(read(&words).is_none_or(|number| number <= 2));
        assert!(writers.map(|writer| writer.join().unwrap()).contains(&true));
    });
}
