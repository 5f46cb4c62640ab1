//! A family that is handed over, reclaimed and used again.
//!
//! What the caller of `reclaim` promises is that others are done with the family and have said so; a word,
//! as any lock would, tells it here. Children that are kept may be updated meanwhile.

use super::family::World;
use crate::atomic::Word;
use crate::words::{Weaken, explore, explore_weakened};
use loom::thread;
use std::sync::Arc;

/// One thread removes a child and hands the family over; another reclaims it for other labels.
fn handed_over() {
    let (world, done) = (World::new(), Arc::new(Word::new(0)));
    world.ask("a").inc();
    world.ask("b").inc();
    let (other, says) = (world.clone(), done.clone());
    let thread = thread::spawn(move || {
        assert!(other.family.remove(["a"]));
        says.set(1);
    });
    if done.get() == 1 {
        // SAFETY: the other thread has said that it is done.
        assert_eq!(unsafe { world.family.reclaim() }, 1, "it was removed");
        assert_eq!(world.ask("c").get(), 0);
        assert_eq!(world.ask("b").get(), 1);
        assert_eq!(world.shown(), 2);
        assert!(world.family.labels(["a"]).is_err());
    }
    thread.join().unwrap();
}

#[test]
fn a_family_that_was_handed_over_is_reclaimed() {
    explore(None, handed_over);
}

#[test]
#[should_panic(expected = "it was removed")]
fn without_acquire_what_was_removed_is_not_seen() {
    explore_weakened(Weaken::Acquire, None, handed_over);
}

#[test]
#[should_panic(expected = "it was removed")]
fn without_release_neither() {
    explore_weakened(Weaken::Release, None, handed_over);
}

#[test]
fn a_child_that_is_kept_counts_on_meanwhile() {
    explore(Some(3), || {
        let world = World::new();
        world.ask("a");
        world.ask("b").inc();
        assert!(world.family.remove(["a"]));
        let other = world.clone();
        let kept: &'static _ = world.family.labels(["b"]).unwrap();
        let thread = thread::spawn(move || {
            kept.total().inc();
            drop(other);
        });
        // SAFETY: nobody else uses the family, and no handle to a removed child is kept.
        assert_eq!(unsafe { world.family.reclaim() }, 1);
        thread.join().unwrap();
        assert_eq!(world.ask("b").get(), 2);
        assert_eq!(world.ask("c").get(), 0);
    });
}
