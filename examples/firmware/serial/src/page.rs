//! A page that shows the time, and takes a log line along.

use crate::{LAST_TICK, METRICS, PERIOD, TICK_EVENTS, UPTIME};
use board::timer;
use core::sync::atomic::Ordering;
use nanoprom::Format;
use nanoprom::serial::Frames;

/// The time since [`count`](crate::count) began, while the timer runs free.
pub struct Uptime {
    /// Counts of the timer, up to when it showed `seen`.
    counts: u64,
    seen: u32,
}

impl Uptime {
    /// For use once [`count`](crate::count) is over.
    pub fn new() -> Self {
        let counts = u64::from(TICK_EVENTS * PERIOD);
        Self { counts, seen: LAST_TICK.load(Ordering::Relaxed) }
    }

    /// To be called more often than the timer wraps around: at least twice a second.
    pub fn update(&mut self) {
        let passed = timer::since(self.seen);
        self.seen = self.seen.wrapping_add(passed);
        self.counts += u64::from(passed);
    }

    fn seconds(&self) -> f64 {
        self.counts as f64 / f64::from(timer::HZ)
    }
}

impl Default for Uptime {
    fn default() -> Self {
        Self::new()
    }
}

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
    pub fn new(number: u8, uptime: &Uptime) -> Self {
        UPTIME.set(uptime.seconds());
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
