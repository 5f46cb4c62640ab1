//! The pull encoder: a page in portions of any size.

use crate::out::Out;
use crate::text;
use crate::walk::{Here, Source, Unit, Walk};

/// The text format of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Prometheus text format 0.0.4.
    Text,
}

impl Format {
    /// The value of the `Content-Type` header.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

/// A page being read.
///
/// It stops and goes on at any byte, with any buffer. Nothing is locked between reads; any number of
/// cursors may run at once, while metrics change and families grow. Each value is loaded once, when its
/// line begins; series that are added meanwhile come at the end of their family or on the next page.
///
/// ```
/// use nanoprom::{Counter, Cursor, Format, Group, Metric};
///
/// static SENT: Counter = Counter::new();
/// static METRICS: Group = {
///     const ROWS: &[Metric] = &[Metric::new("sent_total", "", &SENT)];
///     Group::new(ROWS)
/// };
///
/// let mut page = Vec::new();
/// let mut cursor = Cursor::new(&METRICS, Format::Text);
/// let mut buf = [0; 16];
/// loop {
///     match cursor.read(&mut buf) {
///         0 => break,
///         n => page.extend_from_slice(&buf[..n]),
///     }
/// }
/// assert_eq!(page, b"# TYPE sent_total counter\nsent_total 0\n");
/// ```
#[derive(Clone)]
pub struct Cursor<'a> {
    walk: Walk<'a>,
    /// How many bytes of the current unit are out.
    progress: usize,
    format: Format,
}

impl<'a> Cursor<'a> {
    /// A cursor at the begin of the page of a [`Group`](crate::Group) or a
    /// [`Registry`](crate::Registry).
    pub fn new(source: impl Into<Source<'a>>, format: Format) -> Self {
        Self { walk: Walk::new(source.into()), progress: 0, format }
    }

    /// The format of the page.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Fills `buf` with the next bytes of the page and returns how many. 0 is the end of the page (or
    /// an empty `buf`).
    pub fn read(&mut self, buf: &mut [u8]) -> usize {
        let mut out = Out::new(buf, self.progress);
        let mut here = Here::NOWHERE;
        self.walk.look(&mut here);
        while self.walk.unit() != Unit::End {
            let fits = match self.format {
                Format::Text => text::write(&mut out, &self.walk, &here),
            };
            if !fits {
                break;
            }
            out.next_unit();
            self.walk.advance(&mut here);
        }
        self.progress = out.progress();
        out.len()
    }
}
