//! What is answered: status, headers and the short bodies of refusals, as ready-made text.

use super::chunk;
use crate::page::cursor::{self, Format, FormatCell};

/// A page in one of the formats.
pub(super) struct Page {
    content_type: &'static str,
    pub(super) format: &'static FormatCell,
}

pub(super) static TEXT: Page =
    Page { content_type: Format::Text.content_type(), format: &cursor::TEXT };
pub(super) static OPEN_METRICS: Page =
    Page { content_type: Format::OpenMetrics.content_type(), format: &cursor::OPEN_METRICS };

/// A refusal: its text, ready-made.
pub(super) struct Refusal {
    pub(super) status: u16,
    status_line: &'static str,
    /// The last headers, from `Content-Type` on.
    headers: &'static str,
    body: &'static str,
}

impl Refusal {
    pub(super) const fn new(
        status: u16,
        status_line: &'static str,
        headers: &'static str,
        body: &'static str,
    ) -> Self {
        Self { status, status_line, headers, body }
    }
}

/// Writes a length next to its text only if it is true.
macro_rules! refusal {
    ($status:literal, $reason:literal, $len:literal, $body:literal $(, $header:literal)?) => {{
        const { assert!($body.len() == $len, "the announced length is not that of the body") };
        $crate::http::answer::Refusal::new(
            $status,
            concat!("HTTP/1.1 ", $status, " ", $reason, "\r\n"),
            concat!(
                "Content-Type: text/plain; charset=utf-8\r\n",
                "Content-Length: ", $len, "\r\n",
                $($header, "\r\n")?
            ),
            $body,
        )
    }};
}
pub(super) use refusal;

pub(super) static BAD_REQUEST: Refusal = refusal!(400, "Bad Request", 12, "bad request\n");
pub(super) static NOT_FOUND: Refusal =
    refusal!(404, "Not Found", 28, "the metrics are at /metrics\n");
pub(super) static METHOD_NOT_ALLOWED: Refusal =
    refusal!(405, "Method Not Allowed", 18, "only GET and HEAD\n", "Allow: GET, HEAD");
pub(super) static REQUEST_TIMEOUT: Refusal =
    refusal!(408, "Request Timeout", 16, "request timeout\n");
pub(super) static URI_TOO_LONG: Refusal =
    refusal!(414, "URI Too Long", 22, "request line too long\n");
pub(super) static HEADERS_TOO_LARGE: Refusal =
    refusal!(431, "Request Header Fields Too Large", 18, "headers too large\n");
pub(super) static VERSION_NOT_SUPPORTED: Refusal =
    refusal!(505, "HTTP Version Not Supported", 27, "only HTTP/1.0 and HTTP/1.1\n");

/// How the page is delimited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Framing {
    /// HTTP/1.1: in chunks.
    Chunked,
    /// HTTP/1.0: by the end of the connection.
    Close,
}

/// One answer.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    /// What is said instead of the page.
    pub(super) refusal: Option<&'static Refusal>,
    pub(super) page: &'static Page,
    pub(super) framing: Framing,
    /// `HEAD`: the body stays at home.
    pub(super) head_only: bool,
    /// The connection ends after this answer.
    pub(super) close: bool,
}

/// A piece of an answer.
pub(super) enum Part {
    Text(&'static [u8]),
    Page(Framing),
    End,
}

impl Answer {
    /// A refusal that ends the connection, of a request that begins with `head`.
    pub(super) fn refuse(refusal: &'static Refusal, head: &[u8]) -> Self {
        let head_only = head.starts_with(b"HEAD ");
        let refusal = Some(refusal);
        Self { refusal, page: &TEXT, framing: Framing::Close, head_only, close: true }
    }

    pub(super) fn status(&self) -> u16 {
        self.refusal.map_or(200, |refusal| refusal.status)
    }

    /// The pieces in order, from number 0 on. A piece does not move when `close` changes while
    /// the answer is being sent.
    pub(super) fn part(&self, number: u8) -> Part {
        let chunked = self.framing == Framing::Chunked;
        let text = match (number, self.refusal) {
            (0, None) => "HTTP/1.1 200 OK\r\nContent-Type: ",
            (0, Some(refusal)) => refusal.status_line,
            (1, None) => self.page.content_type,
            (1, Some(refusal)) => refusal.headers,
            (2, None) if chunked => "\r\nTransfer-Encoding: chunked\r\n",
            (2, None) => "\r\n",
            (3, _) if self.close => "Connection: close\r\n",
            (4, _) => "\r\n",
            (5.., _) if self.head_only => return Part::End,
            (5, None) => return Part::Page(self.framing),
            (5, Some(refusal)) => refusal.body,
            (6, None) if chunked => return Part::Text(chunk::LAST),
            (6.., _) => return Part::End,
            _ => "",
        };
        Part::Text(text.as_bytes())
    }
}
