//! Pages over a serial line: frames that a host finds among log lines and noise.
//!
//! ```text
//! frame   = 0xFA  page  sequence (2 bytes)  length  payload (0 to 255 bytes)  CRC (4 bytes)
//! request = 0x05  page (0x80 to 0xFF)
//! ```
//!
//! Numbers have their low byte first. The payloads of one page's frames are the page; `sequence`
//! counts from 0, and a frame of length 0 ends the page. The CRC is CRC-32/ISO-HDLC, the one of zlib,
//! over all that this page's frames hold so far besides start bytes and CRCs: the last one vouches for
//! the whole page. 0xFA never occurs in UTF-8, so neither log lines nor payloads hold a start byte; log
//! lines may come between two frames, never inside one.
//!
//! A device answers a request with a page of the number asked for; pages that it sends of its own
//! accord have numbers below 0x80. `nanoprom-bridge` speaks the other side.

use crate::page::cursor::{Cursor, Format};
use crate::page::reader;
use crate::page::walk::Source;

const START: u8 = 0xFA;
/// ASCII's "enquiry", which nobody types into a console by accident.
const ENQUIRY: u8 = 0x05;
const HEAD_LEN: usize = 5;

/// A page as frames, to be sent in portions of any size.
///
/// `PAYLOAD`, from 1 to 255, is the length of full frames and costs as many bytes of memory; each frame
/// adds 9 bytes on the line. `SCRATCH` is memory for what may change while it is written (see
/// [`Reader`](crate::Reader)): none if not said. Values are loaded when their frame begins. One caller at a
/// time; metrics may change meanwhile as with a [`Cursor`].
///
/// ```
/// use nanoprom::serial::Frames;
/// use nanoprom::{Format, Group};
///
/// static METRICS: Group = Group::new(&[]);
///
/// let mut frames = Frames::<64>::new(&METRICS, Format::Text, 0);
/// let mut uart = Vec::new();
/// while let Some(byte) = frames.next_byte() {
///     uart.push(byte);
/// }
/// // An empty page is its last frame alone.
/// assert_eq!(uart, [0xFA, 0, 0, 0, 0, 0x1C, 0xDF, 0x44, 0x21]);
/// ```
pub struct Frames<'a, const PAYLOAD: usize = 64, const SCRATCH: usize = 0> {
    cursor: Cursor<'a>,
    /// Of the page so far, as it stands before the final inversion.
    crc: u32,
    sequence: u16,
    page: u8,
    /// How many bytes of the frame are out.
    sent: u16,
    head: [u8; HEAD_LEN],
    payload: [u8; PAYLOAD],
    tail: [u8; 4],
    scratch: [u8; SCRATCH],
}

impl<'a, const PAYLOAD: usize> Frames<'a, PAYLOAD> {
    /// The frames of a [`Group`](crate::Group) or [`Registry`](crate::Registry), as page number `page`:
    /// the one that was requested, or any below 0x80.
    #[inline(always)]
    pub fn new(source: impl Into<Source<'a>>, format: Format, page: u8) -> Self {
        Self::__of(Cursor::new(source, format), page)
    }

    #[doc(hidden)]
    pub fn __of(cursor: Cursor<'a>, page: u8) -> Self {
        const { assert!(PAYLOAD >= 1 && PAYLOAD <= 255, "a frame holds 1 to 255 bytes") };
        // As behind a frame that is out.
        Self {
            cursor,
            crc: u32::MAX,
            sequence: u16::MAX,
            page,
            sent: u16::MAX,
            head: [1; HEAD_LEN],
            payload: [0; PAYLOAD],
            tail: [0; 4],
            scratch: [],
        }
    }
}

