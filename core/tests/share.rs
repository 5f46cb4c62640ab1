//! Metrics that processes share. Each test is a process of its own, with the section as it was linked, and
//! forks workers.
#![cfg(target_os = "linux")]

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use nanoprom::runtime::{self, Description};
use nanoprom::share::{ShareError, reserve, share};
use nanoprom::{
    Counter, Family, Format, Gauge, Group, GrowingFamily, Histogram, IntCounter, LAYOUT, Metric,
    Refused, Type, Value, metrics, sample_value,
};
use std::panic::catch_unwind;
use std::process::exit;
use std::sync::Arc;
use std::{env, io, thread};

metrics! {
    static METRICS;
    /// Jobs.
    static JOBS: IntCounter = "jobs_total", section = "nprom_shared";
    /// Seconds.
    static SECONDS: Counter = "seconds_total", section = "nprom_shared";
    /// Workers at work.
    static AT_WORK: Gauge = "at_work", section = "nprom_shared";
    /// Times.
    static TIMES: Histogram<2> = "times", buckets = [1.0, 2.0], section = "nprom_shared";
    /// Jobs by worker and kind.
    static FIXED: Family<IntCounter, 2, 4096> = "fixed_total", labels = ["worker", "kind"],
        section = "nprom_shared";
    /// The same.
    static GROWING: GrowingFamily<IntCounter, 2> = "growing_total", labels = ["worker", "kind"],
        section = "nprom_shared";
    /// Of each process.
    static OWN: IntCounter = "own_total";
}

const WORKERS: usize = 4;
const TIMES_EACH: u64 = 100_000;

fn main() {
    let tests: [(&str, fn()); _] = [
        ("four_processes_count_exactly", four_processes_count_exactly),
        ("a_killed_worker_loses_nothing_it_counted", a_killed_worker_loses_nothing_it_counted),
        ("who_is_killed_while_adding_blocks_nobody", who_is_killed_while_adding_blocks_nobody),
        ("a_page_is_valid_while_others_write", a_page_is_valid_while_others_write),
        ("sharing_again_changes_nothing", sharing_again_changes_nothing),
        ("series_that_came_too_early_are_an_error", series_that_came_too_early_are_an_error),
        ("memory_that_is_used_up_refuses_series", memory_that_is_used_up_refuses_series),
        ("families_made_at_run_time_are_shared", families_made_at_run_time_are_shared),
    ];
    if LAYOUT != "native64" {
        assert!(matches!(reserve(1 << 20), Err(ShareError::Layout)));
        return;
    }
    let wanted: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let mut failed = 0;
    for (name, test) in tests {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
            continue;
        }
        let ended = wait(fork(|| {
            // A test that hangs is one that fails.
            // SAFETY: it only sets a time.
            unsafe { libc::alarm(120) };
            test();
        }));
        let ok = ended == Ended::Exit(0);
        failed += i32::from(!ok);
        println!("test {name} ... {}", if ok { "ok".into() } else { format!("FAILED: {ended:?}") });
    }
    exit(i32::from(failed > 0));
}

#[derive(Debug, PartialEq)]
enum Ended {
    Exit(i32),
    Signal(i32),
}

/// A process that does this, and ends.
fn fork(work: impl FnOnce()) -> libc::pid_t {
    // SAFETY: there are no other threads.
    match unsafe { libc::fork() } {
        0 => {
            let status = i32::from(catch_unwind(AssertUnwindSafe(work)).is_err());
            // SAFETY: without what the parent registered for its own end.
            unsafe { libc::_exit(status) };
        }
        pid => {
            assert!(pid > 0, "{}", io::Error::last_os_error());
            pid
        }
    }
}

fn wait(pid: libc::pid_t) -> Ended {
    let mut status = 0;
    // SAFETY: a child of this process.
    assert_eq!(unsafe { libc::waitpid(pid, &raw mut status, 0) }, pid);
    if libc::WIFSIGNALED(status) {
        Ended::Signal(libc::WTERMSIG(status))
    } else {
        Ended::Exit(libc::WEXITSTATUS(status))
    }
}

