//! The HTTP responder against every rule it states, with every size of portions.

#![cfg(feature = "http")]

use nanoprom::http::{Responder, State};

// FIXTURE-BEGIN
use nanoprom::{cursor::Cursor, group::Group, text::Format};
static METRICS: Group<'static> = Group(include_bytes!("../src/lib.rs"));
static LARGE: Group<'static> = Group(include_bytes!("../Cargo.lock"));
fn fill_large() {}
// FIXTURE-END

/// The page as the cursor gives it.
fn page(group: &Group<'_>) -> Vec<u8> {
    let mut cursor = Cursor::new(group, Format::Text);
    let (mut page, mut buf) = (Vec::new(), [0; 1000]);
    loop {
        match cursor.read(&mut buf) {
            0 => return page,
            len => page.extend_from_slice(&buf[..len]),
        }
    }
}

/// A conversation: the input in portions of `feed`, the output in buffers of `pull` bytes, then
/// the end of the input.
fn talk<const HEAD: usize>(
    mut responder: Responder<'_, HEAD>,
    input: &[u8],
    feed: usize,
    pull: usize,
) -> Vec<u8> {
    let (mut rest, mut output, mut buf) = (input, Vec::new(), vec![0; pull]);
    let mut drain = |responder: &mut Responder<'_, HEAD>| {
        while responder.state() == State::Output {
            let len = responder.pull(&mut buf);
            output.extend_from_slice(&buf[..len]);
        }
        assert_eq!(
            responder.pull(&mut buf),
            0,
            "nothing to send outside an answer"
        );
    };
    while !rest.is_empty() {
        let portion = &rest[..feed.min(rest.len())];
        let taken = responder.feed(portion);
        assert!(
            0 < taken && taken <= portion.len(),
            "input is taken outside an answer"
        );
        rest = &rest[taken..];
        drain(&mut responder);
    }
    responder.end_input();
    drain(&mut responder);
    assert_eq!(responder.state(), State::Close);
    output
}

fn ask(input: impl AsRef<[u8]>) -> Vec<Reply> {
    Reply::all(
        &talk(Responder::new(&METRICS), input.as_ref(), usize::MAX, 4096),
        &[],
    )
}

/// The status of the only answer, and whether it announces the end of the connection.
fn status(input: impl AsRef<[u8]>) -> (u16, bool) {
    let replies = ask(input);
    let [reply] = &replies[..] else {
        panic!("{} answers", replies.len())
    };
    (reply.status, reply.header("Connection") == Some("close"))
}

fn statuses(replies: &[Reply]) -> Vec<u16> {
    replies.iter().map(|reply| reply.status).collect()
}

/// An answer as a client sees it.
#[derive(Debug, PartialEq, Eq)]
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    /// Reads the answers of a connection; those numbered in `heads` answer `HEAD`.
    fn all(mut bytes: &[u8], heads: &[usize]) -> Vec<Self> {
        let mut replies = Vec::new();
        while !bytes.is_empty() {
            let end = bytes
                .windows(4)
                .position(|w| w == b"\r\n\r\n")
                .expect("a complete head");
            let head = core::str::from_utf8(&bytes[..end]).unwrap();
            bytes = &bytes[end + 4..];
            let mut lines = head.split("\r\n");
            let status_line = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
            let mut reply = Self {
                status: status_line.split_once(' ').unwrap().0.parse().unwrap(),
                headers: lines
                    .map(|line| line.split_once(": ").unwrap())
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
                body: Vec::new(),
            };
            if heads.contains(&replies.len()) {
                // No body, whatever the headers say.
            } else if reply.header("Transfer-Encoding") == Some("chunked") {
                (reply.body, bytes) = dechunk(bytes);
            } else if let Some(len) = reply.header("Content-Length") {
                let (body, rest) = bytes.split_at(len.parse().unwrap());
                (reply.body, bytes) = (body.to_vec(), rest);
            } else {
                assert_eq!(reply.header("Connection"), Some("close"));
                (reply.body, bytes) = (bytes.to_vec(), &[]);
            }
            replies.push(reply);
        }
        replies
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "two headers {name}");
        value
    }

    /// Checks for exactly these headers, in any order.
    fn expect_headers(&self, expected: &[(&str, &str)]) {
        assert_eq!(self.headers.len(), expected.len(), "{:?}", self.headers);
        for (name, value) in expected {
            assert_eq!(self.header(name), Some(*value), "{name}");
        }
    }
}

