//! Time: every contender in turn, ratios within a round, the median over the rounds.

use crate::case::Load;
use core::hint::spin_loop;
use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Instant;

/// Rounds that count.
const ROUNDS: usize = 51;
/// Timings that may be lost meanwhile; then the machine is too busy.
const MOST_DROPPED: usize = 2000;
/// The same, in a row.
const MOST_TRIES: usize = 50;
/// Fewer than this are too few for a median.
const FEWEST: usize = 7;

/// What the rounds say about one contender.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) ns: f64,
    pub(crate) ratio: f64,
}

/// One timing.
pub(crate) struct Timing {
    /// Per operation.
    pub(crate) ns: f64,
    /// Whether a thread had to give up its processor meanwhile.
    pub(crate) lost: bool,
}

/// How the contenders of a workload compare; the first one is the limit.
///
/// In each round the order of the contenders is another one, so that none has the warm place.
pub(crate) fn rounds(contenders: usize, mut time: impl FnMut(usize) -> Timing) -> Vec<Measured> {
    let mut good: Vec<Vec<f64>> = Vec::new();
    let mut dropped = 0;
    for contender in 0..contenders {
        // Warms up, and prepares operands and pages.
        time(contender);
    }
    while good.len() < ROUNDS && dropped < MOST_DROPPED {
        let mut round = vec![0.0; contenders];
        for step in 0..contenders {
            let contender = (step + good.len()) % contenders;
            round[contender] = undisturbed(|| time(contender), &mut dropped);
        }
        good.push(round);
    }
    good.retain(|round| round.iter().all(|ns| ns.is_finite()));
    summary(&good, contenders, dropped)
}

/// The first timing during which nobody took a processor away; not a number after too many tries.
///
/// It is taken again at once, while the time slice is fresh, and not with the rest of its round: on a
/// busy machine hardly any round as a whole remains undisturbed.
fn undisturbed(mut time: impl FnMut() -> Timing, dropped: &mut usize) -> f64 {
    for _ in 0..MOST_TRIES {
        let timing = time();
        if !timing.lost {
            return timing.ns;
        }
        *dropped += 1;
    }
    f64::NAN
}

/// The medians of complete rounds; nothing where there are too few of them.
pub(crate) fn summary(rounds: &[Vec<f64>], contenders: usize, dropped: usize) -> Vec<Measured> {
    if rounds.len() < FEWEST {
        eprintln!(
            "  the machine is too busy: {dropped} timings lost, {} good rounds",
            rounds.len()
        );
        return vec![Measured { ns: f64::NAN, ratio: f64::NAN }; contenders];
    }
    let of = |contender: usize| Measured {
        ns: median(rounds.iter().map(|round| round[contender])),
        ratio: median(rounds.iter().map(|round| round[contender] / round[0])),
    };
    (0..contenders).map(of).collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Times one thread.
pub(crate) fn one(work: fn(usize), load: Load) -> Timing {
    let before = switches();
    let start = Instant::now();
    work(load.passes);
    let elapsed = start.elapsed();
    let lost = switches() != before;
    Timing { ns: elapsed.as_nanos() as f64 / (load.passes * load.per_pass) as f64, lost }
}

/// Times two threads, each on a processor of its own, from the moment both are ready until both are done.
pub(crate) fn two(work: fn(usize), load: Load, processors: [usize; 2]) -> Timing {
    let ready = AtomicUsize::new(0);
    let run = |processor: usize| {
        pin(processor);
        ready.fetch_add(1, SeqCst);
        while ready.load(SeqCst) < 2 {
            spin_loop();
        }
        one(work, load)
    };
    let timings = thread::scope(|scope| {
        let threads = processors.map(|processor| scope.spawn(move || run(processor)));
        threads.map(|thread| thread.join().expect("a contender does not panic"))
    });
    let [first, second] = timings;
    Timing { ns: first.ns.max(second.ns), lost: first.lost || second.lost }
}

/// How often this thread was made to wait for a processor.
fn switches() -> i64 {
    // SAFETY: all zeros is a value of this plain C struct, which the call fills.
    unsafe {
        let mut usage: libc::rusage = core::mem::zeroed();
        libc::getrusage(libc::RUSAGE_THREAD, &raw mut usage);
        usage.ru_nivcsw
    }
}

/// Two processors that this process may use.
pub(crate) fn processors() -> Option<[usize; 2]> {
    // SAFETY: all zeros is an empty set, which the call fills; `CPU_ISSET` reads inside of it.
    let mut allowed = unsafe {
        let mut set: libc::cpu_set_t = core::mem::zeroed();
        libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &raw mut set);
        (0..libc::CPU_SETSIZE as usize).filter(move |processor| libc::CPU_ISSET(*processor, &set))
    };
    Some([allowed.next()?, allowed.next()?])
}

fn pin(processor: usize) {
    // SAFETY: all zeros is an empty set, and `processor` was found in such a set.
    unsafe {
        let mut set: libc::cpu_set_t = core::mem::zeroed();
        libc::CPU_SET(processor, &mut set);
        libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_a_round() {
        let rounds: Vec<_> =
            (1..=9).map(|speed| vec![f64::from(speed), 2.0 * f64::from(speed)]).collect();
        let summary = summary(&rounds, 2, 0);
        assert_eq!((summary[0].ns, summary[0].ratio), (5.0, 1.0));
        assert_eq!((summary[1].ns, summary[1].ratio), (10.0, 2.0));
    }

    #[test]
    fn a_timing_in_which_a_thread_lost_its_processor_does_not_count() {
        let mut calls = 0;
        let measured = rounds(1, |_| {
            calls += 1;
            let lost = calls % 2 == 0;
            Timing { ns: if lost { 1000.0 } else { 5.0 }, lost }
        });
        assert_eq!(measured[0].ns, 5.0);
    }
}
