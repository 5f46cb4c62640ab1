//! A byte queue of fixed size: collects a request head, later holds framed output.

/// Copies as much of `from` as fits into `to`; returns how much that was.
pub(super) fn copy(from: &[u8], to: &mut [u8]) -> usize {
    let len = from.len().min(to.len());
    // Both slices exist, `len` is their common length; `get` keeps panics out of firmware images.
    if let (Some(from), Some(to)) = (from.get(..len), to.get_mut(..len)) {
        to.copy_from_slice(from);
    }
    len
}

/// `N` bytes, of which `start..end` are in use.
pub(super) struct Buffer<const N: usize> {
    bytes: [u8; N],
    start: usize,
    end: usize,
}

impl<const N: usize> Buffer<N> {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; N], start: 0, end: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.start = 0;
        self.end = 0;
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    pub(super) fn is_full(&self) -> bool {
        self.end == N
    }

    /// Appends a byte; a full buffer drops it.
    pub(super) fn push(&mut self, byte: u8) {
        if let Some(free) = self.bytes.get_mut(self.end) {
            *free = byte;
            self.end += 1;
        }
    }

    /// Replaces the contents by what `fill` writes to the front of the space it is given.
    pub(super) fn refill(&mut self, fill: impl FnOnce(&mut [u8]) -> usize) {
        self.start = 0;
        self.end = fill(&mut self.bytes).min(N);
    }

    /// Moves bytes from the front to `out`; returns how many.
    pub(super) fn drain(&mut self, out: &mut [u8]) -> usize {
        let moved = copy(self.as_slice(), out);
        self.start += moved;
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_in_order() {
        let mut buffer = Buffer::<4>::new();
        for byte in *b"abcde" {
            buffer.push(byte);
        }
        assert!(buffer.is_full());
        assert_eq!(buffer.as_slice(), b"abcd");
        let mut out = [0; 3];
        assert_eq!(buffer.drain(&mut out), 3);
        assert_eq!(&out, b"abc");
        assert_eq!(buffer.drain(&mut out), 1);
        assert_eq!(out.first(), Some(&b'd'));
        assert!(buffer.is_empty());
        buffer.refill(|space| copy(b"xy", space));
        assert_eq!(buffer.as_slice(), b"xy");
    }
}
