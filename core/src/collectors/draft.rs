//! What a collector gives, in scratch memory: written once, read as often as lines are.

use crate::numbers::number::{Number, Value};
use crate::open::Scratch;

/// Memory that is filled from the front; what does not fit makes all of it void.
pub(crate) struct Draft<'e> {
    pub(crate) scratch: Scratch<'e>,
    pub(crate) end: usize,
    limit: usize,
    pub(crate) is_wrong: bool,
}

impl<'e> Draft<'e> {
    pub(crate) fn new(scratch: Scratch<'e>, start: usize, limit: usize) -> Self {
        Self { scratch, end: start, limit, is_wrong: start > limit }
    }

    pub(crate) fn put(&mut self, bytes: &[u8]) {
        let end = self.end.saturating_add(bytes.len());
        if self.is_wrong || end > self.limit {
            self.is_wrong = true;
            return;
        }
        match self.scratch.put(self.end, bytes) {
            Some(end) => self.end = end,
            None => self.is_wrong = true,
        }
    }

    pub(crate) fn require(&mut self, condition: bool) {
        self.is_wrong |= !condition;
    }

    pub(crate) fn put_number(&mut self, value: Value) {
        let (tag, bits) = match value {
            Value::Unsigned(value) => (0, value),
            Value::Signed(value) => (1, value as u64),
            Value::Float(value) => (2, value.to_bits()),
        };
        self.put(&[tag]);
        self.put(&bits.to_le_bytes());
    }
}

/// Bytes of a number that a draft put.
pub(crate) const NUMBER: usize = 9;

/// Reads `N` bytes that a draft put.
///
/// # Safety
///
/// As for [`Scratch::get`].
pub(crate) unsafe fn bytes_at<const N: usize>(scratch: Scratch<'_>, at: usize) -> [u8; N] {
    // SAFETY: the caller's promise.
    unsafe { scratch.get(at, N) }.first_chunk().copied().unwrap_or([0; N])
}

/// # Safety
///
/// As for [`Scratch::get`].
pub(crate) unsafe fn word_at(scratch: Scratch<'_>, at: usize) -> u64 {
    // SAFETY: the caller's promise.
    u64::from_le_bytes(unsafe { bytes_at(scratch, at) })
}

/// # Safety
///
/// As for [`Scratch::get`].
pub(crate) unsafe fn float_at(scratch: Scratch<'_>, at: usize) -> f64 {
    // SAFETY: the caller's promise.
    f64::from_bits(unsafe { word_at(scratch, at) })
}

/// The number that a draft put.
///
/// # Safety
///
/// As for [`Scratch::get`].
pub(crate) unsafe fn number_at(scratch: Scratch<'_>, at: usize) -> Number {
    // SAFETY: the caller's promise.
    let ([tag], bits) = unsafe { (bytes_at(scratch, at), word_at(scratch, at + 1)) };
    match tag {
        0 => Number::unsigned(bits),
        1 => Number::signed(bits as i64),
        _ => Number::float(f64::from_bits(bits)),
    }
}

/// Bytes in front of a state's name: whether it is on, and its length.
pub(crate) const STATE_HEAD: usize = 2;

/// Whether the state at this place is on, and its name; the next one lies behind that.
///
/// # Safety
///
/// As for [`Scratch::get`].
pub(crate) unsafe fn state_at<'e>(scratch: Scratch<'e>, at: usize) -> (bool, &'e [u8]) {
    // SAFETY: the caller's promise.
    unsafe {
        let [is_on, len] = bytes_at(scratch, at);
        (is_on != 0, scratch.get(at + STATE_HEAD, len.into()))
    }
}

/// Labels in scratch memory.
pub(crate) struct Labels<'e> {
    pub(crate) scratch: Scratch<'e>,
    pub(crate) at: usize,
    pub(crate) count: u8,
}

impl<'e> Iterator for Labels<'e> {
    type Item = (&'e [u8], &'e [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.count = self.count.checked_sub(1)?;
        // SAFETY: whoever made this has seen that so many labels were put there.
        unsafe {
            let [name_len, low, high] = bytes_at(self.scratch, self.at);
            let (name_len, value_len) = (usize::from(name_len), u16::from_le_bytes([low, high]));
            let name = self.scratch.get(self.at + 3, name_len);
            let value = self.scratch.get(self.at + 3 + name_len, value_len.into());
            self.at += 3 + name_len + usize::from(value_len);
            Some((name, value))
        }
    }
}
