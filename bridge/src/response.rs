//! What is answered over HTTP: bodies are whole, so their length is known.

use std::sync::Arc;

/// Pages of metrics.
const METRICS: &str = nanoprom::Format::Text.content_type();
const TEXT: &str = "text/plain; charset=utf-8";

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Arc<[u8]>,
}

impl Response {
    /// A page of metrics.
    pub fn metrics(page: impl Into<Arc<[u8]>>) -> Self {
        Self { status: 200, content_type: METRICS, body: page.into() }
    }

    /// JSON.
    pub fn json(text: String) -> Self {
        Self { status: 200, content_type: "application/json", body: text.into_bytes().into() }
    }

    /// Text for people.
    pub fn text(text: &str) -> Self {
        Self { status: 200, content_type: TEXT, body: text.as_bytes().into() }
    }

    /// A status that is not success, with one line that says why.
    pub fn refusal(status: u16, reason: &str) -> Self {
        Self { status, content_type: TEXT, body: format!("{reason}\n").into_bytes().into() }
    }

    /// The answer as it goes out.
    pub(crate) fn bytes(&self, head_only: bool, close: bool) -> Vec<u8> {
        let Self { status, content_type, body } = self;
        let reason = reason(*status);
        let mut head = format!("HTTP/1.1 {status} {reason}\r\nContent-Type: {content_type}\r\n");
        if !head_only {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        if *status == 405 {
            head.push_str("Allow: GET, HEAD\r\n");
        }
        head.push_str(if close { "Connection: close\r\n\r\n" } else { "\r\n" });
        let mut bytes = head.into_bytes();
        if !head_only {
            bytes.extend_from_slice(body);
        }
        bytes
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        414 => "URI Too Long",
        431 => "Request Header Fields Too Large",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_announces_its_length() {
        let sent = Response::refusal(405, "no").bytes(false, true);
        assert_eq!(
            String::from_utf8(sent).unwrap(),
            "HTTP/1.1 405 Method Not Allowed\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Length: 3\r\nAllow: GET, HEAD\r\nConnection: close\r\n\r\nno\n"
        );
    }

    #[test]
    fn the_answer_to_head_is_a_head() {
        let sent = Response::metrics(*b"page").bytes(true, false);
        assert_eq!(
            String::from_utf8(sent).unwrap(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n\r\n"
        );
    }
}
