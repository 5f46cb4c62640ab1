//! A page that shows the time, and takes a log line along.

use crate::{METRICS, TICK_HZ, TICKS, UPTIME};
use nanoprom::Format;
use nanoprom::serial::Frames;

/// The bytes of a page, and of a log line after its second frame.
///
/// Whoever logs while a page is on its way waits like this for the end of a frame.
pub struct Page {
    frames: Frames<'static>,
    frames_out: u32,
    line: &'static [u8],
}

impl Page {
    /// Page `number`, which shows the time up to now.
    pub fn new(number: u8) -> Self {
        UPTIME.set(TICKS.get() as f64 / f64::from(TICK_HZ));
        let frames = Frames::new(&METRICS, Format::Text, number);
        Self { frames, frames_out: 0, line: b"two frames are out\r\n" }
    }
}

impl Iterator for Page {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.frames_out == 2
            && let [byte, rest @ ..] = self.line
        {
            self.line = rest;
            return Some(*byte);
        }
        let byte = self.frames.next_byte()?;
        self.frames_out += u32::from(self.frames.between_frames());
        Some(byte)
    }
}
