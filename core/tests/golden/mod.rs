//! The metrics behind the golden pages in `testdata/pages`, one file a page.
//!
//! `tests/c` has the same metrics with the same updates, and must print the same bytes.

// Each test binary uses a part of this.
#![allow(dead_code)]

pub(crate) mod escaping;
pub(crate) mod families;
pub(crate) mod guards;
pub(crate) mod kinds;
pub(crate) mod more_kinds;
pub(crate) mod nested;
pub(crate) mod ticks;

use nanoprom::{Cursor, Format, Group, Source};
use nanoprom_checker::Page;
use std::sync::Once;

/// A golden page: the name of its file, and the group that prints it once `fill` was called.
pub(crate) struct Golden {
    pub(crate) name: &'static str,
    pub(crate) group: &'static Group<'static>,
    filled: Once,
    fill: fn(),
}

impl Golden {
    /// The group, with its updates made.
    pub(crate) fn group(&self) -> &'static Group<'static> {
        self.filled.call_once(self.fill);
        self.group
    }
}

const fn golden(name: &'static str, group: &'static Group<'static>, fill: fn()) -> Golden {
    Golden { name, group, filled: Once::new(), fill }
}

pub(crate) static PAGES: [Golden; 7] = [
    golden("kinds", &kinds::METRICS, kinds::fill),
    golden("families", &families::METRICS, families::fill),
    golden("nested", &nested::METRICS, nested::fill),
    golden("escaping", &escaping::METRICS, escaping::fill),
    golden("ticks", &ticks::METRICS, ticks::fill),
    golden("guards", &guards::METRICS, guards::fill),
    golden("more_kinds", &more_kinds::METRICS, more_kinds::fill),
];

/// Both formats.
pub(crate) const FORMATS: [Format; 2] = [Format::Text, Format::OpenMetrics];

/// A text page read through buffers of `size` bytes.
pub(crate) fn read<'a>(source: impl Into<Source<'a>>, size: usize) -> Vec<u8> {
    rest(Cursor::new(source, Format::Text), size)
}

/// What a cursor has still to give, through buffers of `size` bytes.
pub(crate) fn rest(mut cursor: Cursor<'_>, size: usize) -> Vec<u8> {
    let (mut page, mut buf) = (Vec::new(), vec![0; size]);
    loop {
        match cursor.read(&mut buf) {
            0 => return page,
            len => page.extend_from_slice(&buf[..len]),
        }
    }
}

/// The page as text, whole.
pub(crate) fn page<'a>(source: impl Into<Source<'a>>) -> String {
    String::from_utf8(read(source, 4096)).expect("a page is UTF-8")
}

/// The OpenMetrics page, whole.
pub(crate) fn open_metrics<'a>(source: impl Into<Source<'a>>) -> String {
    let page = rest(Cursor::new(source, Format::OpenMetrics), 4096);
    String::from_utf8(page).expect("a page is UTF-8")
}

/// The page as the strict checker reads it; fails where it finds a fault.
#[track_caller]
pub(crate) fn checked(page: &[u8]) -> Page {
    nanoprom_checker::parse(page).unwrap_or_else(|faults| {
        panic!("{faults:?} in:\n{}", String::from_utf8_lossy(page));
    })
}
