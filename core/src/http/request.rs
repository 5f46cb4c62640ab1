//! What is asked: one complete or cut-off request head, judged.

use super::accept::Choose;
use super::answer::{self, Answer, Framing, Refusal, TEXT};
use super::auth::Auth;
use super::choice::ReadNames;
use crate::page::choice::Names;
use crate::page::walk::Source;

/// More headers than this are refused: 1 kB of stack while a head is read, half on 32 bit.
const MAX_HEADERS: usize = 32;

/// The paths that are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Path {
    Root,
    Metrics,
    Other,
}

/// What a responder looks for in a request.
pub(super) struct Ways {
    pub(super) format: Choose,
    pub(super) names: ReadNames,
}

/// Reads a head: what to answer, or `None` if it is well-formed so far but not yet complete.
pub(super) fn read(
    head: &[u8],
    source: Source<'_>,
    ways: &Ways,
    auth: Option<&Auth<'_>>,
) -> Option<(Answer, Path, Names)> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let judged = match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => judge(&request, source, ways, auth),
        Ok(httparse::Status::Partial) => return None,
        Err(error) => Err(fault(error, head)),
    };
    Some(
        judged.unwrap_or_else(|refusal| (Answer::refuse(refusal, head), Path::Other, Names::all())),
    )
}

/// Which part of a head outgrew the buffer.
pub(super) fn too_large(head: &[u8]) -> &'static Refusal {
    if head.contains(&b'\n') { &answer::HEADERS_TOO_LARGE } else { &answer::URI_TOO_LONG }
}

fn fault(error: httparse::Error, head: &[u8]) -> &'static Refusal {
    match error {
        httparse::Error::TooManyHeaders => &answer::HEADERS_TOO_LARGE,
        // Anything in the place of a version is reported as a wrong one; only HTTP's own count.
        httparse::Error::Version if version(head).starts_with(b"HTTP/") => {
            &answer::VERSION_NOT_SUPPORTED
        }
        _ => &answer::BAD_REQUEST,
    }
}

/// The third word of the request line.
fn version(head: &[u8]) -> &[u8] {
    head.split(|&byte| byte == b' ').nth(2).unwrap_or_default()
}

fn judge(
    request: &httparse::Request<'_, '_>,
    source: Source<'_>,
    ways: &Ways,
    auth: Option<&Auth<'_>>,
) -> Result<(Answer, Path, Names), &'static Refusal> {
    let fields = Fields::read(request.headers)?;
    let persistent = request.version == Some(1);
    // RFC 9112, section 3.2: one Host in HTTP/1.1, never more than one in any version.
    if fields.hosts > 1 || (persistent && fields.hosts == 0) {
        return Err(&answer::BAD_REQUEST);
    }
    let target = request.path.unwrap_or_default().as_bytes();
    let path = path(target);
    let head_only = match request.method {
        Some("GET") => Some(false),
        Some("HEAD") => Some(true),
        _ => None,
    };
    let refusal = match (head_only, path) {
        (None, _) => Some(&answer::METHOD_NOT_ALLOWED),
        (Some(_), None) => return Err(&answer::BAD_REQUEST),
        (Some(_), Some(Path::Other)) => Some(&answer::NOT_FOUND),
        (Some(_), Some(_)) => None,
    };
    // Who may not read the page is not told either where it is.
    let refusal = auth.and_then(|auth| auth.refuse(request.headers)).or(refusal);
    let (page, names) = if refusal.is_none() {
        let names = (ways.names)(target).map_err(|_| &answer::BAD_REQUEST)?;
        ((ways.format)(source, request.headers), names)
    } else {
        (&TEXT, Names::all())
    };
    let answer = Answer {
        refusal,
        page,
        framing: if persistent { Framing::Chunked } else { Framing::Close },
        head_only: head_only.unwrap_or_default(),
        close: !persistent || fields.close || fields.body,
    };
    Ok((answer, path.unwrap_or(Path::Other), names))
}

/// The path of a request target in origin or absolute form, without its query.
fn path(target: &[u8]) -> Option<Path> {
    let path = if target.starts_with(b"/") { target } else { after_authority(target)? };
    let path = path.split(|&byte| byte == b'?').next().unwrap_or_default();
    Some(match path {
        // An absolute target may leave its path out.
        b"/" | b"" => Path::Root,
        b"/metrics" => Path::Metrics,
        _ => Path::Other,
    })
}

/// What follows `http://host:port` or `https://host:port`.
fn after_authority(target: &[u8]) -> Option<&[u8]> {
    let after = |scheme: &[u8]| {
        let (start, rest) = target.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let rest = after(b"http://").or_else(|| after(b"https://"))?;
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    (!authority.is_empty()).then_some(path)
}

/// The header fields that matter here.
#[derive(Default)]
struct Fields {
    hosts: usize,
    /// `Connection` names `close`.
    close: bool,
    /// A request body follows.
    body: bool,
    length_given: bool,
}

impl Fields {
    fn read(headers: &[httparse::Header<'_>]) -> Result<Self, &'static Refusal> {
        let mut fields = Self::default();
        for header in headers {
            let is = |name: &str| header.name.eq_ignore_ascii_case(name);
            if is("host") {
                fields.hosts += 1;
            } else if is("connection") {
                let mut options = header.value.split(|&byte| byte == b',');
                fields.close |= options.any(|o| o.trim_ascii().eq_ignore_ascii_case(b"close"));
            } else if is("transfer-encoding") {
                fields.body = true;
            } else if is("content-length") {
                // A length that cannot be understood, or two of them, is how requests are smuggled.
                let number =
                    !header.value.is_empty() && header.value.iter().all(u8::is_ascii_digit);
                if fields.length_given || !number {
                    return Err(&answer::BAD_REQUEST);
                }
                fields.length_given = true;
                fields.body |= header.value.iter().any(|&digit| digit != b'0');
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::super::accept;
    use super::super::choice::of_target;
    use super::*;
    use crate::tables::group::Group;

    #[test]
    fn targets_in_both_forms_name_the_same_paths() {
        for target in ["/metrics", "/metrics?a=b", "http://h/metrics", "HTTPS://h:1/metrics?/"] {
            assert_eq!(path(target.as_bytes()), Some(Path::Metrics), "{target}");
        }
        for target in ["/", "/?", "http://h", "http://h?x", "http://[::1]:80/"] {
            assert_eq!(path(target.as_bytes()), Some(Path::Root), "{target}");
        }
        for target in ["/metrics/", "//metrics", "/Metrics", "/metric", "http://h/x"] {
            assert_eq!(path(target.as_bytes()), Some(Path::Other), "{target}");
        }
        for target in ["*", "metrics", "ftp://h/metrics", "http:///metrics", "http:/metrics", "?"] {
            assert_eq!(path(target.as_bytes()), None, "{target}");
        }
    }

    #[test]
    fn a_head_is_judged_only_when_complete() {
        let head = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        let group = Group::new(&[]);
        let ways = Ways { format: accept::text, names: of_target };
        let read = |head| read(head, (&group).into(), &ways, None);
        for end in 0..head.len() {
            assert!(read(head.get(..end).unwrap()).is_none());
        }
        let (answer, path, _) = read(head).unwrap();
        assert_eq!((answer.status(), path), (200, Path::Root));
        assert!(!answer.close);
    }
}
