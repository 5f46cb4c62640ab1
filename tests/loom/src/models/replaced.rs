//! The labels of an info: set and replaced while pages read them.

use crate::atomic::Word;
use crate::metrics::info_cell::{BadInfo, label, load, set};
use crate::open::{Reading, Scratch};
use crate::slot::Slot;
use crate::words::{Weaken, explore, explore_weakened};
use loom::thread;
use std::sync::Arc;

/// The count, the length of the labels, and 8 bytes of them.
type Words = Arc<[Word; 4]>;

fn words() -> Words {
    Arc::new([const { Word::new(0) }; 4])
}

/// Name and value in different words.
fn replace(words: &Words, letter: u8) -> Result<(), BadInfo> {
    let text = [letter];
    set(Slot::new(words.as_slice()), 8, &|at| (at == 0).then_some((&text[..], &text[..])))
}

/// What a page would show; 0 where there are no labels.
fn read(words: &Words) -> u8 {
    let mut memory = [0; 16];
    // SAFETY: nobody else uses the memory.
    let reading = Reading { scratch: unsafe { Scratch::new(&mut memory) }, ..Reading::PLAIN };
    let len = load(Slot::new(words.as_slice()), &reading);
    match label(&memory[..len.into()], 0) {
        None => 0,
        Some((name, value)) => {
            assert!(!name.is_empty() && name == value, "torn");
            name[0]
        }
    }
}

fn a_page_beside_who_replaces() {
    let words = words();
    let others = words.clone();
    let setter = thread::spawn(move || {
        replace(&others, b'a').unwrap();
        replace(&others, b'b').unwrap();
    });
    let seen = read(&words);
    assert!([0, b'a', b'b'].contains(&seen));
    setter.join().unwrap();
    assert_eq!(read(&words), b'b');
}

// At most 2 preemptions.
#[test]
fn a_page_shows_labels_that_belong_together() {
    explore(Some(2), a_page_beside_who_replaces);
}

#[test]
#[should_panic(expected = "torn")]
fn without_release_it_mixes_them() {
    explore_weakened(Weaken::Release, Some(2), a_page_beside_who_replaces);
}

#[test]
#[should_panic(expected = "torn")]
fn without_acquire_it_does_too() {
    explore_weakened(Weaken::Acquire, Some(2), a_page_beside_who_replaces);
}

#[test]
fn of_two_who_replace_at_once_one_is_told_that_it_did_not() {
    explore(Some(3), || {
        let words = words();
        let others = words.clone();
        let setter = thread::spawn(move || replace(&others, b'a'));
        let mine = replace(&words, b'b');
        let theirs = setter.join().unwrap();
        let seen = read(&words);
        assert!(mine.is_ok() && seen == b'b' || theirs.is_ok() && seen == b'a');
        assert!([mine, theirs].iter().all(|set| matches!(set, Ok(()) | Err(BadInfo::Busy))));
    });
}
