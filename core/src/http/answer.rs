//! What is answered: status, headers and the short bodies of refusals, as ready-made text.

use super::chunk;
use crate::cursor::{self, Format, FormatCell};

/// A page in one of the formats.
pub(super) struct Page {
    content_type: &'static str,
    pub(super) format: &'static FormatCell,
}

pub(super) static TEXT: Page =
    Page { content_type: Format::Text.content_type(), format: &cursor::TEXT };
pub(super) static OPEN_METRICS: Page =
    Page { content_type: Format::OpenMetrics.content_type(), format: &cursor::OPEN_METRICS };

/// The answers there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Ok = 200,
    BadRequest = 400,
    NotFound = 404,
    MethodNotAllowed = 405,
    RequestTimeout = 408,
    UriTooLong = 414,
    HeadersTooLarge = 431,
    VersionNotSupported = 505,
}

/// The text of one refusal.
struct Refusal {
    status_line: &'static str,
    /// The last headers of a refusal, from its `Content-Length` on.
    headers: &'static str,
    body: &'static str,
}

/// Writes a length next to its text only if it is true.
macro_rules! refusal {
    ($status:literal, $len:literal, $body:literal $(, $header:literal)?) => {{
        const { assert!($body.len() == $len, "the announced length is not that of the body") };
        &Refusal {
            status_line: concat!("HTTP/1.1 ", $status, "\r\n"),
            headers: concat!(
                "Content-Type: text/plain; charset=utf-8\r\n",
                "Content-Length: ", $len, "\r\n",
                $($header, "\r\n")?
            ),
            body: $body,
        }
    }};
}

impl Status {
    /// The texts of a refusal; `None` for the page.
    fn refusal(self) -> Option<&'static Refusal> {
        Some(match self {
            Self::Ok => return None,
            Self::BadRequest => refusal!("400 Bad Request", 12, "bad request\n"),
            Self::NotFound => refusal!("404 Not Found", 28, "the metrics are at /metrics\n"),
            Self::MethodNotAllowed => {
                refusal!("405 Method Not Allowed", 18, "only GET and HEAD\n", "Allow: GET, HEAD")
            }
            Self::RequestTimeout => refusal!("408 Request Timeout", 16, "request timeout\n"),
            Self::UriTooLong => refusal!("414 URI Too Long", 22, "request line too long\n"),
            Self::HeadersTooLarge => {
                refusal!("431 Request Header Fields Too Large", 18, "headers too large\n")
            }
            Self::VersionNotSupported => {
                refusal!("505 HTTP Version Not Supported", 27, "only HTTP/1.0 and HTTP/1.1\n")
            }
        })
    }
}

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
    pub(super) status: Status,
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
    pub(super) fn refuse(status: Status, head: &[u8]) -> Self {
        let head_only = head.starts_with(b"HEAD ");
        Self { status, page: &TEXT, framing: Framing::Close, head_only, close: true }
    }

    /// The pieces in order, from number 0 on. A piece does not move when `close` changes while
    /// the answer is being sent.
    pub(super) fn part(&self, number: u8) -> Part {
        let refusal = self.status.refusal();
        let chunked = self.framing == Framing::Chunked;
        let text = match (number, refusal) {
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
