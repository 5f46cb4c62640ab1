//! Where the encoder puts its bytes: a buffer of any size that may end at any byte.

use crate::atomic::COMPACT;
use crate::copy::copy;
use crate::numbers::decimal::no_digits;
use crate::numbers::number::Number;
use core::slice;

/// A caller's buffer, filled unit by unit. A *unit* (the head of a family, one sample line) that
/// does not fit is written again from its start into the next buffer, and `Out` drops the bytes that
/// went out before. So every line is written by plain code that knows nothing of resuming.
pub(crate) struct Out<'b> {
    buf: &'b mut [u8],
    len: usize,
    /// Up to here the fast path may write: nothing while bytes are to be dropped.
    limit: usize,
    /// Bytes still to be dropped.
    skip: usize,
    /// Bytes of the current unit that went out before this buffer.
    before: usize,
    /// Where the current unit begins in this buffer.
    start: usize,
    /// Whether something did not fit.
    full: bool,
}

impl<'b> Out<'b> {
    /// `skip`: how many bytes of the first unit are out already.
    pub(crate) fn new(buf: &'b mut [u8], skip: usize) -> Self {
        let limit = if skip == 0 { buf.len() } else { 0 };
        Self { buf, len: 0, limit, skip, before: skip, start: 0, full: false }
    }

    /// The next unit begins here.
    #[inline]
    pub(crate) fn next_unit(&mut self) {
        self.before = 0;
        self.start = self.len;
    }

    /// Whether the unit ends beyond the buffer: go on with the next one.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    /// How many bytes of the current unit are out.
    pub(crate) fn progress(&self) -> usize {
        self.before + (self.len - self.start)
    }

    /// How many bytes of the buffer are filled.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Writes a unit of at most `bound` bytes with `write`, without a look at the buffer's end in
    /// between; `false`, and nothing is written, where it might not fit.
    ///
    /// # Safety
    ///
    /// `write` puts no more than `bound` bytes, each number counted as the longest.
    #[inline]
    pub(crate) unsafe fn with_pen(&mut self, bound: usize, write: impl FnOnce(&mut Pen)) -> bool {
        if COMPACT {
            return false;
        }
        // While bytes are to be dropped both are 0.
        let room = self.limit.wrapping_sub(self.len);
        if room < bound {
            return false;
        }
        let start = self.buf.as_mut_ptr();
        // SAFETY: `len` is within the buffer.
        let mut pen = Pen { at: unsafe { start.add(self.len) } };
        write(&mut pen);
        self.len = pen.at as usize - start as usize;
        true
    }

    #[cold]
    #[inline(never)]
    fn put_in_parts(&mut self, text: &[u8]) {
        if self.full {
            return;
        }
        let dropped = self.skip.min(text.len());
        self.skip -= dropped;
        if self.skip == 0 {
            self.limit = self.buf.len();
        }
        let rest = text.len() - dropped;
        let written = rest.min(self.buf.len() - self.len);
        // SAFETY: inside both, and a shared and an exclusive borrow do not overlap.
        unsafe {
            let (from, to) = (text.as_ptr().add(dropped), self.buf.as_mut_ptr().add(self.len));
            copy(from, to, written);
        }
        self.len += written;
        self.full = written < rest;
    }
}

/// What lines are written to: checked, byte for byte, or known to fit.
pub(crate) trait Sink {
    /// Puts `text` behind what is there.
    fn put(&mut self, text: &[u8]);

    /// Puts a number behind what is there.
    fn put_number(&mut self, number: Number);

    /// Puts `text` with `\` and newline escaped, and `"` where it is `quoted`.
    fn put_escaped(&mut self, text: &[u8], quoted: bool);

