//! What is asked over HTTP: one request head, judged.

use crate::response::Response;
use core::time::Duration;

/// Larger request heads are refused, in bytes.
pub(crate) const MAX_HEAD: usize = 8192;
/// More headers are refused.
const MAX_HEADERS: usize = 64;
/// Prometheus says with every scrape how long it will wait.
const TIMEOUT_HEADER: &str = "X-Prometheus-Scrape-Timeout-Seconds";

/// A request that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `HEAD`: the body stays at home.
    pub head_only: bool,
    /// The path, without the query.
    pub path: String,
    /// What follows the question mark, encoded as it came.
    pub query: String,
    /// Who the client thinks it is talking to, such as `127.0.0.1:9840`.
    pub host: Option<String>,
    /// How long the scraper waits for the answer.
    pub timeout: Option<Duration>,
    /// The connection ends after the answer.
    pub close: bool,
}

/// The head of a request, and how many bytes it took.
pub(crate) type Head = (Request, usize);

impl Request {
    /// Reads a head; `None` if it is well-formed so far but not yet complete. An error ends the connection.
    pub(crate) fn read(head: &[u8]) -> Option<Result<Head, Response>> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(head) {
            Ok(httparse::Status::Complete(len)) => {
                Some(judge(&request).map(|request| (request, len)))
            }
            Ok(httparse::Status::Partial) if head.len() < MAX_HEAD => None,
            Ok(httparse::Status::Partial) if head.contains(&b'\n') => {
                Some(Err(Response::refusal(431, "headers too large")))
            }
            Ok(httparse::Status::Partial) => {
                Some(Err(Response::refusal(414, "request line too long")))
            }
            Err(httparse::Error::TooManyHeaders) => {
                Some(Err(Response::refusal(431, "too many headers")))
            }
            Err(httparse::Error::Version) if names_http(head) => {
                Some(Err(Response::refusal(505, "only HTTP/1.0 and HTTP/1.1")))
            }
            Err(_) => Some(Err(Response::refusal(400, "bad request"))),
        }
    }

    /// The first value of a query parameter, decoded.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// Whether the third word of the request line is a version of HTTP.
fn names_http(head: &[u8]) -> bool {
    head.split(|&byte| byte == b' ').nth(2).is_some_and(|word| word.starts_with(b"HTTP/"))
}

fn judge(request: &httparse::Request<'_, '_>) -> Result<Request, Response> {
    let bad = || Response::refusal(400, "bad request");
    let values = |name: &'static str| {
        let named =
            request.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| header.value)
    };
    let persistent = request.version == Some(1);
    // RFC 9112, section 3.2: one Host in HTTP/1.1, never more than one in any version.
    let hosts = values("Host").count();
    if hosts > 1 || (persistent && hosts == 0) {
        return Err(bad());
    }
    let host = match values("Host").next() {
        Some(host) => Some(core::str::from_utf8(host).map_err(|_| bad())?.to_owned()),
        None => None,
    };
    let (path, query) = target(request.path.unwrap_or_default()).ok_or_else(bad)?;
    let head_only = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Response::refusal(405, "only GET and HEAD")),
    };
    // A body is never taken for the next request.
    let body = values("Content-Length").any(|length| length != b"0")
        || values("Transfer-Encoding").next().is_some();
    let close = values("Connection")
        .flat_map(|value| value.split(|&byte| byte == b','))
        .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"));
    Ok(Request {
        head_only,
        path: path.into(),
        query: query.into(),
        host,
        timeout: values(TIMEOUT_HEADER).next().and_then(seconds),
        close: close || body || !persistent,
    })
}

