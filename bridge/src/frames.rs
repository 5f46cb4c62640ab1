//! Frames from a noisy line: whole pages or nothing, whatever portions the bytes come in.
//!
//! `nanoprom::serial` describes the frames. A start byte may also be noise, so the decoder believes
//! nothing before the CRC fits: it judges every start byte it has seen, and the first whole frame wins
//! over a start that still waits for its end.

use crc32fast::Hasher;

const START: u8 = 0xFA;
/// Start byte, page, sequence, length.
const HEAD_LEN: usize = 5;
/// Head and CRC.
const FRAME_LEN: usize = HEAD_LEN + 4;

/// What the line brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The first frame of this page is there.
    Began(u8),
    /// A whole page.
    Page(u8, Vec<u8>),
    /// A page that outgrew the limit; the rest of it is dropped.
    TooLarge(u8),
    /// A start that was no frame of a page so far: noise, or a frame of this page was damaged.
    Discarded(u8),
    /// Bytes between frames, such as log lines.
    Text(&'a [u8]),
}

/// Finds pages among the bytes of a line.
#[derive(Debug)]
pub struct Decoder {
    max_page: usize,
    /// What is not decided yet: shorter than a frame, unless `feed` is running.
    pending: Vec<u8>,
    /// How many of the next bytes belong to a start that was discarded: no text.
    remains: usize,
    page: Option<Partial>,
}

/// A page whose last frame has not come.
#[derive(Debug)]
struct Partial {
    number: u8,
    /// The sequence number of the next frame.
    next: u16,
    /// Over what the frames so far hold.
    crc: Hasher,
    bytes: Vec<u8>,
}

/// What the bytes from some place on are.
enum Verdict {
    /// They do not begin with a start byte.
    Text,
    /// Too few to tell.
    Short,
    /// No frame.
    Bad,
    /// A frame of the page in progress, or the first of a new one.
    Frame { first: bool, crc: Hasher },
}

impl Decoder {
    /// A decoder that has seen nothing, for pages of up to `max_page` bytes.
    pub fn new(max_page: usize) -> Self {
        Self { max_page, pending: Vec::new(), remains: 0, page: None }
    }

    /// Takes the next bytes and tells `sink`, in order, what they complete.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(Event<'_>)) {
        self.pending.extend_from_slice(bytes);
        let pending = core::mem::take(&mut self.pending);
        let mut rest = &pending[..];
        loop {
            rest = self.pass_text(rest, sink);
            match self.judge(rest) {
                Verdict::Frame { first, crc } => {
                    let (frame, behind) = rest.split_at(frame_len(rest));
                    self.accept(frame, first, crc, sink);
                    rest = behind;
                }
                Verdict::Bad => rest = self.discard(rest, sink),
                // The start may be noise in front of a frame that is whole.
                Verdict::Short if self.frame_within(rest) => rest = self.discard(rest, sink),
                Verdict::Short | Verdict::Text => break,
            }
        }
        self.pending = rest.to_vec();
    }

    /// Hands on what stands before the next start byte.
    fn pass_text<'a>(&mut self, bytes: &'a [u8], sink: &mut impl FnMut(Event<'_>)) -> &'a [u8] {
        let start = bytes.iter().position(|&byte| byte == START).unwrap_or(bytes.len());
        let (before, rest) = bytes.split_at(start);
        let (remains, text) = before.split_at(self.remains.min(before.len()));
        self.remains -= remains.len();
        if !text.is_empty() {
            sink(Event::Text(text));
        }
        rest
    }

    fn judge(&self, bytes: &[u8]) -> Verdict {
        match bytes {
            [START, ..] => {}
            _ => return Verdict::Text,
        }
        let &[_, number, low, high, len, ref behind @ ..] = bytes else {
            return Verdict::Short;
        };
        let sequence = u16::from_le_bytes([low, high]);
        let page = self.page.as_ref().filter(|page| page.number == number && page.next == sequence);
        if page.is_none() && sequence != 0 {
            return Verdict::Bad;
        }
        let Some((_, [a, b, c, d, ..])) = behind.split_at_checked(usize::from(len)) else {
            return Verdict::Short;
        };
        let covered = &bytes[1..HEAD_LEN + usize::from(len)];
        let announced = u32::from_le_bytes([*a, *b, *c, *d]);
        let fits = |mut crc: Hasher| {
            crc.update(covered);
            (crc.clone().finalize() == announced).then_some(crc)
        };
        // A sequence number wraps to 0 on the longest pages, so both may be tried.
        if let Some(crc) = page.and_then(|page| fits(page.crc.clone())) {
            return Verdict::Frame { first: false, crc };
        }
        match fits(Hasher::new()) {
            Some(crc) if sequence == 0 => Verdict::Frame { first: true, crc },
            _ => Verdict::Bad,
        }
    }

    /// Whether a whole frame begins behind the first byte.
    fn frame_within(&self, bytes: &[u8]) -> bool {
        (1..bytes.len()).any(|at| matches!(self.judge(&bytes[at..]), Verdict::Frame { .. }))
    }

    fn accept(&mut self, frame: &[u8], first: bool, crc: Hasher, sink: &mut impl FnMut(Event<'_>)) {
        let number = frame[1];
        let payload = &frame[HEAD_LEN..frame.len() - (FRAME_LEN - HEAD_LEN)];
        self.remains = 0;
        let mut page = match self.page.take() {
            Some(page) if !first => page,
            _ => {
                sink(Event::Began(number));
                Partial { number, next: 0, crc: Hasher::new(), bytes: Vec::new() }
            }
        };
        if payload.is_empty() {
            sink(Event::Page(number, page.bytes));
        } else if page.bytes.len() + payload.len() > self.max_page {
            sink(Event::TooLarge(number));
        } else {
            page.bytes.extend_from_slice(payload);
            page.crc = crc;
            page.next = page.next.wrapping_add(1);
            self.page = Some(page);
        }
    }

    /// Drops a start byte; what seems to belong to its frame is not taken for text.
    fn discard<'a>(&mut self, bytes: &'a [u8], sink: &mut impl FnMut(Event<'_>)) -> &'a [u8] {
        let (_, rest) = bytes.split_at(1);
        self.remains = self.remains.saturating_sub(1).max(frame_len(bytes) - 1);
        if let Some(&number) = rest.first() {
            sink(Event::Discarded(number));
        }
        rest
    }
}

/// The length of the frame that begins here, as far as its head tells.
fn frame_len(bytes: &[u8]) -> usize {
    FRAME_LEN + bytes.get(HEAD_LEN - 1).map_or(0, |&len| usize::from(len))
}