/// Decodes a chunked body; returns what follows it too.
fn dechunk(mut bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut body = Vec::new();
    loop {
        let end = bytes
            .windows(2)
            .position(|w| w == b"\r\n")
            .expect("a size line");
        let size = core::str::from_utf8(&bytes[..end]).unwrap();
        assert!(size.bytes().all(|b| b.is_ascii_hexdigit()), "{size:?}");
        let size = usize::from_str_radix(size, 16).unwrap();
        let (data, rest) = bytes[end + 2..].split_at(size);
        body.extend_from_slice(data);
        bytes = rest
            .strip_prefix(b"\r\n")
            .expect("a line end after the data");
        if size == 0 {
            return (body, bytes);
        }
    }
}

const GET: &str = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n";
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A request line with a Host header.
fn host(request_line: &str) -> String {
    format!("{request_line} HTTP/1.1\r\nHost: h\r\n\r\n")
}

/// A request for the page with one more header.
fn with(header: &str) -> String {
    format!("GET /metrics HTTP/1.1\r\nHost: h\r\n{header}\r\n\r\n")
}

#[test]
fn the_page_is_chunked_on_http_1_1_and_the_connection_stays() {
    let replies = ask(GET);
    assert_eq!(statuses(&replies), [200]);
    replies[0].expect_headers(&[
        ("Content-Type", CONTENT_TYPE),
        ("Transfer-Encoding", "chunked"),
    ]);
    assert_eq!(replies[0].body, page(&METRICS));
}

#[test]
fn the_page_ends_with_the_connection_on_http_1_0() {
    for header in ["", "Host: h\r\n", "Connection: keep-alive\r\n"] {
        let replies = ask(format!("GET / HTTP/1.0\r\n{header}\r\n"));
        assert_eq!(statuses(&replies), [200]);
        replies[0].expect_headers(&[("Content-Type", CONTENT_TYPE), ("Connection", "close")]);
        assert_eq!(replies[0].body, page(&METRICS));
    }
}

#[test]
fn paths_count_in_both_forms_and_with_any_query() {
    let page = [
        "/",
        "/metrics",
        "/metrics?a=/b",
        "/?",
        "http://h/metrics",
        "HTTP://h:1",
        "https://h?q",
    ];
    for target in page {
        assert_eq!(
            status(host(&format!("GET {target}"))),
            (200, false),
            "{target}"
        );
    }
    for target in [
        "/metrics/",
        "/metric",
        "/METRICS",
        "/favicon.ico",
        "//",
        "http://h/x",
    ] {
        assert_eq!(
            status(host(&format!("GET {target}"))),
            (404, false),
            "{target}"
        );
    }
    for target in ["*", "metrics", "ftp://h/metrics", "http:///metrics", "h:80"] {
        assert_eq!(
            status(host(&format!("GET {target}"))),
            (400, true),
            "{target}"
        );
    }
}

