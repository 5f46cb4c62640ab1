//! Which format a peer asks for: the `Accept` header (RFC 9110, section 12.5.1).

use super::answer::{OPEN_METRICS, Page, TEXT};
use crate::page::walk::Source;

/// How a responder chooses its page's format, by the source and the values of the `Accept` headers.
pub(super) type Choose = fn(Source<'_>, &[httparse::Header<'_>]) -> &'static Page;

/// Text, whatever is asked for.
pub(super) fn text(_: Source<'_>, _: &[httparse::Header<'_>]) -> &'static Page {
    &TEXT
}

/// What the peer prefers. Pages that lose samples in OpenMetrics are always text, and so is the answer
/// where the two are equally welcome or nothing is understood.
pub(super) fn negotiate(source: Source<'_>, headers: &[httparse::Header<'_>]) -> &'static Page {
    let accept = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("accept"));
    let mut wishes = Wishes::default();
    accept.flat_map(|header| Split::new(header.value, b',')).for_each(|range| wishes.read(range));
    if wishes.open_metrics.quality > wishes.text.quality && !source.has_negative_bound() {
        &OPEN_METRICS
    } else {
        &TEXT
    }
}

/// How welcome a format is.
#[derive(Clone, Copy, Default)]
struct Wish {
    /// Of the media range that said it; a more precise one prevails.
    precision: u8,
    /// In thousandths.
    quality: u16,
}

impl Wish {
    fn update(&mut self, precision: u8, quality: u16) {
        if precision > self.precision {
            *self = Self { precision, quality };
        } else if precision == self.precision {
            self.quality = self.quality.max(quality);
        }
    }
}

/// What the media ranges read so far say about both formats.
#[derive(Default)]
struct Wishes {
    text: Wish,
    open_metrics: Wish,
}

impl Wishes {
    /// Reads `type/subtype;name=value;q=0.5`. What is malformed or of another version is no wish.
    fn read(&mut self, range: &[u8]) {
        let mut parts = Split::new(range, b';');
        let media = parts.next().unwrap_or_default().trim_ascii();
        let is = |name: &str| media.eq_ignore_ascii_case(name.as_bytes());
        // The wildcards and `text/plain` of any version are text 0.0.4 here.
        let (wish, version, precision) = if is("application/openmetrics-text") {
            (&mut self.open_metrics, "1.0.0", 3)
        } else if is("text/plain") {
            (&mut self.text, "0.0.4", 3)
        } else if is("text/*") {
            (&mut self.text, "", 2)
        } else if is("*/*") {
            (&mut self.text, "", 1)
        } else {
            return;
        };
        let (mut precision, mut quality) = (precision, Some(1000));
        for part in parts {
            let mut sides = Split::new(part, b'=');
            let name = sides.next().unwrap_or_default().trim_ascii();
            let value = unquoted(sides.next().unwrap_or_default().trim_ascii());
            if name.eq_ignore_ascii_case(b"q") {
                quality = thousandths(value);
            } else if name.eq_ignore_ascii_case(b"version") {
                if value != version.as_bytes() {
                    return;
                }
                precision += 1;
            }
        }
        if let Some(quality) = quality {
            wish.update(precision, quality);
        }
    }
}

/// What a quality value says: `1`, `0.5`, at most three decimals.
fn thousandths(text: &[u8]) -> Option<u16> {
    let (&whole, rest) = text.split_first()?;
    let decimals = match rest.split_first() {
        None => rest,
        Some((b'.', decimals)) if decimals.len() <= 3 => decimals,
        Some(_) => return None,
    };
    let mut value = digit(whole)?;
    for at in 0..3 {
        value = value * 10 + decimals.get(at).map_or(Some(0), |&byte| digit(byte))?;
    }
    (value <= 1000).then_some(value)
}

fn digit(byte: u8) -> Option<u16> {
    byte.is_ascii_digit().then(|| u16::from(byte & 15))
}

/// A value without its quotation marks. Versions have nothing that would be escaped in them.
fn unquoted(value: &[u8]) -> &[u8] {
    match value {
        [b'"', inner @ .., b'"'] => inner,
        _ => value,
    }
}

