//! A connection's states, and how it ends.

use crate::METRICS;
use crate::client::*;
use nanoprom::http::{Responder, State};

#[test]
fn nothing_is_taken_while_an_answer_is_sent() {
    let mut responder = Responder::new(&METRICS);
    assert_eq!((responder.status(), responder.path()), (0, ""));
    assert_eq!(responder.feed(format!("{GET}{GET}").as_bytes()), GET.len());
    assert_eq!(responder.state(), State::Output);
    assert_eq!((responder.status(), responder.path()), (200, "/metrics"));
    assert_eq!(responder.feed(GET.as_bytes()), 0);
    assert_eq!(responder.pull(&mut []), 0);
    assert_eq!(responder.state(), State::Output);
    while responder.pull(&mut [0; 100]) > 0 {}
    assert_eq!(responder.state(), State::Input);
    let other = host("GET /other");
    assert_eq!(responder.feed(other.as_bytes()), other.len());
    assert_eq!((responder.status(), responder.path()), (404, ""));
}

#[test]
fn input_for_a_closing_connection_is_dropped() {
    let mut responder = Responder::new(&METRICS);
    let post = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9999\r\n\r\n";
    assert_eq!(responder.feed(post), post.len());
    assert_eq!(responder.feed(&[b'x'; 5000]), 5000, "the peer gets its answer all the same");
    while responder.pull(&mut [0; 100]) > 0 {}
    assert_eq!(responder.state(), State::Close);
    assert_eq!(responder.feed(GET.as_bytes()), GET.len());
    assert_eq!(responder.state(), State::Close);
}

#[test]
fn the_end_of_the_input_ends_the_connection() {
    let mut idle = Responder::new(&METRICS);
    idle.end_input();
    assert_eq!((idle.state(), idle.status()), (State::Close, 0));

    assert_eq!(status("GET / HTTP/1.1\r\nHos"), (400, true));

    let mut answering = Responder::new(&METRICS);
    answering.feed(GET.as_bytes());
    let mut output = vec![0; 1 << 20];
    assert_eq!(answering.pull(&mut output[..20]), 20);
    answering.end_input();
    let len = answering.pull(&mut output[20..]);
    assert_eq!(answering.state(), State::Close);
    assert_eq!(Reply::all(&output[..20 + len], &[])[0].body, page(&METRICS));
}

#[test]
fn time_outs_end_the_connection() {
    let mut idle = Responder::new(&METRICS);
    idle.time_out();
    assert_eq!((idle.state(), idle.status()), (State::Close, 0));

    let mut slow = Responder::new(&METRICS);
    slow.feed(b"GET / HTTP/1.1\r\nHos");
    slow.time_out();
    assert_eq!((slow.state(), slow.status()), (State::Output, 408));
    let mut buf = [0; 300];
    let len = slow.pull(&mut buf);
    assert_eq!(Reply::all(&buf[..len], &[])[0].header("Connection"), Some("close"));
    assert_eq!(slow.state(), State::Close);

    let mut stuck = Responder::new(&METRICS);
    stuck.feed(GET.as_bytes());
    assert_eq!(stuck.pull(&mut buf[..200]), 200);
    assert_eq!(stuck.state(), State::Output);
    stuck.time_out();
    assert_eq!((stuck.state(), stuck.pull(&mut buf)), (State::Close, 0), "no final chunk");
}

#[test]
fn a_responder_is_little_more_than_its_head_buffer() {
    let size = size_of::<Responder<'_, 1024, 0>>();
    assert!(size <= 1024 + 312, "{size} bytes");
    println!("Responder: {size} bytes, 1024 of them the head buffer");
}