    /// Gives the checked sink to `write`, if this is it, and back what that gives; else `otherwise`.
    fn if_checked<R>(&mut self, write: impl FnOnce(&mut Out<'_>) -> R, otherwise: R) -> R;
}

impl Sink for Out<'_> {
    #[inline]
    fn put(&mut self, text: &[u8]) {
        let end = self.len.wrapping_add(text.len());
        if !COMPACT && end <= self.limit {
            // SAFETY: `len <= end <= limit <= buf.len()`, and a shared and an exclusive borrow do
            // not overlap.
            unsafe { copy(text.as_ptr(), self.buf.as_mut_ptr().add(self.len), text.len()) };
            self.len = end;
            return;
        }
        self.put_in_parts(text);
    }

    #[inline(never)]
    fn put_number(&mut self, number: Number) {
        if self.full {
            return;
        }
        let mut digits = no_digits();
        let len = number.write(&mut digits);
        self.put(digits.get(..len).unwrap_or_default());
    }

    #[inline(always)]
    fn if_checked<R>(&mut self, write: impl FnOnce(&mut Out<'_>) -> R, _: R) -> R {
        write(self)
    }

    fn put_escaped(&mut self, text: &[u8], quoted: bool) {
        if COMPACT {
            for byte in text {
                self.put(escape_of(*byte, quoted).unwrap_or(slice::from_ref(byte)));
            }
            return;
        }
        for (plain, escaped) in pieces(text, quoted) {
            self.put(plain);
            self.put(escaped);
        }
    }
}

/// A place in a buffer that has room for all that comes. It stays in a register, which is what makes
/// it faster than [`Out`].
pub(crate) struct Pen {
    at: *mut u8,
}

impl Sink for Pen {
    #[inline(always)]
    fn put(&mut self, text: &[u8]) {
        // SAFETY: there is room, as `with_pen` was promised, and nobody else writes there.
        unsafe {
            copy(text.as_ptr(), self.at, text.len());
            self.at = self.at.add(text.len());
        }
    }

    #[inline(always)]
    fn put_number(&mut self, number: Number) {
        // SAFETY: there is room for the longest number, as `with_pen` was promised.
        unsafe { self.at = self.at.add(number.write(&mut *self.at.cast())) };
    }

    #[inline(always)]
    fn if_checked<R>(&mut self, _: impl FnOnce(&mut Out<'_>) -> R, otherwise: R) -> R {
        otherwise
    }

    #[inline(always)]
    fn put_escaped(&mut self, text: &[u8], quoted: bool) {
        // By value: a pen whose address is taken does not stay in a register.
        self.at = escape_to(self.at, text, quoted);
    }
}

/// Writes `text` escaped to `at`, where there is room, and returns its end.
#[inline(never)]
fn escape_to(at: *mut u8, text: &[u8], quoted: bool) -> *mut u8 {
    let mut pen = Pen { at };
    for (plain, escaped) in pieces(text, quoted) {
        pen.put(plain);
        pen.put(escaped);
    }
    pen.at
}

/// `text` in pieces: what needs no escaping, and the escape that follows it.
fn pieces(text: &[u8], quoted: bool) -> impl Iterator<Item = (&[u8], &'static [u8])> {
    text.split_inclusive(move |byte| escape_of(*byte, quoted).is_some()).map(move |piece| {
        match piece.split_last() {
            Some((last, plain)) => match escape_of(*last, quoted) {
                Some(escaped) => (plain, escaped),
                None => (piece, &b""[..]),
            },
            None => (piece, &b""[..]),
        }
    })
}

/// What stands for a byte that needs escaping.
#[inline]
pub(crate) fn escape_of(byte: u8, quoted: bool) -> Option<&'static [u8]> {
    match byte {
        b'\\' => Some(b"\\\\"),
        b'\n' => Some(b"\\n"),
        b'"' if quoted => Some(b"\\\""),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn a_unit_continues_where_the_buffer_ended() {
        let parts: [&[u8]; 4] = [b"one", b"", b"three ", b"four\n"];
        for size in 1..20 {
            let mut page = Vec::new();
            let mut skip = 0;
            loop {
                let mut buf = std::vec![0; size];
                let mut out = Out::new(&mut buf, skip);
                parts.iter().for_each(|part| out.put(part));
                let full = out.is_full();
                let (len, progress) = (out.len(), out.progress());
                page.extend_from_slice(&buf[..len]);
                if !full {
                    break;
                }
                assert_eq!(progress, page.len());
                skip = progress;
            }
            assert_eq!(page, b"onethree four\n", "buffers of {size} bytes");
        }
    }
}