fn kill(pid: libc::pid_t) {
    // SAFETY: a child of this process that was not waited for.
    assert_eq!(unsafe { libc::kill(pid, libc::SIGKILL) }, 0);
    assert_eq!(wait(pid), Ended::Signal(libc::SIGKILL));
}

/// Kills this process while it does something else.
fn die_in(time: Duration) {
    // SAFETY: plain data; the timer is this process's own.
    unsafe {
        let mut event: libc::sigevent = core::mem::zeroed();
        event.sigev_notify = libc::SIGEV_SIGNAL;
        event.sigev_signo = libc::SIGKILL;
        let mut timer = core::mem::zeroed();
        let made = libc::timer_create(libc::CLOCK_MONOTONIC, &raw mut event, &raw mut timer);
        let mut when: libc::itimerspec = core::mem::zeroed();
        when.it_value.tv_nsec = time.as_nanos() as libc::c_long;
        assert_eq!(
            (made, libc::timer_settime(timer, 0, &raw const when, core::ptr::null_mut())),
            (0, 0)
        );
    }
}

fn begin() {
    // SAFETY: there are no other threads.
    unsafe { share() }.unwrap();
}

fn page(group: &Group<'_>) -> nanoprom_checker::Page {
    let mut bytes = Vec::new();
    nanoprom::encode(group, Format::Text, &mut nanoprom::IoWriter(&mut bytes)).unwrap();
    nanoprom_checker::parse(&bytes).unwrap_or_else(|faults| {
        panic!("{faults:?}\n{}", String::from_utf8_lossy(&bytes));
    })
}

fn value(name: &str) -> f64 {
    sample_value(&METRICS, name, &[]).map(Value::as_f64).unwrap()
}

fn four_processes_count_exactly() {
    JOBS.inc_by(7);
    OWN.inc();
    begin();
    let workers = [0, 1, 2, 3].map(|number: usize| {
        fork(|| {
            let name = number.to_string();
            AT_WORK.inc();
            for _ in 0..TIMES_EACH {
                OWN.inc();
                JOBS.inc();
                SECONDS.inc_by(0.5).unwrap();
                TIMES.observe(1.5);
                FIXED.labels(["all", "x"]).unwrap().inc();
                FIXED.labels([&name, "x"]).unwrap().inc();
                GROWING.labels(["all", "x"]).unwrap().inc();
                GROWING.labels([&name, "x"]).unwrap().inc();
            }
        })
    });
    for worker in workers {
        assert_eq!(wait(worker), Ended::Exit(0));
    }
    let all = WORKERS as u64 * TIMES_EACH;
    assert_eq!(JOBS.get(), 7 + all);
    assert_eq!(SECONDS.get(), all as f64 / 2.0);
    assert_eq!(AT_WORK.get(), WORKERS as f64);
    assert_eq!(OWN.get(), 1);
    assert_eq!(value("times_count"), all as f64);
    assert_eq!(value("times_sum"), all as f64 * 1.5);
    // Children that workers added, on the page of the parent.
    let page = page(&METRICS);
    for family in ["fixed_total", "growing_total"] {
        let count = |worker: &str| {
            page.sample(family, &[("worker", worker), ("kind", "x")]).unwrap().u64().unwrap()
        };
        assert_eq!(count("all"), all);
        for worker in 0..WORKERS {
            assert_eq!(count(&worker.to_string()), TIMES_EACH);
        }
    }
}

fn a_killed_worker_loses_nothing_it_counted() {
    begin();
    for round in 0..50 {
        // What each worker says it has counted, where the others see it.
        let workers = ["a", "b"].map(|name| {
            fork(|| {
                let said = FIXED.labels(["said", name]).unwrap();
                let counted = GROWING.labels(["counted", name]).unwrap();
                loop {
                    JOBS.inc();
                    SECONDS.inc();
                    TIMES.observe(1.0);
                    counted.inc();
                    said.inc();
                }
            })
        });
        thread::sleep(Duration::from_micros(500 + 37 * round));
        workers.into_iter().for_each(kill);
        // At most one step of each worker that was killed was not said any more.
        let said: u64 =
            ["a", "b"].map(|name| FIXED.labels(["said", name]).unwrap().get()).iter().sum();
        let counted: u64 =
            ["a", "b"].map(|name| GROWING.labels(["counted", name]).unwrap().get()).iter().sum();
        let allowed = said..=said + 2 * (round + 1);
        assert!(said > round, "nobody counted anything");
        assert!(allowed.contains(&JOBS.get()), "{} of {said}", JOBS.get());
        assert!(allowed.contains(&(SECONDS.get() as u64)), "{} of {said}", SECONDS.get());
        assert!(allowed.contains(&counted), "{counted} of {said}");
        assert!(allowed.contains(&(value("times_count") as u64)));
        assert!(allowed.contains(&(value("times_sum") as u64)));
        page(&METRICS);
    }
}

