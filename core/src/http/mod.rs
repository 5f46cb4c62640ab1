//! HTTP/1.x without sockets: a responder that is asked for the page, and its twin that pushes it.
//!
//! One [`Responder`] per connection knows the protocol and nothing of sockets. The host moves the
//! bytes, in portions of any size, and asks [`Responder::state`] what to do next; so the same
//! object serves smoltcp, lwIP, POSIX sockets and `std::net`.
//!
//! | request | answer |
//! |---|---|
//! | `GET` or `HEAD` on `/metrics` or `/`, whatever else the query says | 200 and the page |
//! | without the token or password that [`Responder::with_auth`] asks for | 401 with `WWW-Authenticate` |
//! | any other path | 404 |
//! | any other method | 405 with `Allow: GET, HEAD` |
//! | the same with `?name[]=…`, up to 8 of them, names percent-encoded or not | 200 and those families |
//! | more names than 8 | 400, close |
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
//!
//! Where nobody can connect, a [`Push`] takes the page to a [`Target`]: a Pushgateway, or what speaks its
//! protocol. The module `push` (feature `push`) does so over the sockets of `std`.

#![forbid(unsafe_code)]

mod accept;
mod answer;
mod auth;
mod buffer;
mod choice;
mod chunk;
mod interim;
mod push;
mod reply;
mod request;
mod responder;
mod target;

pub use auth::Auth;
pub use push::{Push, PushError};
pub use responder::{Responder, State};
pub use target::{BadTarget, Target};
