//! Tokens and passwords: who is let in, and what the others are told.

use crate::METRICS;
use crate::client::*;
use nanoprom::http::{Auth, Responder};

static TOKEN: Auth = Auth::bearer("mF_9.B5f-4.1JqM");
// RFC 7617, section 2 and section 2.1.
static PASSWORD: Auth = Auth::basic("Aladdin", "open sesame");
static POUND: Auth = Auth::basic("test", "123£");

fn asked(auth: &Auth<'_>, request: &str) -> Reply {
    let responder = Responder::new(&METRICS).with_auth(auth);
    let replies = Reply::all(&talk(responder, request.as_bytes(), usize::MAX, 4096), &[]);
    replies.into_iter().next().expect("an answer")
}

/// The status for a request with these header lines.
fn status_with(auth: &Auth<'_>, headers: &str) -> u16 {
    asked(auth, &format!("GET /metrics HTTP/1.1\r\nHost: a\r\n{headers}\r\n")).status
}

#[test]
fn who_shows_the_secret_gets_the_page() {
    for (auth, header) in [
        (&TOKEN, "Authorization: Bearer mF_9.B5f-4.1JqM\r\n"),
        (&TOKEN, "AUTHORIZATION:bearer  mF_9.B5f-4.1JqM \r\n"),
        (&PASSWORD, "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"),
        (&POUND, "authorization: basic dGVzdDoxMjPCow==\r\n"),
    ] {
        let reply = asked(auth, &format!("GET / HTTP/1.1\r\nHost: a\r\n{header}\r\n"));
        assert_eq!((reply.status, reply.body), (200, page(&METRICS)), "{header}");
    }
}

#[test]
fn nobody_else_does() {
    for header in [
        "",
        "Authorization:\r\n",
        "Authorization: Bearer\r\n",
        "Authorization: Bearer \r\n",
        "Authorization: mF_9.B5f-4.1JqM\r\n",
        "Authorization: Bearer mF_9.B5f-4.1JqN\r\n",
        "Authorization: Bearer mF_9.B5f-4.1Jq\r\n",
        "Authorization: Bearer mF_9.B5f-4.1JqMM\r\n",
        "Authorization: Bearer MF_9.B5F-4.1JQM\r\n",
        "Authorization: BearermF_9.B5f-4.1JqM\r\n",
        "Authorization: Basic mF_9.B5f-4.1JqM\r\n",
        "Proxy-Authorization: Bearer mF_9.B5f-4.1JqM\r\n",
        "Authorization: Bearer mF_9.B5f-4.1JqM\r\nAuthorization: Bearer mF_9.B5f-4.1JqM\r\n",
    ] {
        assert_eq!(status_with(&TOKEN, header), 401, "{header}");
    }
    for shown in
        ["", "QWxhZGRpbjpvcGVuIHNlc2FtZQ", "QWxhZGRpbjpvcGVuIHNlc2FtZR==", "Aladdin:open sesame"]
    {
        let header = format!("Authorization: Basic {shown}\r\n");
        assert_eq!(status_with(&PASSWORD, &header), 401, "{header}");
    }
}

#[test]
fn an_empty_secret_lets_nobody_in() {
    assert_eq!(status_with(&Auth::bearer(""), "Authorization: Bearer \r\n"), 401);
    assert_eq!(status_with(&Auth::basic("a", ""), "Authorization: Basic YTo=\r\n"), 401);
    assert_eq!(status_with(&Auth::basic("", "a"), "Authorization: Basic OmE=\r\n"), 200);
}

#[test]
fn a_refusal_says_what_to_show_and_the_connection_stays() {
    for (auth, challenge) in [
        (&TOKEN, "Bearer realm=\"metrics\""),
        (&PASSWORD, "Basic realm=\"metrics\", charset=\"UTF-8\""),
    ] {
        let reply = asked(auth, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_eq!(reply.header("WWW-Authenticate"), Some(challenge));
        assert_eq!((reply.status, reply.header("Connection")), (401, None));
        assert!(reply.body.ends_with(b"missing\n"));
    }
}

#[test]
fn strangers_are_not_told_which_paths_there_are() {
    for line in ["GET /nothing", "POST /metrics", "DELETE /nothing"] {
        assert_eq!(asked(&TOKEN, &format!("{line} HTTP/1.1\r\nHost: a\r\n\r\n")).status, 401);
        let known = "Host: a\r\nAuthorization: Bearer mF_9.B5f-4.1JqM\r\n";
        assert_ne!(asked(&TOKEN, &format!("{line} HTTP/1.1\r\n{known}\r\n")).status, 401);
    }
}

#[test]
fn each_request_of_a_connection_is_judged() {
    let known = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer mF_9.B5f-4.1JqM\r\n\r\n";
    let requests = [known, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", known].concat();
    for feed in [1, 7, usize::MAX] {
        let responder = Responder::new(&METRICS).with_auth(&TOKEN);
        let replies = Reply::all(&talk(responder, requests.as_bytes(), feed, 50), &[]);
        assert_eq!(statuses(&replies), [200, 401, 200]);
    }
}

#[test]
fn a_secret_is_not_printed() {
    assert!(!format!("{TOKEN:?}{PASSWORD:?}").contains("mF_9"));
}
