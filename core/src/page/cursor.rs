//! The pull encoder: a page in portions of any size.

use crate::open::Reading;
use crate::out::Out;
use crate::page::choice::Names;
use crate::page::openmetrics;
use crate::page::reader::{self, Reader};
use crate::page::text;
use crate::page::walk::{Source, Unit, Walk};

/// The text format of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Prometheus text format 0.0.4.
    Text,
    /// OpenMetrics 1.0.0: with units, and `# EOF` at the end of a page that is whole.
    ///
    /// The sum and the count of a histogram are left out where a bucket's bound or the sum is
    /// negative: the format forbids them.
    OpenMetrics,
}

impl Format {
    /// The value of the `Content-Type` header.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; version=0.0.4; charset=utf-8",
            Self::OpenMetrics => {
                "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
            }
        }
    }
}

/// How pages of a format are written. A cursor points to it, so that a program links only the formats
/// that it uses.
pub(crate) struct Writer {
    pub(crate) format: Format,
    pub(crate) fill: for<'a> fn(&mut Walk<'a>, &mut Out<'_>, &Reading<'a>),
}

/// What C programs point to to name a format: of one pointer's size for ever, as a
/// [kind](crate::kind::KindCell) is.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct FormatCell {
    writer: &'static Writer,
}

/// Prometheus text format 0.0.4.
pub static TEXT: FormatCell = {
    static WRITER: Writer = Writer { format: Format::Text, fill: text::fill };
    FormatCell { writer: &WRITER }
};
/// OpenMetrics 1.0.0.
pub static OPEN_METRICS: FormatCell = {
    static WRITER: Writer = Writer { format: Format::OpenMetrics, fill: openmetrics::fill };
    FormatCell { writer: &WRITER }
};

impl FormatCell {
    #[cfg(feature = "runtime")]
    pub(crate) const fn new(writer: &'static Writer) -> Self {
        Self { writer }
    }

    /// Always inlined: no other format is linked where `format` is a constant.
    #[inline(always)]
    pub(crate) fn of(format: Format) -> &'static Self {
        match format {
            Format::Text => &TEXT,
            Format::OpenMetrics => &OPEN_METRICS,
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
    writer: &'static Writer,
}

impl<'a> Cursor<'a> {
    /// A cursor at the begin of the page of a [`Group`](crate::Group) or a
    /// [`Registry`](crate::Registry).
    #[inline(always)]
    pub fn new(source: impl Into<Source<'a>>, format: Format) -> Self {
        Self::__of(source.into(), FormatCell::of(format))
    }

    #[doc(hidden)]
    #[inline(always)]
    pub fn __of(source: Source<'a>, format: &FormatCell) -> Self {
        Self { walk: Walk::new(source), progress: 0, writer: format.writer }
    }

    /// The format of the page.
    pub fn format(&self) -> Format {
        self.writer.format
    }

    /// Fills `buf` with the next bytes of the page and returns how many. 0 is the end of the page (or
    /// an empty `buf`).
    pub fn read(&mut self, buf: &mut [u8]) -> usize {
        self.read_with(buf, &Reading::PLAIN)
    }

    /// The same with scratch memory of the caller's, the same at each read of a page.
    #[doc(hidden)]
    pub fn __read_with(&mut self, buf: &mut [u8], scratch: &mut [u8]) -> usize {
        reader::read(self, buf, scratch, None)
    }

    /// And with a choice of families, the same at each read of a page too.
    #[doc(hidden)]
    pub fn __read_only(&mut self, buf: &mut [u8], scratch: &mut [u8], only: &Names) -> usize {
        reader::read(self, buf, scratch, only.choice())
    }

    /// Whether something of the page was read, so that its scratch memory must stay the same.
    #[doc(hidden)]
    pub fn __has_begun(&self) -> bool {
        self.walk.unit() != Unit::Start
    }

    /// A reader of the same page that has memory for what may change while it is written: exemplars,
    /// labels that are replaced, collectors. See [`Reader`](crate::Reader).
    pub fn with_scratch<'s>(self, scratch: &'s mut [u8]) -> Reader<'a, 's> {
        Reader::new(self).with_scratch(scratch)
    }

    /// A reader of some families of the same page. See [`Reader::only`](crate::Reader::only).
    pub fn only<'s>(self, names: &'s [&'s str]) -> Reader<'a, 's> {
        Reader::new(self).only(names)
    }

    /// The same, with what a reader brings along: each time alike while a page is read.
    pub(crate) fn read_with(&mut self, buf: &mut [u8], reading: &Reading<'a>) -> usize {
        let mut out = Out::new(buf, self.progress);
        (self.writer.fill)(&mut self.walk, &mut out, reading);
        self.progress = out.progress();
        out.len()
    }
}
