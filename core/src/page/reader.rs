//! Readers: a cursor with memory of its own, for a choice of the page.

use crate::atomic::COMPACT;
use crate::kind::{Prefixes, Type};
use crate::name::strip_prefix;
use crate::open::{Only, Reading, Scratch, Wants, name_parts};
use crate::page::cursor::Cursor;

/// How much memory objects bring along for what needs it: none on small cores.
pub const SCRATCH: usize = if COMPACT { 0 } else { 1024 };

/// How much whole pages have on the stack; there is plenty where there is an operating system.
pub(crate) const ON_STACK: usize = if cfg!(feature = "std") { 16 * 1024 } else { SCRATCH };

/// How much pages have on the heap: all that collectors and labels that are replaced can make use of.
#[cfg(feature = "std")]
pub(crate) const AMPLE: usize = 64 * 1024;

/// A page being read with memory to spare, or only some of its families.
///
/// What may change while its line is written in parts (exemplars, labels that are replaced, what
/// collectors give) is copied into scratch memory first, so that no line is ever torn. Without any, or
/// where one of them does not fit, it is left out whole.
///
/// | who lends | bytes |
/// |---|---|
/// | the server (`Limits::scratch`), `write_textfile`, the module `push` | 64 kB on the heap |
/// | [`encode`](crate::encode()), [`for_each_sample`](crate::for_each_sample), [`sample_value`](crate::sample_value) with the feature `std` | 16 kB on the stack |
/// | the same without `std`, `http::Responder` and `http::Push` unless told otherwise | 1 kB; nothing on cores without 64-bit atomics |
/// | a [`Cursor`] by itself, [`serial`](crate::serial) unless told otherwise | nothing |
///
/// | what is copied | bytes |
/// |---|---|
/// | an exemplar | its labels' text, and 16 |
/// | an [`InfoCell`](crate::InfoCell) | names and values, and 3 a label |
/// | a [`Collector`](crate::Collector): all its families together | 5 each, and, while there is room, 8 for each series of one family |
/// | its family at hand | name, help, and 21 |
/// | its series at hand | names and values, 3 a label, and 25; 16 a bucket, 33 a quantile, 2 and the name a state |
///
/// A collector makes use of 64 kB at most.
///
/// ```
/// use nanoprom::{Counter, Cursor, Format};
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Requests served.
///     pub static REQUESTS: Counter = "http_requests_total";
///     /// Bytes sent.
///     pub static SENT: Counter = "sent_bytes_total";
/// }
///
/// let mut scratch = [0; 512];
/// let mut reader = Cursor::new(&METRICS, Format::Text)
///     .with_scratch(&mut scratch)
///     .only(&["sent_bytes_total"]);
/// let mut buf = [0; 256];
/// let len = reader.read(&mut buf);
/// assert!(buf[..len].starts_with(b"# HELP sent_bytes_total Bytes sent.\n"));
/// ```
pub struct Reader<'a, 's> {
    cursor: Cursor<'a>,
    scratch: &'s mut [u8],
    only: Option<Listed<'s>>,
}

impl<'a, 's> Reader<'a, 's> {
    pub(crate) fn new(cursor: Cursor<'a>) -> Self {
        Self { cursor, scratch: &mut [], only: None }
    }

    /// The same with this memory: as much as the longest of the exemplars and label sets takes that may
    /// change, or a collector's name, help and labels together. Before the first read: a page that has begun
    /// keeps what it has.
    #[must_use]
    pub fn with_scratch(mut self, scratch: &'s mut [u8]) -> Self {
        if !self.cursor.__has_begun() {
            self.scratch = scratch;
        }
        self
    }

    /// The same for those families only that have one of these names, or samples of it: `x` and
    /// `x_total` name the counter `x`, and `y`, `y_bucket`, `y_count` the histogram `y`. Before the first read
    /// also.
    #[must_use]
    pub fn only(mut self, names: &'s [&'s str]) -> Self {
        if !self.cursor.__has_begun() {
            self.only = Some(Listed { names, wants: is_listed });
        }
        self
    }

    /// As [`Cursor::read`].
    pub fn read(&mut self, buf: &mut [u8]) -> usize {
        read(&mut self.cursor, buf, self.scratch, self.only.as_ref().map(Listed::choice))
    }
}

/// Memory of another size for a page that may have begun: then lines lie in it, as much as there is room for.
pub(crate) fn resized<const BYTES: usize>(old: &[u8]) -> [u8; BYTES] {
    let mut new = [0; BYTES];
    new.iter_mut().zip(old).for_each(|(to, from)| *to = *from);
    new
}

/// Reads with scratch memory and a choice of names; both each time alike while a page is read.
///
/// Inlined: programs read in one way, and what is passed on is most of it.
#[inline(always)]
pub(crate) fn read(
    cursor: &mut Cursor<'_>,
    buf: &mut [u8],
    scratch: &mut [u8],
    only: Option<Only<'_>>,
) -> usize {
    // SAFETY: both are borrowed for longer than the read, and the cursor keeps nothing of either.
    let reading = unsafe {
        Reading {
            scratch: Scratch::new(scratch),
            only: only.map(|only| only.kept()),
            ..Reading::PLAIN
        }
    };
    cursor.read_with(buf, &reading)
}

/// Names as somebody lists them, and what compares them: a program without choices does not link it.
struct Listed<'s> {
    names: &'s [&'s str],
    wants: Wants,
}

impl Listed<'_> {
    fn choice(&self) -> Only<'_> {
        // SAFETY: the function takes a list, which is borrowed for longer than the choice lives.
        unsafe { Only::new((&raw const self.names).cast(), self.wants) }
    }
}

/// # Safety
///
/// `names` points to a list of names.
unsafe fn is_listed(
    names: *const (),
    prefixes: Option<&dyn Prefixes>,
    family: &[u8],
    of: Type,
) -> bool {
    // SAFETY: the caller's promise.
    let names = unsafe { *names.cast::<&[&str]>() };
    names.iter().any(|name| {
        let rest = name_parts(prefixes, family).try_fold(name.as_bytes(), strip_prefix);
        rest.is_some_and(|rest| of.suffixes().iter().any(|suffix| suffix.as_bytes() == rest))
    })
}