/// Path and query of a target in origin or absolute form.
fn target(target: &str) -> Option<(&str, &str)> {
    let after_scheme = |scheme: &str| {
        let (start, rest) = target.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let target = match after_scheme("http://").or_else(|| after_scheme("https://")) {
        Some(rest) => &rest[rest.find(['/', '?']).filter(|&at| at > 0).unwrap_or(rest.len())..],
        None if target.starts_with('/') => target,
        None => return None,
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Some((if path.is_empty() { "/" } else { path }, query))
}

fn seconds(value: &[u8]) -> Option<Duration> {
    let seconds = core::str::from_utf8(value).ok()?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, u16> {
        match Request::read(text.as_bytes()).expect("the head is complete") {
            Ok((request, len)) => {
                assert_eq!(len, text.len());
                Ok(request)
            }
            Err(response) => Err(response.status),
        }
    }

    #[test]
    fn a_probe_is_understood() {
        let request = read(
            "GET /probe?module=x&target=boiler+room%2F%C3%BC HTTP/1.1\r\nhost: h:1\r\n\
             x-prometheus-scrape-timeout-seconds: 2.5\r\n\r\n",
        )
        .unwrap();
        assert_eq!(request.path, "/probe");
        assert_eq!(request.parameter("target").as_deref(), Some("boiler room/ü"));
        assert_eq!(request.parameter("nothing"), None);
        assert_eq!(request.host.as_deref(), Some("h:1"));
        assert_eq!(request.timeout, Some(Duration::from_millis(2500)));
        assert!(!request.close && !request.head_only);
    }

    #[test]
    fn a_target_may_name_the_host() {
        let path = |target: &str| {
            let request = read(&format!("HEAD {target} HTTP/1.1\r\nHost: h\r\n\r\n")).unwrap();
            (request.path, request.query)
        };
        assert_eq!(path("http://h:1/sd?a=b"), ("/sd".into(), "a=b".into()));
        assert_eq!(path("HTTP://h"), ("/".into(), String::new()));
        assert_eq!(path("http://h?a"), ("/".into(), "a".into()));
    }

    #[test]
    fn connections_end_where_the_client_or_a_body_wants_it() {
        let close =
            |rest: &str| read(&format!("GET / HTTP/1.1\r\nHost: h\r\n{rest}\r\n")).unwrap().close;
        assert!(!close(""));
        assert!(!close("Content-Length: 0\r\n"));
        assert!(close("Connection: x, Close\r\n"));
        assert!(close("Content-Length: 5\r\n"));
        assert!(close("Transfer-Encoding: chunked\r\n"));
        assert!(read("GET / HTTP/1.0\r\n\r\n").unwrap().close);
    }

    #[test]
    fn what_cannot_be_answered_is_refused() {
        assert_eq!(read("GET / HTTP/1.1\r\n\r\n"), Err(400));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), Err(400));
        assert_eq!(read("POST / HTTP/1.1\r\nHost: a\r\n\r\n"), Err(405));
        assert_eq!(read("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), Err(505));
        assert_eq!(read("GET metrics HTTP/1.1\r\nHost: a\r\n\r\n"), Err(400));
        assert_eq!(read("rubbish\r\n\r\n"), Err(400));
        assert_eq!(read(&"x".repeat(MAX_HEAD)), Err(414));
        assert_eq!(read(&format!("GET / HTTP/1.1\r\nA: {}", "x".repeat(MAX_HEAD))), Err(431));
        let many = "A: b\r\n".repeat(MAX_HEADERS + 1);
        assert_eq!(read(&format!("GET / HTTP/1.1\r\n{many}\r\n")), Err(431));
        assert!(Request::read(b"GET / HTTP/1.1\r\nHost: a\r\n").is_none());
    }

    #[test]
    fn times_that_are_none_are_ignored() {
        for (value, time) in
            [("1", Some(1)), ("-1", None), ("NaN", None), ("1e300", None), ("", None)]
        {
            let head = format!("GET / HTTP/1.1\r\nHost: a\r\n{TIMEOUT_HEADER}: {value}\r\n\r\n");
            assert_eq!(read(&head).unwrap().timeout, time.map(Duration::from_secs));
        }
    }
}