fn who_is_killed_while_adding_blocks_nobody() {
    const ROUNDS: usize = 200;
    begin();
    let said = |name: &str| FIXED.labels(["said", name]).unwrap();
    let mut added = 0;
    for round in 0..ROUNDS {
        let workers = ["a", "b"].map(|name| {
            fork(|| {
                let said = said(name);
                die_in(Duration::from_micros(20 + 17 * (round as u64 % 13)));
                for step in 0.. {
                    // Some of them both want to add.
                    let kind =
                        format!("{round}-{step}-{}", if step % 4 == 0 { "both" } else { name });
                    GROWING.labels(["new", &kind]).unwrap().inc();
                    said.inc();
                    if step % 3 == 0 {
                        GROWING.remove(["new", "old"]);
                        GROWING.labels(["new", "old"]).unwrap();
                    }
                }
            })
        });
        for worker in workers {
            assert_eq!(wait(worker), Ended::Signal(libc::SIGKILL));
        }
        // Nobody waits for the dead, and their lock is not the last.
        let mine = format!("{round}-parent");
        GROWING.labels(["new", &mine]).unwrap().inc();
        GROWING.remove(["new", "old"]);
        GROWING.labels(["new", "old"]).unwrap();
        added += 1;
    }
    let said = ["a", "b"].map(|name| said(name).get()).iter().sum::<u64>();
    // The checker finds series that are there twice.
    let page = page(&METRICS);
    let family = page.family("growing_total").unwrap();
    let (mut counted, mut old) = (0, 0);
    for sample in &family.samples {
        let kind = &sample.labels.iter().find(|label| label.0 == "kind").unwrap().1;
        let count = sample.u64().unwrap();
        if kind == "old" {
            old += 1;
            continue;
        }
        // Two workers and no more want the same.
        assert!(count <= 2, "{kind}: {count}");
        assert_eq!(
            GROWING.labels(["new", kind]).unwrap().get(),
            count,
            "{kind} is not the one on the page"
        );
        counted += count;
    }
    assert_eq!(old, 1, "what was removed and asked for again is not on the page");
    assert!(said > 10 * ROUNDS as u64, "the workers added {said} only");
    let allowed = said + added..=said + added + 2 * ROUNDS as u64;
    assert!(allowed.contains(&counted), "{counted} counted, {said} said");
}

fn a_page_is_valid_while_others_write() {
    begin();
    let workers = [0, 1].map(|number: usize| {
        fork(|| {
            for step in 0.. {
                let kind = format!("{number}\"{}", step % 4000);
                TIMES.observe(f64::from(step % 3));
                GROWING.labels(["page", &kind]).unwrap().inc();
                let _ = FIXED.labels(["page", &kind]).map(IntCounter::inc);
            }
        })
    });
    let mut last = 0;
    for _ in 0..100 {
        let page = page(&METRICS);
        let len = page.family("growing_total").map_or(0, |family| family.samples.len());
        assert!(len >= last, "series went away");
        last = len;
        thread::sleep(Duration::from_millis(1));
    }
    workers.into_iter().for_each(kill);
    assert!(last > 100, "the workers added {last} only");
}

fn sharing_again_changes_nothing() {
    begin();
    JOBS.inc();
    begin();
    // Another amount comes too late.
    reserve(1 << 30).unwrap();
    assert_eq!(
        wait(fork(|| {
            begin();
            JOBS.inc();
        })),
        Ended::Exit(0)
    );
    assert_eq!(JOBS.get(), 2);
}

