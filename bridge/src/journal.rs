//! What is said on standard error: one line for each change of a device, never one for each attempt.

use crate::failure::{Failure, Kind};
use core::fmt::Display;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// The longest piece of a device's log that is passed on as one line, in bytes.
const MAX_LINE: usize = 400;

/// Writes one line; if nobody listens, nothing happens.
pub fn say(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "nanoprom-bridge: {text}");
}

/// Knows what was said of a device since it was last well.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    said: Mutex<Said>,
}

#[derive(Debug, Default)]
struct Said {
    well: bool,
    kinds: [bool; Kind::ALL.len()],
    /// The latest reason why the port could not be opened: a new one is worth a new line.
    open: String,
}

impl Journal {
    pub(crate) fn succeeded(&self, device: &str) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if !said.well {
            *said = Said { well: true, ..Said::default() };
            say(format_args!("{device}: up"));
        }
    }

    pub(crate) fn failed(&self, device: &str, failure: &Failure) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.well = false;
        let known = core::mem::replace(&mut said.kinds[failure.kind as usize], true);
        let changed = failure.kind == Kind::Open && failure.text != said.open;
        if changed {
            said.open.clone_from(&failure.text);
        }
        if changed || !known {
            say(format_args!("{device}: {failure}"));
        }
    }
}

/// Makes lines of what a device logs between frames, or drops it.
pub(crate) struct Log<'a> {
    device: &'a str,
    enabled: bool,
    line: Vec<u8>,
}

impl<'a> Log<'a> {
    pub(crate) fn new(device: &'a str, enabled: bool) -> Self {
        Self { device, enabled, line: Vec::new() }
    }

    pub(crate) fn text(&mut self, text: &[u8]) {
        if !self.enabled {
            return;
        }
        for &byte in text {
            if byte != b'\n' {
                self.line.push(byte);
            }
            if byte == b'\n' || self.line.len() >= MAX_LINE {
                let line = core::mem::take(&mut self.line);
                if let Some(line) = printable(&line) {
                    say(format_args!("{}> {line}", self.device));
                }
            }
        }
    }
}

/// A line without anything that could confuse a terminal; `None` for a blank one.
fn printable(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line);
    let line = line.trim_end();
    let printed = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.into() };
    (!line.is_empty()).then(|| line.chars().map(printed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_nothing_that_a_terminal_obeys() {
        assert_eq!(printable(b"boot\r").as_deref(), Some("boot"));
        assert_eq!(
            printable("\x1b[2Jü\t\u{9b}".as_bytes()).as_deref(),
            Some("\\u{1b}[2Jü\\t\\u{9b}")
        );
        assert_eq!(printable(b"a\xffb").as_deref(), Some("a\u{fffd}b"));
        assert_eq!(printable(b"\r"), None);
    }
}
