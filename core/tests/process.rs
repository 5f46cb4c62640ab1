//! Metrics of the process, against what the process knows of itself.

#![cfg(all(feature = "process", target_os = "linux"))]

use core::time::Duration;
use nanoprom::process::METRICS;
use nanoprom::{FmtWriter, Format, encode, sample_value};
use std::fs::{self, File};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Instant, SystemTime};

fn value(name: &str) -> f64 {
    sample_value(&METRICS, name, &[]).expect(name).as_f64()
}

#[test]
fn the_page_is_valid_and_has_the_names_and_help_of_other_libraries() {
    let mut page = String::new();
    encode(&METRICS, Format::Text, &mut FmtWriter(&mut page)).unwrap();
    nanoprom_checker::parse(page.as_bytes()).unwrap();
    let help: Vec<_> =
        page.lines().filter_map(|line| line.strip_prefix("# HELP process_")).collect();
    let expected = [
        "cpu_seconds_total Total user and system CPU time spent in seconds.",
        "open_fds Number of open file descriptors.",
        "max_fds Maximum number of open file descriptors.",
        "virtual_memory_bytes Virtual memory size in bytes.",
        "virtual_memory_max_bytes Maximum amount of virtual memory available in bytes.",
        "resident_memory_bytes Resident memory size in bytes.",
        "start_time_seconds Start time of the process since unix epoch in seconds.",
        "threads Number of OS threads in the process.",
    ];
    assert_eq!(help, expected);
    assert!(nanoprom::check(&METRICS).is_ok() && !page.contains("NaN"), "{page}");
}

#[test]
fn work_takes_cpu_time_and_waiting_does_not() {
    let before = value("process_cpu_seconds_total");
    let began = Instant::now();
    while value("process_cpu_seconds_total") - before < 0.05 {
        assert!(began.elapsed() < Duration::from_secs(30));
    }
}

/// Other tests run at the same time, and open files and threads too: these two have a process of their own.
fn alone(test: &str) -> bool {
    if std::env::var_os("PROCESS_ALONE").is_some() {
        return true;
    }
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--test-threads", "1"])
        .env("PROCESS_ALONE", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    false
}

#[test]
fn files_are_counted_and_the_one_that_counts_is_not() {
    if alone("files_are_counted_and_the_one_that_counts_is_not") {
        let before = value("process_open_fds");
        let files = [(); 7].map(|()| File::open("/dev/null").unwrap());
        assert_eq!(value("process_open_fds"), before + 7.0);
        drop(files);
        assert_eq!(value("process_open_fds"), before);
        // Asked one by one, without a directory.
        let most = value("process_max_fds").min(1024.0) as u32;
        let open =
            (0..most).filter(|fd| fs::symlink_metadata(format!("/proc/self/fd/{fd}")).is_ok());
        assert_eq!(before, open.count() as f64);
    }
}

#[test]
fn threads_are_counted() {
    if alone("threads_are_counted") {
        let before = value("process_threads");
        let (done, wait) = mpsc::channel::<()>();
        let thread = thread::spawn(move || wait.recv());
        assert_eq!(value("process_threads"), before + 1.0);
        drop(done);
        let _ = thread.join();
    }
}

#[test]
fn memory_that_is_used_is_resident() {
    const SIZE: usize = 64 << 20;
    let (resident, all) =
        (value("process_resident_memory_bytes"), value("process_virtual_memory_bytes"));
    let memory = vec![1_u8; SIZE];
    let more = value("process_resident_memory_bytes") - resident;
    assert!((0.9..1.5).contains(&(more / SIZE as f64)), "{more}");
    assert!(value("process_virtual_memory_bytes") - all >= 0.9 * SIZE as f64);
    assert_eq!(memory.iter().map(|&byte| usize::from(byte)).sum::<usize>(), SIZE);
}

#[test]
fn limits_are_those_that_a_shell_sets() {
    if std::env::var_os("PROCESS_LIMITS").is_some() {
        assert_eq!(value("process_max_fds"), 123.0);
        assert_eq!(value("process_virtual_memory_max_bytes"), 4_000_000.0 * 1024.0);
        return;
    }
    let run = Command::new("sh")
        .args(["-c", "ulimit -S -n 123; ulimit -S -v 4000000; exec \"$0\" --exact limits_are_those_that_a_shell_sets"])
        .arg(std::env::current_exe().unwrap())
        .env("PROCESS_LIMITS", "1")
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
}

#[test]
fn a_process_starts_when_it_was_started() {
    if std::env::var_os("PROCESS_START").is_some() {
        println!("started {}", value("process_start_time_seconds"));
        return;
    }
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
    let before = now();
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_process_starts_when_it_was_started", "--nocapture"])
        .env("PROCESS_START", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    let started: f64 =
        said.split_once("started ").unwrap().1.lines().next().unwrap().parse().unwrap();
    // The kernel says when the system started in whole seconds.
    assert!((before - 1.1..now() + 1.1).contains(&started), "{before} {started}");
}
