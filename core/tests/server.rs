//! The server, as clients see it that share no code with it.

#![cfg(feature = "server")]

use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;
use nanoprom::http::Auth;
use nanoprom::server::{Limits, Server, Serving};
use nanoprom::{Counter, FmtWriter, Format, Gauge, GaugeFn, Group, Metric, Node, Registry, encode};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::LazyLock;
use std::thread;
use std::time::Instant;

nanoprom::metrics! {
    static METRICS;
    /// Requests served.
    static REQUESTS: Counter = "http_requests_total";
}

/// A page of 12 MB, more than sockets hold for a client that does not read.
static LARGE: LazyLock<Group<'static>> = LazyLock::new(|| {
    static VALUE: Gauge = Gauge::new();
    let help = "long ".repeat(400).leak();
    let row = |number| Metric::new(format!("g{number}").leak(), help, &VALUE);
    Group::new(Box::leak((0..6000).map(row).collect()))
});

static LARGE_PAGE: LazyLock<String> = LazyLock::new(|| page(&LARGE));

const SOON: Duration = Duration::from_millis(200);
const GET: &[u8] = b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
const GET_AND_CLOSE: &[u8] = b"GET /metrics HTTP/1.0\r\n\r\n";

fn start(group: &'static Group<'static>, limits: Limits) -> Serving {
    Server::bind("127.0.0.1:0").unwrap().with_limits(limits).serve(group).unwrap()
}

fn connect(server: &Serving) -> TcpStream {
    let stream = TcpStream::connect(server.local_addr()).unwrap();
    // So that a test fails where a server keeps silent.
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

fn send(server: &Serving, bytes: &[u8]) -> TcpStream {
    let mut stream = connect(server);
    stream.write_all(bytes).unwrap();
    stream
}

/// Everything up to the end of the connection, and the error if that is how it ends.
fn hear(mut stream: TcpStream) -> (String, Option<ErrorKind>) {
    let mut heard = Vec::new();
    let end = stream.read_to_end(&mut heard).err().map(|error| error.kind());
    (String::from_utf8(heard).unwrap(), end)
}

/// The page of a request of its own.
fn scrape(server: &Serving) -> String {
    body(hear(send(server, GET_AND_CLOSE)))
}

#[track_caller]
fn body((heard, end): (String, Option<ErrorKind>)) -> String {
    assert_eq!(end, None);
    let (head, body) = heard.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    body.to_owned()
}

fn page(group: &Group<'_>) -> String {
    let mut page = String::new();
    encode(group, Format::Text, &mut FmtWriter(&mut page)).unwrap();
    page
}

#[test]
fn the_page_is_that_of_the_group() {
    let server = start(&METRICS, Limits::default());
    assert_eq!(scrape(&server), page(&METRICS));
}

#[test]
fn a_connection_serves_requests_one_after_another() {
    let server = start(&METRICS, Limits::default());
    let mut requests = GET.repeat(100);
    requests.extend(GET_AND_CLOSE);
    let (heard, end) = hear(send(&server, &requests));
    assert_eq!((heard.matches("HTTP/1.1 200 OK").count(), end), (101, None));
}

#[test]
fn four_scrape_a_large_page_at_once() {
    let server = start(&LARGE, Limits::default());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(scrape(&server) == *LARGE_PAGE, "another page"));
        }
    });
}

#[test]
fn stalled_clients_hold_up_nobody() {
    let server = start(&LARGE, Limits::default());
    let stalled = [b"".as_slice(), b"GET /met", b"GET / HTTP/1.1\r\nHost: a\r\n", GET].repeat(5);
    let stalled: Vec<_> = stalled.iter().map(|bytes| send(&server, bytes)).collect();
    let began = Instant::now();
    let (heard, _) = hear(send(&server, b"HEAD / HTTP/1.0\r\n\r\n"));
    assert!(heard.starts_with("HTTP/1.1 200 ") && began.elapsed() < Duration::from_secs(1));
    assert_eq!(stalled.len(), 20);
}

