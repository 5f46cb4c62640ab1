//! The HTTP/1.x responder: request bytes in, response bytes out.
//!
//! One [`Responder`] per connection knows the protocol and nothing of sockets. The host moves the
//! bytes, in portions of any size, and asks [`Responder::state`] what to do next; so the same
//! object serves smoltcp, lwIP, POSIX sockets and `std::net`.
//!
//! | request | answer |
//! |---|---|
//! | `GET` or `HEAD` on `/metrics` or `/`, with or without a query | 200 and the page |
//! | any other path | 404 |
//! | any other method | 405 with `Allow: GET, HEAD` |
//! | malformed; HTTP/1.1 without exactly one `Host` | 400, close |
//! | stopped before the head was complete | 408, close |
//! | request line, headers larger than the head buffer; more than 32 headers | 414, 431, close |
//! | a version other than HTTP/1.0 and HTTP/1.1 | 505, close |
//!
//! The page is OpenMetrics 1.0 where `Accept` prefers that to text, and text 0.0.4 in all other cases:
//! without the header, where both are equally welcome, and where nothing of it is understood. A group
//! with a histogram whose bounds begin below 0 is always text, because OpenMetrics forbids its sum.
//!
//! Pages go out chunked (HTTP/1.1) or end with the connection (HTTP/1.0), because their length is
//! known only at their end: values change while the page is being written. A request with a body
//! is answered, then the connection closes: the body is never taken for a request.

#![forbid(unsafe_code)]

mod accept;
mod answer;
mod buffer;
mod chunk;
mod request;
mod responder;

pub use responder::{Responder, State};
