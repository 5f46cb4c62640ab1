//! What is wrong with a table of metrics, as a sentence that names the offender.

use core::fmt;

const CAPACITY: usize = 400;

/// A mistake in a table of metrics: one sentence, such as
/// `two metrics expose the name 'lat_count'`.
#[derive(Clone, Copy)]
pub struct Fault {
    text: [u8; CAPACITY],
    len: usize,
}

impl Fault {
    pub(crate) const fn new() -> Self {
        Self { text: [0; CAPACITY], len: 0 }
    }

    /// The fault with `text` behind its sentence; bytes that are not printable ASCII show as `?`.
    pub(crate) const fn say(mut self, text: &[u8]) -> Self {
        let mut at = 0;
        while at < text.len() && self.len < CAPACITY {
            let byte = text[at];
            self.text[self.len] = if byte >= b' ' && byte <= b'~' { byte } else { b'?' };
            self.len += 1;
            at += 1;
        }
        self
    }

    /// The sentence.
    pub const fn as_str(&self) -> &str {
        // `len` never passes the capacity, and `say` writes nothing but ASCII.
        let len = if self.len < CAPACITY { self.len } else { CAPACITY };
        match core::str::from_utf8(self.text.split_at(len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::error::Error for Fault {}

/// Stops the build: `metric 'x' …`.
pub(crate) const fn declaration(metric: &str, fault: &str) -> ! {
    let fault =
        Fault::new().say(b"metric '").say(metric.as_bytes()).say(b"' ").say(fault.as_bytes());
    panic!("{}", fault.as_str())
}

/// Stops the build where `ticks_per_unit` stands on what observes no ticks.
pub(crate) const fn no_ticks(metric: &str) -> ! {
    declaration(metric, "has `ticks_per_unit`, which is for IntHistogram and Histogram32")
}
