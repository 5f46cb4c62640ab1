//! Which request gets which answer.

use crate::METRICS;
use crate::client::*;
use nanoprom::http::{Responder, State};

#[test]
fn the_page_is_chunked_on_http_1_1_and_the_connection_stays() {
    let replies = ask(GET);
    assert_eq!(statuses(&replies), [200]);
    replies[0].expect_headers(&[("Content-Type", CONTENT_TYPE), ("Transfer-Encoding", "chunked")]);
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
    let page =
        ["/", "/metrics", "/metrics?a=/b", "/?", "http://h/metrics", "HTTP://h:1", "https://h?q"];
    for target in page {
        assert_eq!(status(host(&format!("GET {target}"))), (200, false), "{target}");
    }
    for target in ["/metrics/", "/metric", "/METRICS", "/favicon.ico", "//", "http://h/x"] {
        assert_eq!(status(host(&format!("GET {target}"))), (404, false), "{target}");
    }
    for target in ["*", "metrics", "ftp://h/metrics", "http:///metrics", "h:80"] {
        assert_eq!(status(host(&format!("GET {target}"))), (400, true), "{target}");
    }
}

#[test]
fn head_gets_the_headers_of_get_and_no_body() {
    let ask_head = |request: &str| {
        let output = talk(Responder::new(&METRICS), request.as_bytes(), usize::MAX, 4096);
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
    for line in ["POST /metrics", "OPTIONS *", "DELETE /x", "get /metrics", "CONNECT h:80", "X *"] {
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
    assert_eq!(status("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), (400, true));
    assert_eq!(status("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n"), (400, true));
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
    for bad in ["\x16\x03\x01", "GET / HTTP/3", "GET / HTTP/1.1\r\nno colon\r\n"] {
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
    assert_eq!(status(with("A: 1\r\n".repeat(31).trim_end())), (200, false), "31 and Host");
    assert_eq!(status(with("A: 1\r\n".repeat(32).trim_end())), (431, true), "32 and Host");
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
        assert_eq!(status(get.replacen("GET", "POST", 1)), (405, true), "{fields}");
    }
    assert_eq!(status(with("Content-Length: 0")), (200, false));
    for length in ["5x", "-1", "+1", "", "0, 0", "0\r\nContent-Length: 0"] {
        let request = with(&format!("Content-Length: {length}")) + GET;
        assert_eq!(status(request), (400, true), "{length}");
    }
}

#[test]
fn a_client_may_ask_for_the_end_of_the_connection() {
    for value in ["close", "Close", "TE, close", "keep-alive , CLOSE,", "close\r\nConnection: TE"] {
        let request = with(&format!("Connection: {value}")) + GET;
        assert_eq!(status(request), (200, true), "{value}");
    }
    for value in ["keep-alive", "closed", "", "Upgrade, HTTP2-Settings"] {
        assert_eq!(status(with(&format!("Connection: {value}"))), (200, false), "{value}");
    }
}

#[test]
fn accept_never_makes_an_error() {
    for value in ["", "image/png", "*/*;q=0", "text/plain; version=1.0.x", ";;,=q", "\u{e9}"] {
        assert_eq!(status(with(&format!("Accept: {value}"))), (200, false), "{value}");
    }
}

#[test]
fn empty_lines_before_a_request_are_ignored() {
    assert_eq!(statuses(&ask(format!("\r\n{GET}\r\n\n\r\n{GET}\r\n"))), [200, 200]);
    assert_eq!(status("\r\n".repeat(3000) + "GET / HTTP/1.0\n\n"), (200, true));
}