impl<'a, const PAYLOAD: usize, const SCRATCH: usize> Frames<'a, PAYLOAD, SCRATCH> {
    /// The same frames with another amount of scratch memory, before the first is sent:
    /// `Frames::<64>::new(&METRICS, Format::Text, 0).with_scratch::<256>()`. Those of a page that has begun take
    /// along what they have there: do not make it smaller then.
    #[must_use]
    pub fn with_scratch<const BYTES: usize>(self) -> Frames<'a, PAYLOAD, BYTES> {
        let Self { cursor, crc, sequence, page, sent, head, payload, tail, scratch } = self;
        let scratch = reader::resized(&scratch);
        Frames { cursor, crc, sequence, page, sent, head, payload, tail, scratch }
    }

    /// Whether something of the page was read, so that its scratch memory must stay the same.
    #[doc(hidden)]
    pub fn __has_begun(&self) -> bool {
        self.cursor.__has_begun()
    }

    /// The next byte to send; `None` behind the last one of the page.
    pub fn next_byte(&mut self) -> Option<u8> {
        self.next_lent(None)
    }

    fn next_lent(&mut self, lent: Option<&mut [u8]>) -> Option<u8> {
        if self.frame_is_out() {
            if self.is_last() {
                return None;
            }
            self.sequence = self.sequence.wrapping_add(1);
            self.fill(lent);
            self.sent = 0;
        }
        let at = usize::from(self.sent);
        let byte = match at.checked_sub(HEAD_LEN) {
            None => self.head.get(at),
            Some(at) => match at.checked_sub(self.payload_len()) {
                None => self.payload.get(at),
                Some(at) => self.tail.get(at),
            },
        }
        .copied();
        self.sent = self.sent.saturating_add(1);
        byte
    }

    /// Fills `buf` with the next bytes to send and returns how many. 0 is the end of the page (or an
    /// empty `buf`).
    pub fn read(&mut self, buf: &mut [u8]) -> usize {
        fill(buf, || self.next_lent(None))
    }

    /// The same with scratch memory of the caller's, the same at each read of a page.
    #[doc(hidden)]
    pub fn __read_with(&mut self, buf: &mut [u8], scratch: &mut [u8]) -> usize {
        fill(buf, || self.next_lent(Some(scratch)))
    }

    /// Whether other text, such as a log line, may be sent now.
    pub fn between_frames(&self) -> bool {
        self.sent == 0 || self.frame_is_out()
    }

    fn payload_len(&self) -> usize {
        let [.., len] = self.head;
        usize::from(len)
    }

    fn frame_is_out(&self) -> bool {
        usize::from(self.sent) >= HEAD_LEN + self.payload_len() + self.tail.len()
    }

    fn is_last(&self) -> bool {
        self.payload_len() == 0
    }

    /// Makes the frame that `sequence` counts.
    fn fill(&mut self, lent: Option<&mut [u8]>) {
        let scratch = lent.unwrap_or(&mut self.scratch);
        let len = reader::read(&mut self.cursor, &mut self.payload, scratch, None);
        let [low, high] = self.sequence.to_le_bytes();
        self.head = [START, self.page, low, high, len as u8];
        let [_, covered @ ..] = &self.head;
        let payload = self.payload.get(..len).unwrap_or_default();
        self.crc = covered.iter().chain(payload).fold(self.crc, |crc, &byte| crc32(crc, byte));
        self.tail = (!self.crc).to_le_bytes();
    }
}

/// Fills `buf` with what `next` gives; returns how many bytes that were.
fn fill(buf: &mut [u8], next: impl FnMut() -> Option<u8>) -> usize {
    let mut len = 0;
    for (place, byte) in buf.iter_mut().zip(core::iter::from_fn(next)) {
        *place = byte;
        len += 1;
    }
    len
}

/// One byte more, four bits at a time: 64 bytes of table.
fn crc32(crc: u32, byte: u8) -> u32 {
    const NIBBLES: [u32; 16] = {
        let mut table = [0; 16];
        let mut at = 0;
        while at < table.len() {
            let mut value = at as u32;
            let mut bit = 0;
            while bit < 4 {
                value = if value & 1 == 0 { value >> 1 } else { (value >> 1) ^ 0xEDB8_8320 };
                bit += 1;
            }
            table[at] = value;
            at += 1;
        }
        table
    };
    let crc = crc ^ u32::from(byte);
    let crc = (crc >> 4) ^ NIBBLES[(crc & 15) as usize];
    (crc >> 4) ^ NIBBLES[(crc & 15) as usize]
}

/// Finds requests among the bytes that a device receives.
///
/// ```
/// use nanoprom::serial::Requests;
///
/// let mut requests = Requests::new();
/// let pages: Vec<u8> = b"help\r\n\x05\x81".iter().filter_map(|&byte| requests.feed(byte)).collect();
/// assert_eq!(pages, [0x81]);
/// ```
#[derive(Debug, Default)]
pub struct Requests {
    last: u8,
}

impl Requests {
    /// Nothing received yet.
    pub const fn new() -> Self {
        Self { last: 0 }
    }

    /// Takes the next byte; the number of the page that it completes the request for, if it does.
    pub fn feed(&mut self, byte: u8) -> Option<u8> {
        let last = core::mem::replace(&mut self.last, byte);
        (last == ENQUIRY && byte >= 0x80).then_some(byte)
    }
}
