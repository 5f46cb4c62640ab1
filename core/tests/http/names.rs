//! `name[]=`: the families of a page that a request asks for.

use crate::client::*;
use nanoprom::http::Responder;
use nanoprom::{Cursor, FmtWriter, Format, encode_rest, metrics};

mod driver {
    nanoprom::metrics! {
        pub static METRICS;
        /// Frames.
        pub static FRAMES: IntCounter = "frames_total";
    }
    use nanoprom::IntCounter;
}

metrics! {
    static METRICS, prefix = "app_", include = [driver::METRICS { prefix = "eth0_" }];
    /// Requests.
    static REQUESTS: Counter = "requests_total";
    /// Temperature.
    static HEAT: Gauge = "heat_celsius";
    /// Jobs.
    static JOBS: Created<IntCounter> = "jobs_total";
    /// Time to answer.
    static LATENCY: Histogram<1> = "latency_seconds", buckets = [1.0];
}
use nanoprom::{Counter, Created, Gauge, Histogram, IntCounter};

fn only(names: &[&str], format: Format) -> String {
    let mut page = String::new();
    encode_rest(Cursor::new(&METRICS, format).only(names), &mut FmtWriter(&mut page)).unwrap();
    page
}

fn ask(target: &str, header: &str, pull: usize) -> Reply {
    let request = format!("GET {target} HTTP/1.1\r\nHost: h\r\n{header}\r\n");
    let output = talk(Responder::new(&METRICS), request.as_bytes(), usize::MAX, pull);
    let mut replies = Reply::all(&output, &[]);
    assert_eq!(replies.len(), 1);
    replies.remove(0)
}

#[test]
fn a_request_names_families_in_any_spelling() {
    for (query, names) in [
        ("name[]=app_heat_celsius", &["app_heat_celsius"][..]),
        ("name%5B%5D=app_heat_celsius", &["app_heat_celsius"]),
        ("name%5b%5d=app%5Fheat_celsiu%73", &["app_heat_celsius"]),
        (
            "x=1&name[]=app_requests&y&name[]=app_latency_seconds_bucket",
            &["app_requests", "app_latency_seconds"],
        ),
        ("name[]=app_eth0_frames_total&", &["app_eth0_frames"]),
        ("name[]=app_jobs_created", &["app_jobs"]),
        ("name[]=", &[]),
        ("name[]=nothing", &[]),
        ("name[]=app_heat_celsius%", &[]),
        ("name[]=app_heat_celsius?", &[]),
        ("name[]=app_heat+celsius", &[]),
    ] {
        for (header, format) in
            [("", Format::Text), ("Accept: application/openmetrics-text\r\n", Format::OpenMetrics)]
        {
            for pull in [1, 7, 300, 4096] {
                let reply = ask(&format!("/metrics?{query}"), header, pull);
                assert_eq!(reply.status, 200, "{query}");
                let body = String::from_utf8(reply.body).unwrap();
                assert_eq!(body, only(names, format), "{query}");
            }
        }
    }
}

#[test]
fn without_a_name_the_page_is_whole() {
    let whole = page(&METRICS);
    for target in ["/metrics?", "/metrics?name=app_heat_celsius", "/?name[]", "http://h?names[]=x"]
    {
        assert_eq!(ask(target, "", 4096).body, whole, "{target}");
    }
    assert_eq!(
        String::from_utf8(ask("http://h/metrics?name[]=app_heat_celsius", "", 9).body).unwrap(),
        only(&["app_heat_celsius"], Format::Text)
    );
}

#[test]
fn a_choice_holds_for_one_request() {
    let input = format!("{}{}", host("GET /metrics?name[]=x"), host("GET /metrics"));
    let output = talk(Responder::new(&METRICS), input.as_bytes(), usize::MAX, 100);
    let replies = Reply::all(&output, &[]);
    assert_eq!((replies[0].body.len(), &replies[1].body), (0, &page(&METRICS)));
}

#[test]
fn more_names_than_eight_are_refused() {
    let query = |count| vec!["name[]=app_heat_celsius"; count].join("&");
    assert_eq!(ask(&format!("/metrics?{}", query(8)), "", 100).status, 200);
    assert_eq!(ask(&format!("/metrics?{}", query(9)), "", 100).status, 400);
}

#[test]
fn a_responder_of_text_pages_only_takes_no_choice() {
    let request = host("GET /metrics?name[]=x");
    let responder = Responder::<1024>::text_only(&METRICS);
    let output = talk(responder, request.as_bytes(), usize::MAX, 100);
    assert_eq!(Reply::all(&output, &[])[0].body, page(&METRICS));
}
