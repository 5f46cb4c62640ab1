//! What is measured, and the middleware that measures each request.

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use nanoprom::{DEFAULT_BUCKETS, Family, Histogram, IntCounter, IntGauge, clock};

nanoprom::metrics! {
    pub static METRICS, include = [nanoprom::process::METRICS, nanoprom::BUILD_INFO];
    /// Requests answered, by method, endpoint and status.
    static REQUESTS: Family<IntCounter, 3, 64> = "http_requests_total",
        labels = ["method", "endpoint", "status"];
    /// Time from a request to its answer, by method and endpoint.
    static LATENCY: Family<Histogram<14>, 2, 32> = "http_request_duration_seconds",
        buckets = DEFAULT_BUCKETS, labels = ["method", "endpoint"];
    /// Requests that wait for their answer.
    static IN_PROGRESS: IntGauge = "http_requests_in_progress";
    /// Reports that could not be made.
    pub static REPORT_ERRORS: IntCounter = "report_errors_total";
}

/// Counts and times a request. Label values are the routes of the service, never what a client asked
/// for: who asks for a million paths makes one series.
pub async fn measure(request: Request, next: Next) -> Response {
    let method = method_label(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let endpoint = route.as_ref().map_or("other", MatchedPath::as_str);

    let in_progress = IN_PROGRESS.track_inprogress();
    let began = clock::seconds();
    let response = next.run(request).await;
    drop(in_progress);

    // What a full family refuses, it counts itself: nanoprom_series_refused_total.
    if let Ok(latency) = LATENCY.labels([method, endpoint]) {
        latency.observe(clock::seconds() - began);
    }
    if let Ok(requests) = REQUESTS.labels([method, endpoint, response.status().as_str()]) {
        requests.inc();
    }
    response
}

/// Clients may invent methods as well.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}