fn series_that_came_too_early_are_an_error() {
    GROWING.labels(["a", "early"]).unwrap().inc();
    // SAFETY: there are no other threads.
    let error = unsafe { share() }.unwrap_err();
    assert!(matches!(error, ShareError::Late), "{error}");
    // All is as it was.
    assert_eq!(wait(fork(|| JOBS.inc())), Ended::Exit(0));
    assert_eq!(JOBS.get(), 0);
    assert_eq!(GROWING.labels(["a", "early"]).unwrap().get(), 1);
}

fn memory_that_is_used_up_refuses_series() {
    reserve(8192).unwrap();
    begin();
    let mut added = 0_u64;
    let refused = loop {
        match GROWING.labels(["room", &added.to_string()]) {
            Ok(child) => child.inc(),
            Err(refused) => break refused,
        }
        added += 1;
    };
    assert_eq!(refused, Refused::OutOfMemory);
    assert!((10..100).contains(&added), "{added}");
    assert_eq!(wait(fork(|| assert!(GROWING.labels(["room", "x"]).is_err()))), Ended::Exit(0));
    assert_eq!(GROWING.refused(), 2);
    assert_eq!(page(&METRICS).family("growing_total").unwrap().samples.len() as u64, added);
}

fn families_made_at_run_time_are_shared() {
    let describe = |of, name| {
        let bounds: &[f64] = if of == Type::Histogram { &[1.0, 2.0] } else { &[] };
        Arc::new(Description::new(of, name, "Help.", "", &["worker"], bounds).unwrap())
    };
    let make = |of, name| runtime::Family::shared(describe(of, name)).map(Arc::new);
    assert_eq!(make(Type::Counter, "early").err(), Some(Refused::OutOfMemory));
    reserve(1 << 20).unwrap();
    let jobs = make(Type::Counter, "jobs").unwrap();
    let times = make(Type::Histogram, "times").unwrap();
    let own = Arc::new(runtime::Family::new(describe(Type::Gauge, "own")));
    let workers = [0, 1, 2, 3].map(|number: usize| {
        let (jobs, times, own) = (jobs.clone(), times.clone(), own.clone());
        fork(move || {
            let name = number.to_string();
            let (mine, all) = (jobs.series(&[&name]).unwrap(), jobs.series(&["all"]).unwrap());
            let time = times.series(&["all"]).unwrap();
            for _ in 0..TIMES_EACH {
                mine.counter().unwrap().inc();
                all.counter().unwrap().inc();
                time.histogram().unwrap().observe(1.5);
                own.series(&["all"]).unwrap().gauge().unwrap().inc();
            }
            mine.inc_with_exemplar(1.0, &[("trace", &name)], None).unwrap();
            // Good in this process only.
            all.set_tag((&raw const name).cast_mut().cast());
            assert!(all.tag().is_null());
        })
    });
    for worker in workers {
        assert_eq!(wait(worker), Ended::Exit(0));
    }
    let all = WORKERS as u64 * TIMES_EACH;
    assert_eq!(jobs.series(&["all"]).unwrap().counter().unwrap().get(), all as f64);
    assert_eq!(jobs.counts(), (WORKERS as u32 + 1, 0));
    assert_eq!(own.counts(), (0, 0));
    assert!(jobs.compacted().is_err());
    let rows =
        [Metric::new("", "", &*jobs), Metric::new("", "", &*times), Metric::new("", "", &*own)];
    let group = Group::new(&rows);
    let mut page = Vec::new();
    runtime::read_to_end(
        runtime::page(&group, Format::OpenMetrics, runtime::Style::Plain),
        &mut page,
    );
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("times_count{worker=\"all\"} 400000\n"), "{page}");
    assert!(page.contains("jobs_total{worker=\"3\"} 100001 # {trace=\"3\"} 1.0\n"), "{page}");
    // Dropped by one, and still there for the others.
    let child = fork({
        let jobs = jobs.clone();
        move || drop(Arc::into_inner(jobs))
    });
    assert_eq!(wait(child), Ended::Exit(0));
    assert!(jobs.remove(&["all"]) && !jobs.remove(&["all"]));
}