/// The parts of a list, split where a separator is not quoted.
struct Split<'t> {
    rest: Option<&'t [u8]>,
    separator: u8,
}

impl<'t> Split<'t> {
    fn new(text: &'t [u8], separator: u8) -> Self {
        Self { rest: Some(text), separator }
    }
}

impl<'t> Iterator for Split<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        let text = self.rest?;
        let (mut quoted, mut escaped) = (false, false);
        let end = text.iter().position(|&byte| {
            let ends = byte == self.separator && !quoted;
            quoted ^= byte == b'"' && !escaped;
            escaped = byte == b'\\' && quoted && !escaped;
            ends
        });
        let (part, rest) = match end.and_then(|end| text.split_at_checked(end)) {
            Some((part, rest)) => (part, rest.get(1..)),
            None => (text, None),
        };
        self.rest = rest;
        Some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::group::Group;

    fn is_open_metrics(values: &[&str]) -> bool {
        let mut headers = [httparse::EMPTY_HEADER; 4];
        for (header, value) in headers.iter_mut().zip(values) {
            *header = httparse::Header { name: "ACCEPT", value: value.as_bytes() };
        }
        core::ptr::eq(negotiate((&Group::new(&[])).into(), &headers), &OPEN_METRICS)
    }

    const OPEN: &str = "application/openmetrics-text";

    #[test]
    fn what_scrapers_send_gives_openmetrics() {
        for accept in [
            "application/openmetrics-text",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            // Prometheus 2.42.
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;\
             q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            // Prometheus 3.
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
             application/openmetrics-text;version=0.0.1;q=0.5,\
             text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,\
             text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            "APPLICATION/OpenMetrics-Text ; VERSION = \"1.0.0\" ; Q = 0.001",
            "text/plain;q=0.999,application/openmetrics-text;q=1.000",
            "text/plain;q=0,application/openmetrics-text;q=.5,application/openmetrics-text;q=0.1",
            // The more precise range speaks for text/plain, and for OpenMetrics.
            "text/plain;q=0.1,*/*,application/openmetrics-text;q=0.5",
            "application/openmetrics-text;q=0,application/openmetrics-text;version=1.0.0",
            "nonsense,,;;=,application/openmetrics-text",
            "x/y;a=\"\\\",text/plain\",application/openmetrics-text",
        ] {
            assert!(is_open_metrics(&[accept]), "{accept}");
        }
        assert!(is_open_metrics(&["text/plain;q=0.5", OPEN]));
    }

    #[test]
    fn everything_else_gives_text() {
        for accept in [
            "",
            ",",
            ";",
            "*/*",
            "text/*",
            "text/plain",
            "application/*",
            "application/json",
            "application/openmetrics-text-2",
            "application/openmetrics-text;q=0",
            "application/openmetrics-text;q=0.0",
            "application/openmetrics-text;version=0.0.1",
            "application/openmetrics-text;version=1.0.x",
            "application/openmetrics-text;version=2.0.0",
            "application/openmetrics-text;version=",
            "application/openmetrics-text;version",
            "application/openmetrics-text;version=\"1.0.0",
            "application/openmetrics-text;q=",
            "application/openmetrics-text;q=2",
            "application/openmetrics-text;q=1.001",
            "application/openmetrics-text;q=0.1234",
            "application/openmetrics-text;q=-1",
            "application/openmetrics-text;q=nan",
            "application/openmetrics-text;q=0,5",
            "application/openmetrics-text;q=0.5,text/plain;q=0.6",
            "application/openmetrics-text;q=0.5,*/*",
            "application/openmetrics-text,text/plain",
            "x/y;a=\",application/openmetrics-text",
            "x/y;a=\",application/openmetrics-text\"",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;\
             encoding=delimited",
        ] {
            assert!(!is_open_metrics(&[accept]), "{accept}");
        }
        assert!(!is_open_metrics(&[]));
        assert!(!is_open_metrics(&[OPEN, "text/plain"]));
    }
}
