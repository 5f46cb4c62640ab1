//! A whole page at once, into a writer.

use crate::page::cursor::{Cursor, Format};
use crate::page::reader::{ON_STACK, Reader};
use crate::page::walk::Source;
use crate::page::write::Write;
use core::str;

/// Bytes on the stack between the cursor and the writer.
const CHUNK: usize = 128;

/// Writes the page of a [`Group`](crate::Group) or a [`Registry`](crate::Registry) to `out`.
///
/// This is a loop over [`Reader::read`] with 128 bytes on the stack, and scratch memory: 16 kB with the
/// feature `std`, else 1 kB, and none on cores without 64-bit atomics.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Bytes sent.
///     pub static SENT: IntCounter = "sent_bytes_total";
/// }
/// use nanoprom::{FmtWriter, Format, IntCounter, encode};
///
/// let mut page = String::new();
/// encode(&METRICS, Format::Text, &mut FmtWriter(&mut page))?;
/// assert!(page.ends_with("# TYPE sent_bytes_total counter\nsent_bytes_total 0\n"));
/// # Ok::<(), core::fmt::Error>(())
/// ```
///
/// # Errors
///
/// The writer's own, as soon as it gives one.
#[inline(always)]
pub fn encode<'a, W: Write>(
    source: impl Into<Source<'a>>,
    format: Format,
    out: &mut W,
) -> Result<(), W::Error> {
    encode_rest(Cursor::new(source, format).with_scratch(&mut [0; ON_STACK]), out)
}

/// Writes what is left of the page of a [`Reader`] to `out`: of a page with scratch memory of its own, or
/// of some families only.
///
/// ```
/// use nanoprom::{Counter, Cursor, FmtWriter, Format};
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Requests served.
///     pub static REQUESTS: Counter = "http_requests_total";
///     /// Bytes sent.
///     pub static SENT: Counter = "sent_bytes_total";
/// }
///
/// let mut page = String::new();
/// let reader = Cursor::new(&METRICS, Format::Text).only(&["sent_bytes"]);
/// nanoprom::encode_rest(reader, &mut FmtWriter(&mut page))?;
/// assert!(page.ends_with("# TYPE sent_bytes_total counter\nsent_bytes_total 0\n"));
/// assert!(!page.contains("http_requests"));
/// # Ok::<(), core::fmt::Error>(())
/// ```
///
/// # Errors
///
/// The writer's own, as soon as it gives one.
pub fn encode_rest<W: Write>(mut reader: Reader<'_, '_>, out: &mut W) -> Result<(), W::Error> {
    let mut buf = [0; CHUNK];
    // Bytes of a character whose end was not read yet.
    let mut kept = 0;
    loop {
        let read = reader.read(buf.get_mut(kept..).unwrap_or_default());
        if read == 0 {
            return Ok(());
        }
        let filled = buf.get(..kept + read).unwrap_or_default();
        let (valid, wrong) = match str::from_utf8(filled) {
            Ok(_) => (filled.len(), 0),
            Err(fault) => (fault.valid_up_to(), fault.error_len().unwrap_or(0)),
        };
        out.write(str::from_utf8(filled.get(..valid).unwrap_or_default()).unwrap_or_default())?;
        if wrong > 0 {
            // A name of a C table that nobody checked.
            out.write("\u{fffd}")?;
        }
        let (start, end) = (valid + wrong, filled.len());
        kept = end - start;
        buf.copy_within(start..end, 0);
    }
}
