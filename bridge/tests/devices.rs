//! Devices and their habits: a probe gets the page it asked for, or a failure that says why not.

mod support;

use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;
use nanoprom_bridge::failure::Kind;
use nanoprom_bridge::metrics;
use std::io::Write;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use support::{MAX_PAGE, Socket, asked, encode, page, within};

fn answer(mut line: &UnixStream, number: u8, page: &str) {
    // The probe may be over and the line closed.
    let _ = line.write_all(&encode(number, page.as_bytes(), 64).concat());
}

/// A device that sends this page whenever it is asked.
fn always(name: &str, page: impl Into<String>) -> Arc<nanoprom_bridge::device::Device> {
    let page = page.into();
    Socket::new().device(name, None, move |line| {
        while let Some(number) = asked(&line) {
            answer(&line, number, &page);
        }
    })
}

#[test]
fn each_probe_gets_a_page_made_after_it() {
    let count = AtomicUsize::new(0);
    let device = Socket::new().device("fresh", None, move |line| {
        while let Some(number) = asked(&line) {
            answer(&line, number, &page(count.fetch_add(1, Ordering::Relaxed)));
        }
    });
    for expected in 0..300 {
        assert_eq!(*device.page(within(5000)).unwrap(), *page(expected).as_bytes());
    }
}

#[test]
fn a_page_of_an_earlier_request_is_never_taken() {
    // Answers a request only when the next one comes.
    let device = Socket::new().device("late", None, |line| {
        let mut late = None;
        while let Some(number) = asked(&line) {
            if let Some(late) = late.replace(number) {
                answer(&line, late, &page("NaN"));
            }
        }
    });
    for _ in 0..5 {
        assert_eq!(device.page(within(100)).unwrap_err().kind, Kind::Timeout);
    }
}

#[test]
fn a_page_that_nobody_asked_for_is_never_taken() {
    let device = Socket::new().device("talkative", None, |line| {
        for number in 0..=255 {
            answer(&line, number, &page("NaN"));
        }
        while asked(&line).is_some() {}
    });
    thread::sleep(Duration::from_millis(100));
    assert_eq!(device.page(within(100)).unwrap_err().kind, Kind::Timeout);
}

#[test]
fn probes_at_the_same_time_take_turns() {
    let device = Socket::new().device("shared", None, |line| {
        while let Some(number) = asked(&line) {
            thread::sleep(Duration::from_millis(50));
            answer(&line, number, &page(number));
        }
    });
    let probes: Vec<_> = (0..4)
        .map(|_| {
            let device = Arc::clone(&device);
            thread::spawn(move || device.page(within(5000)).unwrap())
        })
        .collect();
    let mut pages: Vec<_> = probes.into_iter().map(|probe| probe.join().unwrap()).collect();
    pages.sort();
    pages.dedup();
    assert_eq!(pages.len(), 4, "two probes got the same page");
}

#[test]
fn a_probe_whose_turn_never_comes_is_told_so() {
    let device = Socket::new().device("busy", None, |line| while asked(&line).is_some() {});
    let first = Arc::clone(&device);
    let first = thread::spawn(move || first.page(within(1000)).unwrap_err().kind);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(device.page(within(100)).unwrap_err().kind, Kind::Busy);
    assert_eq!(first.join().unwrap(), Kind::Timeout);
}

#[test]
fn what_prometheus_would_refuse_is_refused_here() {
    for (name, bad) in [
        ("negative", "# TYPE a_total counter\na_total -1\n"),
        ("cut", "# TYPE a gauge\na 1"),
        ("twice", "# TYPE a gauge\na 1\na 2\n"),
        ("no metrics", "hello\n"),
    ] {
        let failure = always(name, bad).page(within(5000)).unwrap_err();
        assert_eq!(failure.kind, Kind::Page, "{name}");
        assert!(!failure.text.contains('\n'));
    }
}

#[test]
fn a_page_that_is_not_text_is_refused() {
    let device = Socket::new().device("binary", None, |mut line| {
        while let Some(number) = asked(&line) {
            line.write_all(&encode(number, b"a \xff\n", 64).concat()).unwrap();
        }
    });
    let failure = device.page(within(5000)).unwrap_err();
    assert_eq!((failure.kind, failure.text.ends_with("not UTF-8")), (Kind::Page, true));
}

#[test]
fn a_page_without_metrics_is_a_page() {
    assert!(always("empty", "").page(within(5000)).unwrap().is_empty());
}

#[test]
fn a_page_beyond_the_limit_is_refused() {
    let long = format!("# HELP a {}\n# TYPE a gauge\na 1\n", "x".repeat(MAX_PAGE));
    assert_eq!(always("long", long).page(within(5000)).unwrap_err().kind, Kind::TooLarge);
}