#[test]
fn head_gets_the_headers_of_get_and_no_body() {
    let ask_head = |request: &str| {
        let output = talk(
            Responder::new(&METRICS),
            request.as_bytes(),
            usize::MAX,
            4096,
        );
        assert!(output.ends_with(b"\r\n\r\n"), "{request:?}");
        Reply::all(&output, &[0]).remove(0)
    };
    for (target, code) in [("/metrics", 200), ("/", 200), ("/x", 404)] {
        let get = ask(host(&format!("GET {target}"))).remove(0);
        let head = ask_head(&host(&format!("HEAD {target}")));
        assert_eq!((head.status, head.headers), (code, get.headers));
    }
    assert_eq!(ask_head("HEAD / HTTP/1.1\r\n\r\n").status, 400);
    assert_eq!(ask_head("HEAD / HTTP/2.0\r\n\r\n").status, 505);
    assert_eq!(ask_head(&format!("HEAD /{}", "x".repeat(2000))).status, 414);
    assert_eq!(ask_head("HEAD /").status, 400);
}

#[test]
fn other_methods_are_refused_with_the_allowed_ones() {
    for line in [
        "POST /metrics",
        "OPTIONS *",
        "DELETE /x",
        "get /metrics",
        "CONNECT h:80",
        "X *",
    ] {
        let replies = ask(host(line));
        assert_eq!(statuses(&replies), [405], "{line}");
        assert_eq!(replies[0].header("Allow"), Some("GET, HEAD"));
        assert_eq!(replies[0].header("Connection"), None);
    }
}

#[test]
fn exactly_one_host_is_needed() {
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), (400, true));
    assert_eq!(status("GET http://h/ HTTP/1.1\r\n\r\n"), (400, true));
    assert_eq!(
        status("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        (400, true)
    );
    assert_eq!(
        status("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n"),
        (400, true)
    );
    assert_eq!(status("GET / HTTP/1.1\r\nhOST:\r\n\r\n"), (200, false));
    assert_eq!(status("GET / HTTP/1.0\r\n\r\n"), (200, true));
}

#[test]
fn malformed_requests_are_refused_and_the_connection_closed() {
    for bad in [
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
        "GET / FTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: \0\r\n\r\n",
        "GET / HTTP/1.1\rHost: h\r\n\r\n",
        "\rGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\u{fffd}",
        "\0",
    ] {
        // What follows is no request any more.
        assert_eq!(status(format!("{bad}{GET}")), (400, true), "{bad:?}");
    }
}

#[test]
fn nonsense_is_refused_before_its_end() {
    for bad in [
        "\x16\x03\x01",
        "GET / HTTP/3",
        "GET / HTTP/1.1\r\nno colon\r\n",
    ] {
        let mut responder = Responder::new(&METRICS);
        assert_eq!(responder.feed(bad.as_bytes()), bad.len());
        assert_eq!(responder.state(), State::Output, "{bad:?}");
    }
}

#[test]
fn other_versions_are_refused() {
    for version in ["HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3"] {
        let input = format!("GET / {version}\r\nHost: h\r\n\r\n");
        assert_eq!(status(input), (505, true), "{version}");
    }
    assert_eq!(status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), (505, true));
}

#[test]
fn an_oversize_head_is_refused() {
    let long = "x".repeat(2000);
    assert_eq!(status(format!("GET /{long}")), (414, true));
    assert_eq!(status(host(&format!("GET /{long}"))), (414, true));
    assert_eq!(status(&long), (414, true));
    assert_eq!(status(with(&format!("A: {long}"))), (431, true));
    assert_eq!(status(with(&"A: 1\r\n".repeat(400))), (431, true));
    assert_eq!(
        status(with("A: 1\r\n".repeat(31).trim_end())),
        (200, false),
        "31 and Host"
    );
    assert_eq!(
        status(with("A: 1\r\n".repeat(32).trim_end())),
        (431, true),
        "32 and Host"
    );
}

#[test]
fn a_head_may_fill_its_buffer_exactly() {
    for (len, code) in [(1023, 200), (1024, 200), (1025, 431)] {
        let padding = "x".repeat(len - with("A: ").len());
        let request = with(&format!("A: {padding}"));
        assert_eq!(request.len(), len);
        assert_eq!(status(request).0, code, "{len}");
    }
    let small = Responder::<64>::with_head(&METRICS);
    let replies = Reply::all(&talk(small, with("Accept: text/*").as_bytes(), 1, 10), &[]);
    assert_eq!(replies[0].body, page(&METRICS));
}

