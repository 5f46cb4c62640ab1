//! Slots: a few words that are replaced as a whole, while others read them.
//!
//! The first word counts: odd while somebody writes, and two more for each time that the others were
//! replaced. A writer never waits: where another one is at work, its own words are dropped. A reader
//! takes what it read only if the count is the same before and after.

use crate::atomic::Word;
use crate::table::slice_at;
use core::cell::UnsafeCell;

/// How often a reader tries.
const PATIENCE: u32 = 8;

/// The memory of a slot: the count, `H` words, and `T` bytes more. All zeros to begin with.
#[repr(C, align(8))]
pub(crate) struct SlotMemory<const H: usize, const T: usize> {
    count: Word,
    head: [Word; H],
    text: UnsafeCell<[u8; T]>,
}

// SAFETY: all of it is only used as words, which share by atomics.
unsafe impl<const H: usize, const T: usize> Sync for SlotMemory<H, T> {}

impl<const H: usize, const T: usize> SlotMemory<H, T> {
    pub(crate) const fn new() -> Self {
        assert!(
            T.is_multiple_of(8) && T <= 65_000,
            "the text of a slot is a multiple of 8 bytes, up to 65000"
        );
        assert!(H % 2 == 1, "a slot has no gaps");
        Self {
            count: Word::new(0),
            head: [const { Word::new(0) }; H],
            text: UnsafeCell::new([0; T]),
        }
    }

    pub(crate) fn slot(&self) -> Slot<'_> {
        // SAFETY: this memory, all of which is words: the text is aligned behind the head.
        unsafe { Slot::at((&raw const *self).cast(), size_of::<Self>()) }
    }
}

/// A slot of any size.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    words: &'a [Word],
}

impl<'a> Slot<'a> {
    pub(crate) const fn new(words: &'a [Word]) -> Self {
        Self { words }
    }

    /// # Safety
    ///
    /// That many bytes of words lie there, for `'a`.
    pub(crate) const unsafe fn at(start: *const Word, bytes: usize) -> Self {
        // SAFETY: the caller's promise.
        Self::new(unsafe { slice_at(start, bytes / size_of::<Word>()) })
    }

    /// Replaces the words behind the count by what `write` puts; `false`, and nothing is changed, where
    /// another writer is at work: a thread, or what this interrupt handler stopped.
    pub(crate) fn replace(self, write: impl FnOnce(&mut Pen<'_>)) -> bool {
        let Some((count, words)) = self.words.split_first() else { return false };
        let before = count.get();
        // Taken with Acquire, so that no word is written before the count is odd; each word is written
        // with Release, so that whoever reads one of them sees the odd count, too.
        if before % 2 == 1 || count.replace(before, before.wrapping_add(1)).is_err() {
            return false;
        }
        let mut pen = Pen { words: words.iter(), bytes: 0, len: 0 };
        write(&mut pen);
        pen.end();
        count.set(before.wrapping_add(2));
        true
    }

    /// What `copy` makes of the words behind the count; `None` where they are being replaced again and
    /// again. It is called for each attempt, also with words that do not belong together.
    pub(crate) fn read<R>(self, mut copy: impl FnMut(&[Word]) -> R) -> Option<R> {
        let (count, words) = self.words.split_first()?;
        for _ in 0..PATIENCE {
            let before = count.get();
            if before % 2 == 0 {
                let read = copy(words);
                // Each word was read with Acquire, so the count is not read before them.
                if count.get() == before {
                    return Some(read);
                }
            }
            core::hint::spin_loop();
        }
        None
    }
}

/// Puts words and bytes into a slot, one after the other; what has no room is dropped.
pub(crate) struct Pen<'a> {
    words: core::slice::Iter<'a, Word>,
    /// Bytes that do not fill a word yet, the first one lowest.
    bytes: u32,
    len: u32,
}

impl Pen<'_> {
    pub(crate) fn put_word(&mut self, word: u32) {
        if let Some(to) = self.words.next() {
            to.set(word);
        }
    }

    pub(crate) fn put_bits(&mut self, bits: u64) {
        self.put_word(bits as u32);
        self.put_word((bits >> 32) as u32);
    }

    pub(crate) fn put_byte(&mut self, byte: u8) {
        self.bytes |= u32::from(byte) << (8 * self.len);
        self.len += 1;
        if self.len == 4 {
            self.end();
        }
    }

    fn end(&mut self) {
        if self.len > 0 {
            self.put_word(self.bytes);
        }
        (self.bytes, self.len) = (0, 0);
    }
}

/// The 64 bits that [`Pen::put_bits`] put at word `at`.
pub(crate) fn bits_at(words: &[Word], at: usize) -> u64 {
    let word = |at: usize| words.get(at).map_or(0, Word::get);
    u64::from(word(at)) | u64::from(word(at + 1)) << 32
}

/// The bytes from word `at` on, four at a time.
pub(crate) fn bytes_at(
    words: &[Word],
    at: usize,
    len: usize,
) -> impl Iterator<Item = ([u8; 4], usize)> {
    let rest = words.get(at..).unwrap_or_default();
    let starts = (0..len).step_by(4);
    rest.iter()
        .zip(starts)
        .map(move |(word, start)| (word.get().to_le_bytes(), (len - start).min(4)))
}
