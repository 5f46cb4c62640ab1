//! Where a push goes: the peer, and the group of series there, as a path.

use crate::label::Label;
use crate::name::is_label_name;
use crate::out::{Out, Sink};
use crate::utf8;
use core::fmt;
use core::slice;

/// The peer of a push and the group that it is about: `job` and any number of other labels.
///
/// The gateway keeps what was pushed under these labels, and puts them on every series of the page. A
/// group should have one pusher: give each device an `instance` of its own.
///
/// Values may be any text. Blanks, umlauts and the like are percent-encoded; a value that is empty or
/// holds a `/`, which no path can express, goes in the `@base64` form of the Pushgateway.
///
/// ```
/// use nanoprom::Label;
/// use nanoprom::http::Target;
///
/// static GATEWAY: Target = Target::new("10.0.0.5:9091", "boiler")
///     .labels(&[Label::new("instance", "cellar/2")]);
/// // PUT /metrics/job/boiler/instance@base64/Y2VsbGFyLzI
/// ```
#[derive(Clone, Copy)]
pub struct Target<'a> {
    host: &'a [u8],
    path: &'a [u8],
    job: &'a [u8],
    labels: &'a [Label<'a>],
}

impl<'a> Target<'a> {
    /// The group of a job at `host`: a name or an address, with `:port` unless that is 80. This becomes
    /// the `Host` header.
    pub const fn new(host: &'a str, job: &'a str) -> Self {
        Self::__new(host.as_bytes(), job.as_bytes())
    }

    /// From text that nobody has checked.
    #[doc(hidden)]
    pub const fn __new(host: &'a [u8], job: &'a [u8]) -> Self {
        Self { host, path: &[], job, labels: &[] }
    }

    /// The other labels of the group. None may be called `job`, and none twice.
    #[must_use]
    pub const fn labels(self, labels: &'a [Label<'a>]) -> Self {
        Self { labels, ..self }
    }

    /// What stands in front of `/metrics`, where a proxy wants that: `/gateway`. It is sent as it is.
    #[must_use]
    pub const fn path(self, path: &'a str) -> Self {
        self.__path(path.as_bytes())
    }

    /// From text that nobody has checked.
    #[doc(hidden)]
    #[must_use]
    pub const fn __path(self, path: &'a [u8]) -> Self {
        Self { path, ..self }
    }

    #[cfg(feature = "push")]
    pub(crate) fn host(&self) -> &'a str {
        core::str::from_utf8(self.host).unwrap_or_default()
    }

    pub(super) fn check(&self) -> Result<(), BadTarget> {
        let is_plain = |text: &[u8], reserved: &[u8]| {
            text.iter().all(|byte| byte.is_ascii_graphic() && !reserved.contains(byte))
        };
        if self.host.is_empty() || !is_plain(self.host, b"/?#@\\") {
            return Err(BadTarget::Host);
        }
        let is_path = self.path.starts_with(b"/") && !self.path.ends_with(b"/");
        if !(self.path.is_empty() || is_path) || !is_plain(self.path, b"?#") {
            return Err(BadTarget::Path);
        }
        if self.job.is_empty() || !utf8::is_valid(self.job) {
            return Err(BadTarget::Job);
        }
        let mut rest = self.labels;
        while let Some((label, others)) = rest.split_first() {
            let name = label.name();
            let is_fine = is_label_name(name)
                && name != JOB
                && !others.iter().any(|other| other.name() == name)
                && utf8::is_valid(label.value());
            if !is_fine {
                return Err(BadTarget::Label);
            }
            rest = others;
        }
        Ok(())
    }

    pub(super) fn put_host(&self, out: &mut Out<'_>) {
        out.put(self.host);
    }

    pub(super) fn put_path(&self, out: &mut Out<'_>) {
        out.put(self.path);
        out.put(b"/metrics");
        put_label(out, JOB, self.job);
        for label in self.labels {
            put_label(out, label.name(), label.value());
        }
    }
}

const JOB: &[u8] = b"job";

/// Why nothing can be pushed to a [`Target`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadTarget {
    /// The host is empty, or has characters that are in no name, address and port.
    Host,
    /// The path does not begin with `/`, ends with one, or is not made of visible ASCII characters
    /// other than `?` and `#`.
    Path,
    /// The job is empty; only callers from C can have one that is not UTF-8.
    Job,
    /// The name of a label is not `[a-zA-Z_][a-zA-Z0-9_]*`, is `job`, begins with `__` or is there twice;
    /// only callers from C can have a value that is not UTF-8.
    Label,
}

