//! What is asked: one complete or cut-off request head, judged.

use super::accept::Choose;
use super::answer::{Answer, Framing, Status, TEXT};
use crate::walk::Source;

/// More headers than this are refused: 1 kB of stack while a head is read, half on 32 bit.
const MAX_HEADERS: usize = 32;

/// The paths that are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Path {
    Root,
    Metrics,
    Other,
}

/// Reads a head: what to answer, or `None` if it is well-formed so far but not yet complete.
pub(super) fn read(head: &[u8], source: Source<'_>, choose: Choose) -> Option<(Answer, Path)> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let judged = match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => judge(&request, source, choose),
        Ok(httparse::Status::Partial) => return None,
        Err(error) => Err(fault(error, head)),
    };
    Some(judged.unwrap_or_else(|status| (Answer::refuse(status, head), Path::Other)))
}

/// Which part of a head outgrew the buffer.
pub(super) fn too_large(head: &[u8]) -> Status {
    if head.contains(&b'\n') { Status::HeadersTooLarge } else { Status::UriTooLong }
}

fn fault(error: httparse::Error, head: &[u8]) -> Status {
    match error {
        httparse::Error::TooManyHeaders => Status::HeadersTooLarge,
        // Anything in the place of a version is reported as a wrong one; only HTTP's own count.
        httparse::Error::Version if version(head).starts_with(b"HTTP/") => {
            Status::VersionNotSupported
        }
        _ => Status::BadRequest,
    }
}

/// The third word of the request line.
fn version(head: &[u8]) -> &[u8] {
    head.split(|&byte| byte == b' ').nth(2).unwrap_or_default()
}

fn judge(
    request: &httparse::Request<'_, '_>,
    source: Source<'_>,
    choose: Choose,
) -> Result<(Answer, Path), Status> {
    let fields = Fields::read(request.headers)?;
    let persistent = request.version == Some(1);
    // RFC 9112, section 3.2: one Host in HTTP/1.1, never more than one in any version.
    if fields.hosts > 1 || (persistent && fields.hosts == 0) {
        return Err(Status::BadRequest);
    }
    let path = path(request.path.unwrap_or_default().as_bytes());
    let head_only = match request.method {
        Some("GET") => Some(false),
        Some("HEAD") => Some(true),
        _ => None,
    };
    let status = match (head_only, path) {
        (None, _) => Status::MethodNotAllowed,
        (Some(_), None) => return Err(Status::BadRequest),
        (Some(_), Some(Path::Other)) => Status::NotFound,
        (Some(_), Some(_)) => Status::Ok,
    };
    let page = if status == Status::Ok { choose(source, request.headers) } else { &TEXT };
    let answer = Answer {
        status,
        page,
        framing: if persistent { Framing::Chunked } else { Framing::Close },
        head_only: head_only.unwrap_or_default(),
        close: !persistent || fields.close || fields.body,
    };
    Ok((answer, path.unwrap_or(Path::Other)))
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
    fn read(headers: &[httparse::Header<'_>]) -> Result<Self, Status> {
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
                    return Err(Status::BadRequest);
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
    use super::*;
    use crate::group::Group;

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
        let read = |head| read(head, (&group).into(), accept::text);
        for end in 0..head.len() {
            assert!(read(head.get(..end).unwrap()).is_none());
        }
        let (answer, path) = read(head).unwrap();
        assert_eq!((answer.status, path), (Status::Ok, Path::Root));
        assert!(!answer.close);
    }
}
