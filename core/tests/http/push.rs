//! The push: what it sends, in buffers of every size, and what it makes of answers.

use crate::client::page;
use crate::{FRAMES, LARGE, METRICS};
use nanoprom::http::{BadTarget, Push, PushError, State, Target};
use nanoprom::{Label, Registry};

const TARGET: Target<'static> = Target::new("gateway:9091", "device");

/// The whole request, pulled into buffers of `size` bytes.
fn request(mut push: Push<'_>, size: usize) -> Vec<u8> {
    let (mut sent, mut buf) = (Vec::new(), vec![0; size]);
    assert_eq!(push.pull(&mut []), 0);
    while push.state() == State::Output {
        let len = push.pull(&mut buf);
        sent.extend_from_slice(&buf[..len]);
    }
    assert_eq!(push.state(), State::Input);
    assert_eq!(push.pull(&mut buf), 0, "nothing to send any more");
    assert_eq!(push.outcome(), None);
    sent
}

fn split(request: &[u8]) -> (String, &[u8]) {
    let end = request.windows(4).position(|w| w == b"\r\n\r\n").expect("a head") + 4;
    (String::from_utf8(request[..end].to_vec()).unwrap(), &request[end..])
}

/// The data of a chunked body, which is all there is.
fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    loop {
        let end = body.windows(2).position(|w| w == b"\r\n").expect("a chunk's size");
        let size = usize::from_str_radix(str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        let chunk = &body[end + 2..];
        data.extend_from_slice(&chunk[..size]);
        assert_eq!(&chunk[size..size + 2], b"\r\n");
        body = &chunk[size + 2..];
        if size == 0 {
            assert!(body.is_empty(), "the last chunk ends the request");
            return data;
        }
    }
}

#[test]
fn a_put_is_this() {
    let labels = [Label::new("instance", "cellar/2"), Label::new("room", "Käse & Öl")];
    let push = Push::put(&METRICS, TARGET.path("/gate").labels(&labels)).unwrap();
    let request = request(push, 1000);
    let (head, body) = split(&request);
    assert_eq!(
        head,
        "PUT /gate/metrics/job/device/instance@base64/Y2VsbGFyLzI/room/K%C3%A4se%20%26%20%C3%96l \
         HTTP/1.1\r\n\
         Host: gateway:9091\r\n\
         Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n\
         Transfer-Encoding: chunked\r\n\
         Connection: close\r\n\r\n"
    );
    assert_eq!(joined(body), page(&METRICS));
}

#[test]
fn a_delete_has_no_body() {
    let request = request(Push::delete(TARGET).unwrap(), 1000);
    assert_eq!(
        str::from_utf8(&request),
        Ok(
            "DELETE /metrics/job/device HTTP/1.1\r\nHost: gateway:9091\r\nConnection: close\r\n\r\n"
        )
    );
}

#[test]
fn every_size_of_buffers_gives_the_same_request() {
    let labels = [Label::new("instance", "a b/c")];
    let target = TARGET.labels(&labels);
    let post = || Push::post(&METRICS, target).unwrap();
    let whole = request(post(), 10_000);
    let (head, body) = split(&whole);
    assert!(head.starts_with("POST /metrics/job/device/instance@base64/"), "{head}");
    for size in 1..600 {
        let got = request(post(), size);
        let (own_head, own_body) = split(&got);
        assert_eq!(own_head, head, "size {size}");
        assert_eq!(joined(own_body), joined(body), "size {size}");
    }
}

#[test]
fn a_large_page_and_an_empty_one_arrive_whole() {
    for port in 0..300 {
        FRAMES.labels([&*port.to_string()]).unwrap().inc();
    }
    for size in [1, 7, 255, 256, 257, 4096, 100_000] {
        let request = request(Push::put(&LARGE, TARGET).unwrap(), size);
        assert_eq!(joined(split(&request).1), page(&LARGE));
    }
    let nothing = Registry::new();
    for size in [1, 1000] {
        let request = request(Push::put(&nothing, TARGET).unwrap(), size);
        assert_eq!(split(&request).1, b"0\r\n\r\n");
    }
}

#[test]
fn a_bad_target_is_refused_at_once() {
    let bad = |target| Push::put(&METRICS, target).err();
    assert_eq!(bad(Target::new("a b", "j")), Some(BadTarget::Host));
    assert_eq!(bad(TARGET.path("gate")), Some(BadTarget::Path));
    assert_eq!(bad(Target::new("h", "")), Some(BadTarget::Job));
    assert_eq!(bad(TARGET.labels(&[Label::new("job", "x")])), Some(BadTarget::Label));
}

/// What becomes of an answer to a request that is out, fed in portions, and the message in it.
fn answer(answer: &[u8], portion: usize, then: State) -> (Option<Result<(), PushError>>, Vec<u8>) {
    let mut push = Push::delete(TARGET).unwrap();
    push.pull(&mut [0; 1000]);
    for part in answer.chunks(portion) {
        assert_eq!(push.feed(part), part.len());
    }
    assert_eq!(push.state(), then, "{}", String::from_utf8_lossy(answer));
    (push.outcome(), push.message().to_vec())
}

