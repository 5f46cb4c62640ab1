//! Chunked transfer coding (RFC 9112, section 7.1), written around the data in place.

use super::buffer::Buffer;
use crate::open::Only;
use crate::page::cursor::Cursor;
use crate::page::reader;

/// Chunks go straight into the caller's buffer if it has this much room: 3 % for the frame.
const DIRECT: usize = 256;

/// Ends a chunked body: the chunk of size zero, no trailers.
pub(super) const LAST: &[u8] = b"0\r\n\r\n";

/// Bytes around the data: four hexadecimal digits and a line end, then a line end.
pub(super) const FRAME: usize = 8;

/// The largest data that four digits can announce.
const MAX_DATA: usize = 0xffff;

/// Puts one chunk into the front of `out`, its data from `read`; returns the bytes used.
///
/// Nothing is written, and 0 returned, when `read` has no more data or `out` has no room for a
/// frame and a byte. The size always has four digits, as its place must be known before the data
/// is; leading zeros are allowed by the grammar.
pub(super) fn write(out: &mut [u8], read: impl FnOnce(&mut [u8]) -> usize) -> usize {
    let Some((size_line, rest)) = out.split_first_chunk_mut::<6>() else {
        return 0;
    };
    let room = rest.len().saturating_sub(2).min(MAX_DATA);
    let len = match rest.get_mut(..room) {
        Some(data) if !data.is_empty() => read(data).min(room),
        _ => 0,
    };
    let Some(line_end) = rest.get_mut(len..).and_then(|rest| rest.first_chunk_mut::<2>()) else {
        return 0;
    };
    if len == 0 {
        return 0;
    }
    *line_end = *b"\r\n";
    *size_line = [digit(len >> 12), digit(len >> 8), digit(len >> 4), digit(len), b'\r', b'\n'];
    len + FRAME
}

/// Writes some of the page's chunks to `out`, which is not empty; returns how much, 0 at the page's end.
/// Where `out` is small, a chunk is made in `staged` and copied out.
pub(super) fn read<const N: usize>(
    cursor: &mut Cursor<'_>,
    staged: &mut Buffer<N>,
    out: &mut [u8],
    scratch: &mut [u8],
    only: Option<Only<'_>>,
) -> usize {
    let read = |data: &mut [u8]| reader::read(cursor, data, scratch, only);
    if staged.is_empty() {
        if out.len() >= DIRECT {
            return write(out, read);
        }
        staged.refill(|space| write(space, read));
    }
    staged.drain(out)
}

/// The lowest four bits as a hexadecimal digit.
fn digit(value: usize) -> u8 {
    let nibble = (value & 0xf) as u8;
    if nibble < 10 { b'0' + nibble } else { b'a' + (nibble - 10) }
}

#[cfg(test)]
mod tests {
    use super::super::buffer::copy;
    use super::*;

    #[test]
    fn a_chunk_frames_what_was_read() {
        let mut out = [b'.'; 40];
        let used = write(&mut out, |data| copy(b"abcdefghijklmnopqrstuvwxyz", data));
        assert_eq!(out.get(..used), Some(&b"001a\r\nabcdefghijklmnopqrstuvwxyz\r\n"[..]));
    }

    #[test]
    fn a_chunk_takes_no_more_than_the_room_left() {
        let mut out = [b'.'; FRAME + 3];
        assert_eq!(write(&mut out, |data| copy(b"abcdef", data)), FRAME + 3);
        assert_eq!(&out, b"0003\r\nabc\r\n");
        for len in 0..=FRAME {
            let out = out.get_mut(..len).unwrap();
            assert_eq!(write(out, |data| copy(b"abcdef", data)), 0, "no room for data");
        }
    }

    #[test]
    fn the_end_of_the_data_is_not_a_chunk() {
        assert_eq!(write(&mut [0; 40], |_| 0), 0);
    }

    #[test]
    fn four_digits_are_never_exceeded() {
        let mut out = [0; 70_000];
        assert_eq!(write(&mut out, |data| data.len()), MAX_DATA + FRAME);
        assert!(out.starts_with(b"ffff\r\n"));
    }
}
