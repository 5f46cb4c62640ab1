//! Families from a signal handler: whoever it interrupts, nobody waits and nothing is lost.
//!
//! Not in the `locked` layout: there a handler must be kept out by the critical section, and that of
//! this test's host only keeps out other threads.

#![cfg(all(unix, not(nanoprom_layout = "locked")))]

mod golden;

use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use core::{hint, mem, ptr};
use golden::{checked, page};
use nanoprom::{Family, IntCounter, metrics};
use std::sync::OnceLock;
use std::thread;

const SERIES: usize = 6000;

metrics! {
    static METRICS;
    /// Children that a thread and its signal handler create.
    static FAMILY: Family<IntCounter, 2, 6100, 800> = "x_total", labels = ["a", "b"];
}

static VALUES: OnceLock<Vec<[String; 2]>> = OnceLock::new();
/// What the page must show.
static EXPECTED: [AtomicU64; SERIES] = [const { AtomicU64::new(0) }; SERIES];
/// The child that the interrupted thread is at.
static AT: AtomicUsize = AtomicUsize::new(0);
static SIGNALS: AtomicU64 = AtomicU64::new(0);

/// Asks for child `number`; safe in a handler, as it only touches atomics and strings made before.
fn count(number: usize) {
    let Some([a, b]) = VALUES.get().and_then(|values| values.get(number)) else {
        return;
    };
    if let Ok(child) = FAMILY.labels([a, b]) {
        child.inc();
        EXPECTED[number].fetch_add(1, Relaxed);
    }
}

extern "C" fn handler(_: libc::c_int) {
    // The very child that may be half made; now and then the one that comes next.
    let at = AT.load(Relaxed);
    count(at);
    if SIGNALS.fetch_add(1, Relaxed).is_multiple_of(16) {
        count(at + 1);
    }
}

fn install() {
    // SAFETY: the handler is async-signal-safe, and the zeroed action is completed before its use.
    unsafe {
        let mut action: libc::sigaction = mem::zeroed();
        action.sa_sigaction = handler as extern "C" fn(libc::c_int) as usize;
        action.sa_flags = libc::SA_RESTART;
        assert_eq!(libc::sigaction(libc::SIGUSR1, &action, ptr::null_mut()), 0);
    }
}

#[test]
fn children_made_by_a_thread_and_its_signal_handler_are_one_and_counted_exactly() {
    // Long values: making a child takes a while, and the handler comes in the middle.
    let value = |n: usize| format!("{n:0400}");
    let values = (0..SERIES).map(|n| [value(n), value(n * 3)]);
    VALUES.set(values.collect()).unwrap();
    install();
    // SAFETY: the id of this thread, which outlives the scope below.
    let target = unsafe { libc::pthread_self() };
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Relaxed) {
                // SAFETY: the thread is alive: it waits for this one.
                unsafe { libc::pthread_kill(target, libc::SIGUSR1) };
                // Lets the target go on where there is one core only.
                thread::yield_now();
            }
        });
        for number in 0..SERIES {
            // Not faster than the signals come.
            let signals = SIGNALS.load(Relaxed);
            while SIGNALS.load(Relaxed) == signals {
                thread::yield_now();
            }
            // Another time from the last signal each time, so that the next one comes at any point.
            for _ in 0..number % 100 {
                hint::spin_loop();
            }
            AT.store(number, Relaxed);
            for _ in 0..10 {
                count(number);
            }
        }
        done.store(true, Relaxed);
    });
    assert_eq!(FAMILY.refused(), 0);
    let page = checked(page(&METRICS).as_bytes());
    assert_eq!(page.family("x_total").unwrap().samples.len(), SERIES);
    for ([a, b], expected) in VALUES.get().unwrap().iter().zip(&EXPECTED) {
        let sample = page.sample("x_total", &[("a", a), ("b", b)]).unwrap();
        assert_eq!(sample.u64(), Some(expected.load(Relaxed)));
    }
}