#[test]
fn a_client_that_sends_too_much_can_read_why_it_is_refused() {
    let server = start(&METRICS, Limits::default());
    let mut stream = connect(&server);
    let mut line = b"GET /".to_vec();
    line.extend([b'a'; 3_000]);
    // Some of it arrives when the answer is out already.
    for _ in 0..20 {
        stream.write_all(&line).unwrap();
        thread::sleep(SOON / 40);
    }
    let (heard, end) = hear(stream);
    assert!(heard.starts_with("HTTP/1.1 414 ") && end.is_none(), "{heard} {end:?}");
}

#[test]
fn a_client_may_end_its_side_before_it_reads() {
    let server = start(&METRICS, Limits::default());
    let stream = send(&server, GET);
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let (heard, end) = hear(stream);
    assert!(heard.ends_with("\r\n0\r\n\r\n") && end.is_none(), "{heard} {end:?}");
}

#[test]
fn an_idle_client_is_sent_away_in_silence() {
    let server = start(&METRICS, Limits { idle: SOON, ..Limits::default() });
    assert_eq!(hear(connect(&server)), (String::new(), None));
    // After an answer too, which is there in full.
    let (heard, end) = hear(send(&server, GET));
    assert!(heard.ends_with("\r\n0\r\n\r\n") && end.is_none(), "{heard} {end:?}");
}

#[test]
fn half_a_request_is_refused_after_a_while_however_slowly_it_comes() {
    let server = start(&METRICS, Limits { head: SOON, ..Limits::default() });
    let mut stream = connect(&server);
    let began = Instant::now();
    // A byte now and then buys no time. In the end the server has closed, which is an error here.
    for byte in b"GET /a-long-name".iter().cycle().take(30) {
        if stream.write_all(&[*byte]).is_err() || began.elapsed() > Duration::from_secs(1) {
            break;
        }
        thread::sleep(SOON / 10);
    }
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 408");
}

#[test]
fn an_answer_that_nobody_takes_is_broken_off_so_that_it_shows() {
    let server = start(&LARGE, Limits { send: SOON, ..Limits::default() });
    let stream = send(&server, GET_AND_CLOSE);
    thread::sleep(SOON * 3);
    // The page of HTTP/1.0 has no other sign.
    let (heard, end) = hear(stream);
    assert!(heard.len() < LARGE_PAGE.len());
    assert_eq!(end, Some(ErrorKind::ConnectionReset));
}

#[test]
fn where_all_places_are_taken_the_one_that_waits_longest_is_closed() {
    let server = start(&METRICS, Limits { connections: 2, ..Limits::default() });
    let first = connect(&server);
    thread::sleep(SOON / 4);
    let mut second = connect(&server);
    thread::sleep(SOON / 4);
    assert_eq!(scrape(&server), page(&METRICS));
    assert_eq!(hear(first), (String::new(), None));
    second.write_all(GET_AND_CLOSE).unwrap();
    assert_eq!(body(hear(second)), page(&METRICS));
}

#[test]
fn limits_that_no_machine_has_are_none() {
    let limits = Limits { connections: usize::MAX, scratch: usize::MAX, ..Limits::default() };
    let server = start(&METRICS, limits);
    let idle: Vec<_> = (0..3).map(|_| connect(&server)).collect();
    assert_eq!(scrape(&server), page(&METRICS));
    drop(idle);
}

#[test]
fn clients_that_do_not_read_leave_room_for_one_that_does() {
    let server = start(&LARGE, Limits { connections: 2, ..Limits::default() });
    let stuck: Vec<_> = (0..2).map(|_| send(&server, GET)).collect();
    thread::sleep(SOON);
    assert!(scrape(&server) == *LARGE_PAGE, "another page");
    assert_eq!(stuck.len(), 2);
}