#[test]
fn a_request_body_is_never_a_request() {
    for fields in [
        "Content-Length: 38",
        "Content-Length: 99999999999999999999999999",
        "Transfer-Encoding: chunked",
        "transfer-encoding: identity\r\nContent-Length: 0",
        "Expect: 100-continue\r\nContent-Length: 38",
    ] {
        let get = with(fields) + GET;
        assert_eq!(status(&get), (200, true), "{fields}");
        assert_eq!(
            status(get.replacen("GET", "POST", 1)),
            (405, true),
            "{fields}"
        );
    }
    assert_eq!(status(with("Content-Length: 0")), (200, false));
    for length in ["5x", "-1", "+1", "", "0, 0", "0\r\nContent-Length: 0"] {
        let request = with(&format!("Content-Length: {length}")) + GET;
        assert_eq!(status(request), (400, true), "{length}");
    }
}

#[test]
fn a_client_may_ask_for_the_end_of_the_connection() {
    for value in [
        "close",
        "Close",
        "TE, close",
        "keep-alive , CLOSE,",
        "close\r\nConnection: TE",
    ] {
        let request = with(&format!("Connection: {value}")) + GET;
        assert_eq!(status(request), (200, true), "{value}");
    }
    for value in ["keep-alive", "closed", "", "Upgrade, HTTP2-Settings"] {
        assert_eq!(
            status(with(&format!("Connection: {value}"))),
            (200, false),
            "{value}"
        );
    }
}

#[test]
fn accept_never_makes_an_error() {
    for value in [
        "",
        "image/png",
        "*/*;q=0",
        "text/plain; version=1.0.x",
        ";;,=q",
        "\u{e9}",
    ] {
        assert_eq!(
            status(with(&format!("Accept: {value}"))),
            (200, false),
            "{value}"
        );
    }
    let openmetrics = "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    let replies = ask(with(&format!("{openmetrics}\r\nAccept-Encoding: gzip")));
    assert_eq!(replies[0].header("Content-Type"), Some(CONTENT_TYPE));
    assert_eq!(replies[0].body, page(&METRICS));
}

#[test]
fn empty_lines_before_a_request_are_ignored() {
    assert_eq!(
        statuses(&ask(format!("\r\n{GET}\r\n\n\r\n{GET}\r\n"))),
        [200, 200]
    );
    assert_eq!(
        status("\r\n".repeat(3000) + "GET / HTTP/1.0\n\n"),
        (200, true)
    );
}

/// Requests of all kinds on one connection; the last is never reached.
const PIPELINE: &str = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n\
    GET /x HTTP/1.1\r\nHost: h\r\n\r\n\
    \r\nHEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n\
    PUT / HTTP/1.1\r\nHost: h\r\n\r\n\
    GET http://h HTTP/1.1\nHost: h\n\n\
    GET / HTTP/1.0\r\n\r\n\
    GET /never HTTP/1.1\r\n";

#[test]
fn requests_in_a_row_are_answered_in_order_whatever_the_portions() {
    let page = page(&METRICS);
    let whole = talk(
        Responder::new(&METRICS),
        PIPELINE.as_bytes(),
        usize::MAX,
        1 << 20,
    );
    let replies = Reply::all(&whole, &[2]);
    assert_eq!(statuses(&replies), [200, 404, 200, 405, 200, 200]);
    for number in [0, 4, 5] {
        assert_eq!(replies[number].body, page);
    }
    for pull in (1..=64).chain([255, 256, 257, 300, 1000, 1024, 1032, 1500, 4096]) {
        for feed in [1, 2, 3, 7, 64, usize::MAX] {
            let output = talk(Responder::new(&METRICS), PIPELINE.as_bytes(), feed, pull);
            assert_eq!(
                Reply::all(&output, &[2]),
                replies,
                "feed {feed}, pull {pull}"
            );
            let small = Responder::<64>::with_head(&METRICS);
            let output = talk(small, PIPELINE.as_bytes(), feed, pull);
            assert_eq!(
                Reply::all(&output, &[2]),
                replies,
                "feed {feed}, pull {pull}"
            );
        }
    }
}