impl fmt::Display for BadTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "the host is not a name or address with a port",
            Self::Path => "the path is not like /gateway, of visible ASCII without ? and #",
            Self::Job => "the job is empty or not UTF-8",
            Self::Label => {
                "a label's name is no label name, job, or there twice, or its value is not UTF-8"
            }
        })
    }
}

impl core::error::Error for BadTarget {}

/// Puts `/name/value`. Gateways clean paths before they split them, so what would vanish then is encoded.
fn put_label(out: &mut Out<'_>, name: &[u8], value: &[u8]) {
    out.put(b"/");
    out.put(name);
    match value {
        b"" => out.put(b"@base64/="),
        _ if value == b"." || value == b".." || value.contains(&b'/') => {
            out.put(b"@base64/");
            put_base64(out, value);
        }
        _ => {
            out.put(b"/");
            put_percent(out, value);
        }
    }
}

/// RFC 4648, section 5, without padding.
fn put_base64(out: &mut Out<'_>, text: &[u8]) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for group in text.chunks(3) {
        let byte = |at| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digits = [18, 12, 6, 0].map(|shift| DIGITS[(bits >> shift) as usize & 63]);
        out.put(digits.get(..=group.len()).unwrap_or_default());
    }
}

/// RFC 3986, section 2.1: all but unreserved characters.
fn put_percent(out: &mut Out<'_>, text: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            out.put(slice::from_ref(byte));
        } else {
            let digit = |bits: u8| DIGITS[usize::from(bits & 15)];
            out.put(&[b'%', digit(byte >> 4), digit(*byte)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    fn path(target: Target<'_>) -> String {
        let mut buf = [0; 200];
        let mut out = Out::new(&mut buf, 0);
        target.put_path(&mut out);
        let len = out.len();
        String::from_utf8(buf[..len].to_vec()).unwrap()
    }

    #[test]
    fn values_are_escaped_as_the_pushgateway_documents_it() {
        // The examples of its README, and what its router would clean away.
        for (value, escaped) in [
            ("foobar", "/l/foobar"),
            ("/var/tmp", "/l@base64/L3Zhci90bXA"),
            ("", "/l@base64/="),
            ("Προμηθεύς", "/l/%CE%A0%CF%81%CE%BF%CE%BC%CE%B7%CE%B8%CE%B5%CF%8D%CF%82"),
            ("Προμηθεύς/", "/l@base64/zqDPgc6_zrzOt864zrXPjc-CLw"),
            ("a b", "/l/a%20b"),
            ("10.0.0.1:9100", "/l/10.0.0.1%3A9100"),
            ("%2F?#\r\n", "/l/%252F%3F%23%0D%0A"),
            (".", "/l@base64/Lg"),
            ("..", "/l@base64/Li4"),
            ("...", "/l/..."),
            ("-_.~", "/l/-_.~"),
        ] {
            let label = [Label::new("l", value)];
            let target = Target::new("h", "titan").labels(&label);
            assert_eq!(path(target), std::format!("/metrics/job/titan{escaped}"));
        }
        assert_eq!(path(Target::new("h", "a/b").path("/x/y")), "/x/y/metrics/job@base64/YS9i");
    }

    #[test]
    fn bad_targets_are_told_apart() {
        let good = Target::new("[::1]:9091", "j");
        assert_eq!(good.check(), Ok(()));
        for host in ["", "a b", "a\r\nX: y", "ä", "a/b", "http://a", "u@h"] {
            assert_eq!(Target::new(host, "j").check(), Err(BadTarget::Host), "{host}");
        }
        for path in ["x", "/", "/x/", "/x y", "/x?y", "/x#", "/x\n"] {
            assert_eq!(good.path(path).check(), Err(BadTarget::Path), "{path}");
        }
        assert_eq!(Target::new("h", "").check(), Err(BadTarget::Job));
        assert_eq!(Target::__new(b"h", b"\xff").check(), Err(BadTarget::Job));
        for name in ["", "job", "a-b", "__a", "9", "a@base64"] {
            let label = [Label::new(name, "")];
            assert_eq!(good.labels(&label).check(), Err(BadTarget::Label), "{name}");
        }
        let twice = ["a", "b", "a"].map(|name| Label::new(name, ""));
        assert_eq!(good.labels(&twice).check(), Err(BadTarget::Label));
        assert_eq!(good.labels(&twice[..2]).check(), Ok(()));
    }
}