#[test]
fn it_stops_within_a_second_whatever_its_clients_do() {
    let server = start(&LARGE, Limits::default());
    let stalled = [b"".as_slice(), b"GET /met", GET].map(|bytes| send(&server, bytes));
    let address = server.local_addr();
    thread::sleep(SOON);
    let began = Instant::now();
    server.stop();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    let [idle, half, stuck] = stalled.map(hear);
    assert_eq!((idle.0.len(), half.0.len()), (0, 0));
    assert_eq!(stuck.1, Some(ErrorKind::ConnectionReset));
    // Its address is free for the next.
    Server::bind(address).unwrap();
}

#[test]
fn idle_clients_do_not_delay_the_stop() {
    let server = start(&METRICS, Limits::default());
    let _idle = connect(&server);
    thread::sleep(SOON);
    let began = Instant::now();
    drop(server);
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
}

#[test]
fn an_answer_in_progress_is_finished_before_it_stops() {
    let server = start(&LARGE, Limits::default());
    let mut stream = send(&server, GET_AND_CLOSE);
    let mut first = [0; 15];
    stream.read_exact(&mut first).unwrap();
    let reader = thread::spawn(move || hear(stream));
    server.stop();
    let (rest, end) = reader.join().unwrap();
    assert!(end.is_none() && rest.ends_with(LARGE_PAGE.as_str()), "{end:?}");
}

#[test]
fn two_servers_show_two_groups() {
    let (one, other) = (start(&METRICS, Limits::default()), start(&LARGE, Limits::default()));
    assert!(scrape(&one) == page(&METRICS) && scrape(&other) == *LARGE_PAGE);
}

#[test]
fn two_registries_have_a_server_each_and_change_while_it_runs() {
    static REGISTRIES: [Registry<'static>; 2] =
        [Registry::new().with_prefix("one_"), Registry::new().with_prefix("two_")];
    static NODES: [Node<'static>; 2] = [Node::new(&METRICS), Node::new(&METRICS)];
    let servers = [&REGISTRIES[0], &REGISTRIES[1]]
        .map(|registry| Server::bind("127.0.0.1:0").unwrap().serve(registry).unwrap());
    let pages = || servers.each_ref().map(scrape);
    assert_eq!(pages(), ["", ""]);
    REGISTRIES[0].register(&NODES[0]).unwrap();
    REGISTRIES[1].register(&NODES[1]).unwrap();
    let prefixed = |prefix| page(&METRICS).replace("http_", &format!("{prefix}_http_"));
    assert_eq!(pages(), [prefixed("one"), prefixed("two")]);
    REGISTRIES[0].unregister(&NODES[0]).unwrap();
    assert_eq!(pages(), [String::new(), prefixed("two")]);
}

mod panicking {
    use super::*;

    static PAGES: AtomicU32 = AtomicU32::new(0);

    fn panics_once() -> f64 {
        assert!(PAGES.fetch_add(1, Ordering::Relaxed) > 0, "expected in this test");
        1.0
    }

    nanoprom::metrics! {
        static METRICS;
        /// A driver's value.
        static VALUE: GaugeFn = "value", function = panics_once;
    }

    #[test]
    fn a_function_that_panics_breaks_its_connection_off_and_no_other() {
        let server = start(&METRICS, Limits::default());
        let (_, end) = hear(send(&server, GET_AND_CLOSE));
        assert_eq!(end, Some(ErrorKind::ConnectionReset));
        assert!(scrape(&server).ends_with("value 1\n"));
    }
}

#[test]
fn a_server_asks_for_a_token() {
    static AUTH: Auth = Auth::bearer("token");
    let server = Server::bind("127.0.0.1:0").unwrap().with_auth(&AUTH).serve(&METRICS).unwrap();
    let (refused, end) = hear(send(&server, GET_AND_CLOSE));
    assert!(refused.starts_with("HTTP/1.1 401 ") && end.is_none(), "{refused}");
    let request = b"GET /metrics HTTP/1.0\r\nAuthorization: Bearer token\r\n\r\n";
    assert_eq!(body(hear(send(&server, request))), page(&METRICS));
}