#[test]
fn damage_is_asked_for_again_and_in_the_end_told() {
    let damaged_until = |name: &str, good: usize| {
        let count = AtomicUsize::new(0);
        Socket::new().device(name, None, move |mut line| {
            while let Some(number) = asked(&line) {
                let mut bytes = encode(number, page(1).as_bytes(), 10).concat();
                if count.fetch_add(1, Ordering::Relaxed) < good {
                    bytes[30] ^= 4;
                }
                let _ = line.write_all(&bytes);
            }
        })
    };
    assert!(damaged_until("damaged twice", 2).page(within(5000)).is_ok());
    let failure = damaged_until("damaged", usize::MAX).page(within(5000)).unwrap_err();
    assert_eq!(failure.kind, Kind::Checksum);
}

#[test]
fn a_line_that_ends_in_mid_page_is_told_at_once_and_opened_again() {
    let count = AtomicUsize::new(0);
    let device = Socket::new().device("reset", None, move |mut line| {
        while let Some(number) = asked(&line) {
            let bytes = encode(number, page(1).as_bytes(), 10).concat();
            if count.fetch_add(1, Ordering::Relaxed) == 0 {
                line.write_all(&bytes[..30]).unwrap();
                line.shutdown(Shutdown::Both).unwrap();
                return;
            }
            line.write_all(&bytes).unwrap();
        }
    });
    let began = Instant::now();
    assert_eq!(device.page(within(20_000)).unwrap_err().kind, Kind::Closed);
    // As long as the port is closed, an answer does not wait for the deadline.
    while device.page(within(20_000)).is_err() {
        assert!(began.elapsed() < Duration::from_secs(5));
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn rubbish_and_silence_end_at_the_deadline() {
    let rubbish = Socket::new().device("rubbish", None, |mut line| {
        // Of a wrong speed, mostly.
        while line.write_all(&[0xFA, 0, 0xF8, 0xFA, 0x80, 0, 0, 0xFF, b'x']).is_ok() {}
    });
    let silence = Socket::new().device("silence", None, |line| while asked(&line).is_some() {});
    for device in [rubbish, silence] {
        let began = Instant::now();
        let kind = device.page(within(300)).unwrap_err().kind;
        assert!(matches!(kind, Kind::Timeout | Kind::Checksum), "{kind:?}");
        assert!(began.elapsed() < Duration::from_millis(1500));
    }
}

#[test]
fn pushed_pages_are_served_until_they_are_too_old() {
    let age = Duration::from_secs(2);
    let device = Socket::new().device("pushing", Some(age), |line| {
        answer(&line, 3, &page(1));
        answer(&line, 3, &page(2));
        answer(&line, 0x85, &page(3));
        answer(&line, 3, "rubbish\n");
        while asked(&line).is_some() {}
    });
    thread::sleep(Duration::from_millis(200));
    assert_eq!(*device.page(within(1000)).unwrap(), *page(2).as_bytes());
    assert!(
        metrics::page().contains("nanoprom_bridge_up{device=\"pushing\"} 0\n"),
        "a page was refused"
    );
    thread::sleep(age);
    assert_eq!(device.page(within(10)).unwrap_err().kind, Kind::Timeout);
}

#[test]
fn a_pushed_page_that_began_too_long_ago_is_stale_when_it_is_whole() {
    let age = Duration::from_millis(200);
    let device = Socket::new().device("slow", Some(age), |mut line| {
        let mut frames = encode(1, page(1).as_bytes(), 10);
        let last = frames.pop().unwrap();
        line.write_all(&frames.concat()).unwrap();
        thread::sleep(Duration::from_millis(400));
        line.write_all(&last).unwrap();
        while asked(&line).is_some() {}
    });
    assert_eq!(device.page(within(700)).unwrap_err().kind, Kind::Timeout);
}

#[test]
fn no_pushed_page_outlives_its_connection() {
    let count = AtomicUsize::new(0);
    let age = Duration::from_secs(60);
    let device = Socket::new().device("gone", Some(age), move |line| {
        if count.fetch_add(1, Ordering::Relaxed) == 0 {
            answer(&line, 1, &page(1));
            thread::sleep(Duration::from_millis(300));
        } else {
            while asked(&line).is_some() {}
        }
    });
    assert!(device.page(within(5000)).is_ok());
    thread::sleep(Duration::from_secs(1));
    assert!(device.page(within(10)).is_err());
}

#[test]
fn the_age_of_a_pushed_page_counts_from_its_begin() {
    let age = Duration::from_secs(1);
    let device = Socket::new().device("quiet at first", Some(age), move |line| {
        thread::sleep(age * 3 / 2);
        answer(&line, 1, &page(1));
        while asked(&line).is_some() {}
    });
    assert!(device.page(within(10_000)).is_ok());
}
