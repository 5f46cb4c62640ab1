//! The pushes over sockets, against a peer that behaves in every way that a gateway may.

#![cfg(feature = "push")]

use core::time::Duration;
use nanoprom::http::{BadTarget, PushError, Target};
use nanoprom::push::{self, Error};
use nanoprom::{Counter, Family, Gauge, Group, IntCounter, Metric};
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

nanoprom::metrics! {
    static METRICS;
    /// Requests served.
    static REQUESTS: Counter = "http_requests_total";
}

nanoprom::metrics! {
    static LARGE;
    /// Frames by port.
    static FRAMES: Family<IntCounter, 1, 20_000, 24> = "frames_total", labels = ["port"];
}

const LIMIT: Duration = Duration::from_secs(20);

/// Lets `peer` have the connection, which `client` makes to the address; what both give.
fn meet<P: Send, C>(
    peer: impl FnOnce(TcpStream) -> P + Send,
    client: impl FnOnce(&str) -> C,
) -> (P, C) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::scope(|scope| {
        let peer = scope.spawn(move || peer(listener.accept().unwrap().0));
        let result = client(&address);
        (peer.join().unwrap(), result)
    })
}

/// Reads a request to its end, `0\r\n\r\n`.
fn read_request(stream: &mut TcpStream) -> String {
    let (mut request, mut byte) = (Vec::new(), [0]);
    while !request.ends_with(b"\r\n0\r\n\r\n") {
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "the request ends early");
        request.push(byte[0]);
    }
    String::from_utf8(request).unwrap()
}

#[test]
fn a_page_is_put() {
    let (request, result) = meet(
        |mut stream| {
            let request = read_request(&mut stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            request
        },
        |address| push::put(&METRICS, Target::new(address, "a b"), LIMIT),
    );
    result.unwrap();
    assert!(
        request.starts_with("PUT /metrics/job/a%20b HTTP/1.1\r\nHost: 127.0.0.1:"),
        "{request}"
    );
    assert!(request.contains("\nhttp_requests_total 0\n"), "{request}");
}

#[test]
fn a_refusal_says_why() {
    let (_, result) = meet(
        |mut stream| {
            read_request(&mut stream);
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\nyour page is wrong\n").unwrap();
        },
        |address| push::post(&METRICS, Target::new(address, "j"), LIMIT),
    );
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Push(PushError::Refused(400), _)));
    assert_eq!(error.to_string(), "the gateway answered with status 400: your page is wrong");
}

#[test]
fn a_refusal_in_the_middle_of_a_page_is_no_broken_pipe() {
    for port in 0..20_000 {
        FRAMES.labels([&*port.to_string()]).unwrap().inc();
    }
    let (_, result) = meet(
        |mut stream| {
            stream.read_exact(&mut [0; 100]).unwrap();
            stream.write_all(b"HTTP/1.1 413 Too Large\r\n\r\n").unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            // What the client sends meanwhile is taken, so that the end is no reset.
            while stream.read(&mut [0; 65536]).is_ok_and(|len| len > 0) {}
        },
        |address| push::put(&LARGE, Target::new(address, "j"), LIMIT),
    );
    assert!(matches!(result, Err(Error::Push(PushError::Refused(413), _))), "{result:?}");
}

/// A page of 12 MB, more than sockets hold for a peer that does not read.
fn huge() -> Group<'static> {
    static VALUE: Gauge = Gauge::new();
    let help = "long ".repeat(400).leak();
    let row = |number| Metric::new(format!("g{number}").leak(), help, &VALUE);
    Group::new(Box::leak((0..6000).map(row).collect()))
}

#[test]
fn what_a_gateway_says_that_reads_no_further_is_heard() {
    let page = huge();
    let refuse = |stream: &mut TcpStream| {
        stream.read_exact(&mut [0; 100]).unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\nno such job\n").unwrap();
    };
    let limit = Duration::from_millis(500);
    // One resets the connection, the other keeps it open and silent for longer than the client has time.
    for silence in [Duration::ZERO, 2 * limit] {
        let (_, result) = meet(
            |mut stream| {
                refuse(&mut stream);
                thread::sleep(silence);
            },
            |address| push::put(&page, Target::new(address, "j"), limit),
        );
        match result {
            Err(Error::Push(PushError::Refused(400), message)) => {
                assert_eq!(message, "no such job")
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_peer_that_hangs_up_or_speaks_something_else_is_told() {
    let (_, result) = meet(
        |mut stream| {
            read_request(&mut stream);
        },
        |address| push::put(&METRICS, Target::new(address, "j"), LIMIT),
    );
    assert!(matches!(result, Err(Error::Push(PushError::Ended, _))), "{result:?}");
    let (_, result) = meet(
        |mut stream| {
            read_request(&mut stream);
            stream.write_all(b"220 mail.example.org ESMTP\r\n").unwrap();
        },
        |address| push::put(&METRICS, Target::new(address, "j"), LIMIT),
    );
    assert!(matches!(result, Err(Error::Push(PushError::Malformed, _))), "{result:?}");
}

#[test]
fn a_silent_peer_costs_the_limit_and_a_dripping_one_too() {
    let limit = Duration::from_millis(300);
    for drips in [false, true] {
        let (_, (result, took)) = meet(
            |mut stream| {
                let began = Instant::now();
                stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
                // Until the client has gone.
                while began.elapsed() < LIMIT {
                    if matches!(stream.read(&mut [0; 4096]), Ok(0)) {
                        break;
                    }
                    if drips && stream.write_all(b"\r").is_err() {
                        break;
                    }
                }
            },
            |address| {
                let began = Instant::now();
                let result = push::delete(Target::new(address, "j"), limit);
                (result, began.elapsed())
            },
        );
        assert!(took < LIMIT / 2, "it took {took:?}");
        match result {
            Err(Error::Io(error)) => {
                assert_eq!(error.kind(), ErrorKind::TimedOut);
                assert_eq!(error.to_string(), "the push took too long");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn nobody_there_and_bad_targets_are_errors() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    match push::put(&METRICS, Target::new(&address, "j"), LIMIT) {
        Err(Error::Io(error)) => assert_eq!(error.kind(), ErrorKind::ConnectionRefused),
        other => panic!("{other:?}"),
    }
    // A connection that fails has a number of the system's, a name that is not found has none.
    match push::put(&METRICS, Target::new("[::1]", "j"), LIMIT) {
        Err(Error::Io(error)) => assert!(error.raw_os_error().is_some(), "{error:?}"),
        other => println!("somebody listens on port 80: {other:?}"),
    }
    let result = push::put(&METRICS, Target::new(&address, ""), LIMIT);
    assert!(matches!(result, Err(Error::Target(BadTarget::Job))), "{result:?}");
}
