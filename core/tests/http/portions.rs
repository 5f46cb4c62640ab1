//! The same answers, whatever the portions of input and output.

use crate::client::*;
use crate::{FRAMES, LARGE, METRICS};
use nanoprom::http::Responder;

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
    let whole = talk(Responder::new(&METRICS), PIPELINE.as_bytes(), usize::MAX, 1 << 20);
    let replies = Reply::all(&whole, &[2]);
    assert_eq!(statuses(&replies), [200, 404, 200, 405, 200, 200]);
    for number in [0, 4, 5] {
        assert_eq!(replies[number].body, page);
    }
    for pull in (1..=64).chain([255, 256, 257, 300, 1000, 1024, 1032, 1500, 4096]) {
        for feed in [1, 2, 3, 7, 64, usize::MAX] {
            let output = talk(Responder::new(&METRICS), PIPELINE.as_bytes(), feed, pull);
            assert_eq!(Reply::all(&output, &[2]), replies, "feed {feed}, pull {pull}");
            let small = Responder::<64>::with_head(&METRICS);
            let output = talk(small, PIPELINE.as_bytes(), feed, pull);
            assert_eq!(Reply::all(&output, &[2]), replies, "feed {feed}, pull {pull}");
        }
    }
}

#[test]
fn a_page_larger_than_all_buffers_arrives_whole() {
    for port in 0..400_u32 {
        FRAMES.labels([port.to_string().as_str()]).unwrap().inc();
    }
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
    "GET /x HTTP/1.1\r\nHost: h\r\n",
];

#[test]
fn garbage_ends_in_answers_and_a_close_and_never_depends_on_its_portions() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..20_000 {
        let mut input = Vec::new();
        for _ in 0..1 + random.below(12) {
            match random.below(12) {
                0 => input.push(random.below(256) as u8),
                1 => input.extend((0..random.below(200)).map(|_| b'a')),
                _ => input.extend_from_slice(WORDS[random.below(WORDS.len())].as_bytes()),
            }
        }
        let sizes = [(usize::MAX, 4096), (1, 300), (1 + random.below(40), 1 + random.below(400))];
        let [whole, bytewise, portions] = sizes.map(|(feed, pull)| {
            let output = talk(Responder::<128>::with_head(&METRICS), &input, feed, pull);
            // Pages and refusals hold no status lines, so counting these needs no decoder.
            let output = String::from_utf8_lossy(&output);
            let statuses = output.split("HTTP/1.1 ").filter_map(|s| s.get(..3)?.parse().ok());
            statuses.collect::<Vec<u16>>()
        });
        let input = String::from_utf8_lossy(&input);
        assert_eq!(whole, bytewise, "round {round}: {input:?}");
        assert_eq!(whole, portions, "round {round}: {input:?}");
        seen.extend(whole);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [200, 400, 404, 405, 414, 431, 505]);
}
