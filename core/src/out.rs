//! Where the encoder puts its bytes: a buffer of any size that may end at any byte.

use crate::number::{NUMBER_LEN, Number};

/// The buffer is full: call again with the next one.
#[derive(Debug)]
pub(crate) struct Full;

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
}

impl<'b> Out<'b> {
    /// `skip`: how many bytes of the first unit are out already.
    pub(crate) fn new(buf: &'b mut [u8], skip: usize) -> Self {
        let limit = if skip == 0 { buf.len() } else { 0 };
        Self { buf, len: 0, limit, skip, before: skip, start: 0 }
    }

    /// The next unit begins here.
    #[inline]
    pub(crate) fn next_unit(&mut self) {
        self.before = 0;
        self.start = self.len;
    }

    /// How many bytes of the current unit are out.
    pub(crate) fn progress(&self) -> usize {
        self.before + (self.len - self.start)
    }

    /// How many bytes of the buffer are filled.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Puts `text` behind what is there.
    #[inline]
    pub(crate) fn put(&mut self, text: &[u8]) -> Result<(), Full> {
        let end = self.len.wrapping_add(text.len());
        if end <= self.limit {
            // SAFETY: `len <= end <= limit <= buf.len()`, and a shared and an exclusive borrow do
            // not overlap.
            unsafe { copy(text.as_ptr(), self.buf.as_mut_ptr().add(self.len), text.len()) };
            self.len = end;
            return Ok(());
        }
        self.put_in_parts(text)
    }

    /// Puts one byte behind what is there.
    #[inline]
    pub(crate) fn put_byte(&mut self, byte: u8) -> Result<(), Full> {
        if self.len < self.limit
            && let Some(place) = self.buf.get_mut(self.len)
        {
            *place = byte;
            self.len += 1;
            return Ok(());
        }
        self.put_in_parts(&[byte])
    }

    /// Puts a number behind what is there.
    #[inline]
    pub(crate) fn put_number(&mut self, number: Number) -> Result<(), Full> {
        let room = self.buf.get_mut(self.len..self.limit).unwrap_or_default();
        if let Some(digits) = room.first_chunk_mut() {
            self.len += number.write(digits);
            return Ok(());
        }
        let mut digits = [0; NUMBER_LEN];
        let len = number.write(&mut digits);
        self.put_in_parts(digits.get(..len).unwrap_or_default())
    }

    #[cold]
    #[inline(never)]
    fn put_in_parts(&mut self, text: &[u8]) -> Result<(), Full> {
        let dropped = self.skip.min(text.len());
        self.skip -= dropped;
        if self.skip == 0 {
            self.limit = self.buf.len();
        }
        let text = text.get(dropped..).unwrap_or_default();
        let room = self.buf.get_mut(self.len..).unwrap_or_default();
        let mut written = 0;
        for (place, &byte) in room.iter_mut().zip(text) {
            *place = byte;
            written += 1;
        }
        self.len += written;
        if written < text.len() { Err(Full) } else { Ok(()) }
    }
}

/// Copies a few bytes without a call: names, glue and numbers are shorter than 32 bytes.
///
/// # Safety
///
/// `from` is readable and `to` is writable for `len` bytes, and they do not overlap.
#[inline]
unsafe fn copy(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: each pair of moves covers the first and the last bytes of `len`, inside both.
    unsafe {
        match len {
            0 => {}
            1 => *to = *from,
            2..=3 => {
                *to = *from;
                *to.add(1) = *from.add(1);
                *to.add(len - 1) = *from.add(len - 1);
            }
            4..=7 => ends::<[u8; 4]>(from, to, len),
            8..=16 => ends::<[u8; 8]>(from, to, len),
            17..=32 => ends::<[u8; 16]>(from, to, len),
            _ => core::ptr::copy_nonoverlapping(from, to, len),
        }
    }
}

/// Copies the first and the last `size_of::<T>()` bytes.
///
/// # Safety
///
/// As for [`copy`], and `len` is at least the size of `T` and at most twice that.
#[inline]
unsafe fn ends<T: Copy>(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: both ends lie inside `len` bytes; reads come first, and `T` has no alignment.
    unsafe {
        let last = len - size_of::<T>();
        let (head, tail) =
            (from.cast::<T>().read_unaligned(), from.add(last).cast::<T>().read_unaligned());
        to.cast::<T>().write_unaligned(head);
        to.add(last).cast::<T>().write_unaligned(tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn text_of_every_length_is_copied_whole() {
        let text: Vec<u8> = (0..100).collect();
        for len in 0..text.len() {
            let mut buf = [0xff; 120];
            let mut out = Out::new(&mut buf, 0);
            out.put(&text[..len]).unwrap();
            assert_eq!(out.len(), len);
            assert_eq!(&buf[..len], &text[..len]);
            assert!(buf[len..].iter().all(|&byte| byte == 0xff));
        }
    }

    #[test]
    fn a_unit_continues_where_the_buffer_ended() {
        let parts: [&[u8]; 4] = [b"one", b"", b"three ", b"four\n"];
        for size in 1..20 {
            let mut page = Vec::new();
            let mut skip = 0;
            loop {
                let mut buf = std::vec![0; size];
                let mut out = Out::new(&mut buf, skip);
                let full = parts.iter().any(|part| out.put(part).is_err());
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
