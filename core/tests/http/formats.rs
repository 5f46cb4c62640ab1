//! The page in the format that `Accept` prefers.

use crate::METRICS;
use crate::client::{CONTENT_TYPE, GET, Reply, ask, page, page_in, talk, with};
use nanoprom::http::Responder;
use nanoprom::{
    Collected, CollectedFamily, CollectedSeries, Collector, Failed, Format, Group, Histogram,
    Metric, Node, Registry, Type, metrics,
};

const OPEN_METRICS: &str =
    "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";
/// What Prometheus 2.42 sends.
const PROMETHEUS: &str = "Accept: application/openmetrics-text;version=1.0.0,\
    application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\n\
    Accept-Encoding: gzip";

/// The only answer.
#[track_caller]
fn only(replies: Vec<Reply>) -> Reply {
    let Ok([reply]) = <[Reply; 1]>::try_from(replies) else { panic!("one answer") };
    reply
}

#[track_caller]
fn is_text(reply: &Reply, group: &Group<'_>) {
    assert_eq!(reply.header("Content-Type"), Some(CONTENT_TYPE));
    assert_eq!(reply.body, page(group));
}

#[track_caller]
fn is_open_metrics(reply: &Reply, group: &Group<'_>) {
    assert_eq!(reply.header("Content-Type"), Some(OPEN_METRICS));
    assert_eq!(reply.body, page_in(group, Format::OpenMetrics));
}

#[test]
fn prometheus_gets_openmetrics() {
    is_open_metrics(&only(ask(with(PROMETHEUS))), &METRICS);
}

#[test]
fn whoever_asks_for_nothing_or_for_anything_gets_text() {
    is_text(&only(ask(GET)), &METRICS);
    for accept in ["*/*", "text/html", "application/openmetrics-text;q=0", "x"] {
        is_text(&only(ask(with(&format!("accept: {accept}")))), &METRICS);
    }
}

#[test]
fn accept_may_come_in_several_lines() {
    let lines = "Accept: text/plain;q=0.5\r\naccept: application/openmetrics-text;q=0.6";
    is_open_metrics(&only(ask(with(lines))), &METRICS);
    let lines = "Accept: text/plain;q=0.7\r\naccept: application/openmetrics-text;q=0.6";
    is_text(&only(ask(with(lines))), &METRICS);
}

#[test]
fn each_request_of_a_connection_has_its_own_format() {
    let requests = [GET.to_owned(), with(PROMETHEUS), GET.to_owned()].concat();
    for (feed, pull) in [(usize::MAX, 4096), (1, 1), (7, 300)] {
        let output = talk(Responder::new(&METRICS), requests.as_bytes(), feed, pull);
        let replies = Reply::all(&output, &[]);
        assert_eq!(replies.len(), 3);
        is_text(&replies[0], &METRICS);
        is_open_metrics(&replies[1], &METRICS);
        is_text(&replies[2], &METRICS);
    }
}

#[test]
fn head_tells_the_format_and_refusals_are_plain() {
    let request = with(PROMETHEUS).replacen("GET", "HEAD", 1);
    let output = talk(Responder::new(&METRICS), request.as_bytes(), usize::MAX, 4096);
    let reply = only(Reply::all(&output, &[0]));
    assert_eq!(reply.header("Content-Type"), Some(OPEN_METRICS));
    let reply = only(ask(with(PROMETHEUS).replacen("/metrics", "/other", 1)));
    assert_eq!(
        (reply.status, reply.header("Content-Type")),
        (404, Some("text/plain; charset=utf-8"))
    );
}

#[test]
fn http_1_0_negotiates_too() {
    let request = format!("GET / HTTP/1.0\r\n{PROMETHEUS}\r\n\r\n");
    is_open_metrics(&only(ask(request)), &METRICS);
}

#[test]
fn a_responder_of_text_answers_nothing_else() {
    let responder = Responder::<1024>::text_only(&METRICS);
    let output = talk(responder, with(PROMETHEUS).as_bytes(), usize::MAX, 4096);
    is_text(&only(Reply::all(&output, &[])), &METRICS);
}