#[test]
fn a_page_larger_than_all_buffers_arrives_whole() {
    fill_large();
    let page = page(&LARGE);
    assert!(page.len() > 4 * 1024, "{} bytes", page.len());
    for pull in [1, 9, 63, 100, 255, 256, 1460, 100_000] {
        for request in [GET, "GET / HTTP/1.0\r\n\r\n"] {
            let output = talk(Responder::new(&LARGE), request.as_bytes(), usize::MAX, pull);
            let replies = Reply::all(&output, &[]);
            assert_eq!(statuses(&replies), [200]);
            assert!(replies[0].body == page, "pull {pull}");
        }
    }
}

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
    assert_eq!(
        responder.feed(&[b'x'; 5000]),
        5000,
        "the peer gets its answer all the same"
    );
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
    assert_eq!(
        Reply::all(&buf[..len], &[])[0].header("Connection"),
        Some("close")
    );
    assert_eq!(slow.state(), State::Close);

    let mut stuck = Responder::new(&METRICS);
    stuck.feed(GET.as_bytes());
    assert_eq!(stuck.pull(&mut buf[..200]), 200);
    assert_eq!(stuck.state(), State::Output);
    stuck.time_out();
    assert_eq!(
        (stuck.state(), stuck.pull(&mut buf)),
        (State::Close, 0),
        "no final chunk"
    );
}

#[test]
fn a_responder_is_little_more_than_its_head_buffer() {
    let size = size_of::<Responder<'_, 1024>>();
    assert!(size <= 1024 + 256, "{size} bytes");
    println!("Responder: {size} bytes, 1024 of them the head buffer");
}

/// A small pseudo-random sequence (xorshift), the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Words that requests are made of, some of them wrong.
const WORDS: &[&str] = &[
    "GET ",
    "HEAD ",
    "POST ",
    "/",
    "/metrics",
    "?q",
    "http://h",
    " HTTP/1.1",
    " HTTP/1.0",
    " HTTP/2.0",
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "Host: h\r\n",
    "Content-Length: 3\r\n",
    "Content-Length: 0\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n",
    ": ",
    " ",
    "\0",
    "\u{e9}",
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n",
];

#[test]
fn garbage_ends_in_answers_and_a_close_and_never_depends_on_its_portions() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..5_000 {
        let mut input = Vec::new();
        for _ in 0..1 + random.below(12) {
            match random.below(12) {
                0 => input.push(random.below(256) as u8),
                1 => input.extend((0..random.below(200)).map(|_| b'a')),
                _ => input.extend_from_slice(WORDS[random.below(WORDS.len())].as_bytes()),
            }
        }
        let sizes = [
            (usize::MAX, 4096),
            (1, 300),
            (1 + random.below(40), 1 + random.below(400)),
        ];
        let [whole, bytewise, portions] = sizes.map(|(feed, pull)| {
            let output = talk(Responder::<128>::with_head(&METRICS), &input, feed, pull);
            // Pages and refusals hold no status lines, so counting these needs no decoder.
            let output = String::from_utf8_lossy(&output);
            let statuses = output
                .split("HTTP/1.1 ")
                .filter_map(|s| s.get(..3)?.parse().ok());
            statuses.collect::<Vec<u16>>()
        });
        let input = String::from_utf8_lossy(&input);
        assert_eq!(whole, bytewise, "round {round}: {input:?}");
        assert_eq!(whole, portions, "round {round}: {input:?}");
        seen.extend(whole);
    }
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        [200, 400, 404, 405, 414, 431, 505]
    );
}