fn in_all_portions(
    text: &[u8],
    then: State,
    outcome: Option<Result<(), PushError>>,
    message: &[u8],
) {
    for portion in [1, 2, 3, 7, 50, usize::MAX] {
        let (got, said) = answer(text, portion, then);
        assert_eq!(got, outcome, "{}", String::from_utf8_lossy(text));
        assert_eq!(said, message, "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn success_is_known_after_the_head() {
    for text in [
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 202 Accepted\r\n\r\nwhatever",
        "HTTP/1.0 204\r\n\r\n",
        "HTTP/1.1 200 OK\nServer: old\n\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ] {
        in_all_portions(text.as_bytes(), State::Close, Some(Ok(())), b"");
        let text = text.trim_end_matches("whatever");
        in_all_portions(&text.as_bytes()[..text.len() - 1], State::Input, None, b"");
    }
}

#[test]
fn a_head_of_any_length_is_read() {
    let long = "x".repeat(5000);
    let headers = format!("X-Long: {long}\r\n").repeat(40);
    let text = format!("HTTP/1.1 200 {long}\r\n{headers}\r\n");
    in_all_portions(text.as_bytes(), State::Close, Some(Ok(())), b"");
}

#[test]
fn a_refusal_keeps_the_begin_of_its_message() {
    let refused = Some(Err(PushError::Refused(400)));
    let head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n";
    let plain = format!("{head}\r\nno such thing\n");
    in_all_portions(plain.as_bytes(), State::Input, refused, b"no such thing\n");
    let long = format!("{head}\r\n{}", "x".repeat(1000));
    in_all_portions(long.as_bytes(), State::Close, refused, &[b'x'; 256]);
    let chunked = format!("{head}TRANSFER-encoding: chunked\r\n\r\n6;a=b\r\nbecaus\r\n2\r\ne!\r\n");
    in_all_portions(chunked.as_bytes(), State::Close, refused, b"becaus");
    let empty = format!("{head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    in_all_portions(empty.as_bytes(), State::Close, refused, b"");
    let nonsense = format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc");
    in_all_portions(nonsense.as_bytes(), State::Close, refused, b"");
    let redirection = b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n";
    in_all_portions(redirection, State::Input, Some(Err(PushError::Refused(301))), b"");
}

#[test]
fn nonsense_is_no_answer() {
    for text in
        ["SSH-2.0-OpenSSH_9\r\n", "\n", "HTTP/2 200\r\n", "HTTP/1.1 2x0 OK\r\n", "220 mail\r\n"]
    {
        in_all_portions(text.as_bytes(), State::Close, Some(Err(PushError::Malformed)), b"");
    }
    let endless = vec![b'x'; 300];
    in_all_portions(&endless, State::Close, Some(Err(PushError::Malformed)), b"");
}

#[test]
fn the_end_of_the_connection_is_the_end() {
    let refusal = b"HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc";
    for (len, outcome, message) in [
        (0, PushError::Ended, ""),
        (10, PushError::Ended, ""),
        (17, PushError::Ended, ""),
        (refusal.len() - 5, PushError::Refused(500), ""),
        (refusal.len(), PushError::Refused(500), "abc"),
    ] {
        let mut push = Push::delete(TARGET).unwrap();
        push.pull(&mut [0; 1000]);
        push.feed(&refusal[..len]);
        push.end_input();
        assert_eq!(push.state(), State::Close);
        assert_eq!(push.outcome(), Some(Err(outcome)), "after {len} bytes");
        assert_eq!(push.message(), message.as_bytes());
    }
    let mut half = Push::put(&METRICS, TARGET).unwrap();
    half.pull(&mut [0; 10]);
    half.end_input();
    assert_eq!((half.state(), half.pull(&mut [0; 10])), (State::Close, 0));
    assert_eq!(half.outcome(), Some(Err(PushError::Ended)));
}

#[test]
fn an_interim_answer_does_not_end_the_sending() {
    const INTERIM: &[u8] =
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n";
    let whole = request(Push::put(&METRICS, TARGET).unwrap(), 4096);
    for sent in [1, 20, 250, whole.len() - 3] {
        let mut push = Push::put(&METRICS, TARGET).unwrap();
        let mut out = vec![0; sent];
        push.pull(&mut out);
        for portion in INTERIM.chunks(sent) {
            push.feed(portion);
        }
        while push.state() == State::Output {
            let mut buf = [0; 64];
            let len = push.pull(&mut buf);
            out.extend_from_slice(&buf[..len]);
        }
        assert_eq!(joined(split(&out).1), joined(split(&whole).1));
        assert_eq!(push.outcome(), None);
        push.feed(b"HTTP/1.1 200 OK\r\n\r\n");
        assert_eq!(push.outcome(), Some(Ok(())));
    }
}

#[test]
fn an_answer_before_the_request_is_out_ends_the_sending() {
    let refusal = "HTTP/1.1 413 Too Large\r\n\r\nless, please";
    for (answer, outcome, message) in [
        (refusal, PushError::Refused(413), "less, please"),
        ("HTTP/1.1 200 OK\r\n\r\n", PushError::Malformed, ""),
    ] {
        for sent in 1..250 {
            let mut push = Push::put(&METRICS, TARGET).unwrap();
            push.pull(&mut vec![0; sent]);
            assert_eq!(push.feed(b""), 0);
            assert_eq!(push.state(), State::Output);
            push.feed(answer.as_bytes());
            assert_eq!(push.pull(&mut [0; 10]), 0);
            assert_eq!(push.outcome(), Some(Err(outcome)));
            assert_eq!(push.message(), message.as_bytes());
        }
    }
}