metrics! {
    static COLD;
    /// Degrees.
    static DEGREES: Histogram<2> = "degrees_celsius", buckets = [-5.0, 5.0];
}

static NESTED: Group<'static> = {
    const ROWS: &[Metric<'static>] = &[Metric::group(&COLD)];
    Group::new(ROWS)
};

#[test]
fn a_page_that_openmetrics_would_shorten_is_text() {
    DEGREES.observe(3.0);
    for group in [&COLD, &NESTED] {
        let output = talk(Responder::new(group), with(PROMETHEUS).as_bytes(), usize::MAX, 4096);
        let reply = only(Reply::all(&output, &[]));
        is_text(&reply, group);
        assert!(reply.body.windows(4).any(|text| text == b"_sum"));
    }
}

#[test]
fn so_is_that_of_a_registry() {
    static REGISTRY: Registry<'static> = Registry::new();
    static FIRST: Node<'static> = Node::new(&METRICS);
    static SECOND: Node<'static> = Node::new(&COLD);
    let content_type = || {
        let output = talk(Responder::new(&REGISTRY), with(PROMETHEUS).as_bytes(), usize::MAX, 4096);
        only(Reply::all(&output, &[])).header("Content-Type").map(str::to_owned)
    };
    assert_eq!(content_type().as_deref(), Some(OPEN_METRICS));
    REGISTRY.register(&FIRST).unwrap();
    assert_eq!(content_type().as_deref(), Some(OPEN_METRICS));
    REGISTRY.register(&SECOND).unwrap();
    assert_eq!(content_type().as_deref(), Some(CONTENT_TYPE));
}

/// Bounds that only the collector knows, when it is asked.
struct Cold;

impl Collector for Cold {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        out.describe(Type::Histogram, "outside_celsius", "Degrees outside.");
        Ok(number == 0)
    }

    fn series(&self, _: u32, n: u32, out: &mut CollectedSeries<'_>) -> Result<bool, Failed> {
        if n == 0 {
            out.histogram(&[(-5.0, 2), (0.0, 0), (5.0, 1)], -16.0);
        }
        Ok(n == 0)
    }
}

metrics! {
    static COLLECTED;
    /// Outside.
    static OUTSIDE: Collected<Cold> = "outside", collector = Cold;
}

#[test]
fn collected_histograms_with_negative_bounds_keep_their_sum_in_text_only() {
    let ask = |accept: &str| {
        let output = talk(
            Responder::new(&COLLECTED).with_scratch::<1024>(),
            with(accept).as_bytes(),
            usize::MAX,
            4096,
        );
        let reply = only(Reply::all(&output, &[]));
        (reply.header("Content-Type").map(str::to_owned), String::from_utf8(reply.body).unwrap())
    };
    let buckets = "outside_celsius_bucket{le=\"-5.0\"} 2\noutside_celsius_bucket{le=\"0.0\"} 2\n\
        outside_celsius_bucket{le=\"5.0\"} 3\noutside_celsius_bucket{le=\"+Inf\"} 3\n";
    let (content_type, page) = ask("Accept: text/plain");
    assert_eq!(content_type.as_deref(), Some(CONTENT_TYPE));
    assert_eq!(
        page,
        format!(
            "# HELP outside_celsius Degrees outside.\n# TYPE outside_celsius histogram\n{buckets}\
             outside_celsius_sum -16\noutside_celsius_count 3\n"
        )
    );
    // Nobody has declared these bounds, so the page is what was asked for: OpenMetrics 1.0 forbids the sum.
    let (content_type, page) = ask(PROMETHEUS);
    assert_eq!(content_type.as_deref(), Some(OPEN_METRICS));
    assert_eq!(
        page,
        format!(
            "# TYPE outside_celsius histogram\n# UNIT outside_celsius celsius\n\
             # HELP outside_celsius Degrees outside.\n{buckets}# EOF\n"
        )
    );
}
