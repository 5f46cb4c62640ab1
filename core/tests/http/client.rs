//! A client that shares no code with the responder: a conversation, and what it understood of it.

use crate::METRICS;
use nanoprom::http::{Responder, State};
use nanoprom::{Cursor, Format, Group};

/// The page as the cursor gives it.
pub(crate) fn page(group: &Group<'_>) -> Vec<u8> {
    page_in(group, Format::Text)
}

pub(crate) fn page_in(group: &Group<'_>, format: Format) -> Vec<u8> {
    let mut cursor = Cursor::new(group, format);
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
pub(crate) fn talk<const HEAD: usize, const SCRATCH: usize>(
    mut responder: Responder<'_, HEAD, SCRATCH>,
    input: &[u8],
    feed: usize,
    pull: usize,
) -> Vec<u8> {
    let (mut rest, mut output, mut buf) = (input, Vec::new(), vec![0; pull]);
    let mut drain = |responder: &mut Responder<'_, HEAD, SCRATCH>| {
        while responder.state() == State::Output {
            let len = responder.pull(&mut buf);
            output.extend_from_slice(&buf[..len]);
        }
        assert_eq!(responder.pull(&mut buf), 0, "nothing to send outside an answer");
    };
    while !rest.is_empty() {
        let portion = &rest[..feed.min(rest.len())];
        let taken = responder.feed(portion);
        assert!(0 < taken && taken <= portion.len(), "input is taken outside an answer");
        rest = &rest[taken..];
        drain(&mut responder);
    }
    responder.end_input();
    drain(&mut responder);
    assert_eq!(responder.state(), State::Close);
    output
}

pub(crate) fn ask(input: impl AsRef<[u8]>) -> Vec<Reply> {
    Reply::all(&talk(Responder::new(&METRICS), input.as_ref(), usize::MAX, 4096), &[])
}

/// The status of the only answer, and whether it announces the end of the connection.
pub(crate) fn status(input: impl AsRef<[u8]>) -> (u16, bool) {
    let replies = ask(input);
    let [reply] = &replies[..] else { panic!("{} answers", replies.len()) };
    (reply.status, reply.header("Connection") == Some("close"))
}

pub(crate) fn statuses(replies: &[Reply]) -> Vec<u16> {
    replies.iter().map(|reply| reply.status).collect()
}

/// An answer as a client sees it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Reads the answers of a connection; those numbered in `heads` answer `HEAD`.
    pub(crate) fn all(mut bytes: &[u8], heads: &[usize]) -> Vec<Self> {
        let mut replies = Vec::new();
        while !bytes.is_empty() {
            let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a complete head");
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

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "two headers {name}");
        value
    }

    /// Checks for exactly these headers, in any order.
    pub(crate) fn expect_headers(&self, expected: &[(&str, &str)]) {
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
        let end = bytes.windows(2).position(|w| w == b"\r\n").expect("a size line");
        let size = core::str::from_utf8(&bytes[..end]).unwrap();
        assert!(size.bytes().all(|b| b.is_ascii_hexdigit()), "{size:?}");
        let size = usize::from_str_radix(size, 16).unwrap();
        let (data, rest) = bytes[end + 2..].split_at(size);
        body.extend_from_slice(data);
        bytes = rest.strip_prefix(b"\r\n").expect("a line end after the data");
        if size == 0 {
            return (body, bytes);
        }
    }
}

pub(crate) const GET: &str = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n";
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A request line with a Host header.
pub(crate) fn host(request_line: &str) -> String {
    format!("{request_line} HTTP/1.1\r\nHost: h\r\n\r\n")
}

/// A request for the page with one more header.
pub(crate) fn with(header: &str) -> String {
    format!("GET /metrics HTTP/1.1\r\nHost: h\r\n{header}\r\n\r\n")
}
