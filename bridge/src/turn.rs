//! One after another, and not for ever.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// How many may wait; more are sent away at once, so that a device that is stuck ties up few threads.
const MAX_WAITING: usize = 8;

/// Something that one caller at a time may use.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    queue: Mutex<Queue>,
    free: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    taken: bool,
    waiting: usize,
}

/// The right to use it, until dropped.
pub(crate) struct Taken<'a>(&'a Turn);

impl Turn {
    /// Waits until it is free; `None` if it was not in time, or too many wait already.
    pub(crate) fn take(&self, deadline: Instant) -> Option<Taken<'_>> {
        let mut queue = self.lock();
        if queue.waiting >= MAX_WAITING {
            return None;
        }
        queue.waiting += 1;
        let patience = deadline.saturating_duration_since(Instant::now());
        let (mut queue, _) = self
            .free
            .wait_timeout_while(queue, patience, |queue| queue.taken)
            .unwrap_or_else(PoisonError::into_inner);
        queue.waiting -= 1;
        if queue.taken {
            return None;
        }
        queue.taken = true;
        Some(Taken(self))
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.lock().taken = false;
        self.0.free.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::time::Duration;
    use std::thread;

    #[test]
    fn one_has_it_at_a_time() {
        let turn = Turn::default();
        let soon = || Instant::now() + Duration::from_millis(10);
        let first = turn.take(soon());
        assert!(first.is_some());
        assert!(turn.take(soon()).is_none());
        drop(first);
        assert!(turn.take(soon()).is_some());
    }

    #[test]
    fn only_so_many_wait() {
        let turn = Turn::default();
        let first = turn.take(Instant::now());
        let later = Instant::now() + Duration::from_secs(20);
        thread::scope(|scope| {
            let waiting: Vec<_> =
                (0..MAX_WAITING).map(|_| scope.spawn(|| turn.take(later).is_some())).collect();
            while turn.lock().waiting < MAX_WAITING {
                thread::yield_now();
            }
            assert!(turn.take(later).is_none());
            drop(first);
            for waiting in waiting {
                assert!(waiting.join().unwrap());
            }
        });
    }
}
