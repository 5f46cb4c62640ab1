//! The metrics behind the golden pages in `testdata/pages`, one file a page.
//!
//! `tests/c` has the same metrics with the same updates, and must print the same bytes.

// Each test binary uses a part of this.
#![allow(dead_code)]

pub(crate) mod collectors;
pub(crate) mod escaping;
pub(crate) mod exemplars;
pub(crate) mod families;
pub(crate) mod fixed;
pub(crate) mod guards;
pub(crate) mod kinds;
pub(crate) mod more_kinds;
pub(crate) mod names;
pub(crate) mod nested;
pub(crate) mod overflow;
pub(crate) mod target;
pub(crate) mod ticks;

use nanoprom::{Cursor, Format, Group, Source};
use nanoprom_checker::{Checker, Page, disagreements, parse_open_metrics};
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

pub(crate) static PAGES: [Golden; 11] = [
    golden("kinds", &kinds::METRICS, kinds::fill),
    golden("families", &families::METRICS, families::fill),
    golden("nested", &nested::METRICS, nested::fill),
    golden("escaping", &escaping::METRICS, escaping::fill),
    golden("ticks", &ticks::METRICS, ticks::fill),
    golden("guards", &guards::METRICS, guards::fill),
    golden("more_kinds", &more_kinds::METRICS, more_kinds::fill),
    golden("names", &names::METRICS, names::fill),
    golden("overflow", &overflow::METRICS, overflow::fill),
    golden("fixed", &fixed::METRICS, fixed::fill),
    golden("target", &target::METRICS, target::fill),
];

/// What is not in RAM but asked for: reading it takes scratch memory.
pub(crate) static COLLECTORS: Golden = golden("collectors", &collectors::METRICS, collectors::fill);
/// The page whose lines need scratch memory.
pub(crate) static EXEMPLARS: Golden = golden("exemplars", &exemplars::METRICS, exemplars::fill);

/// Both formats.
pub(crate) const FORMATS: [Format; 2] = [Format::Text, Format::OpenMetrics];

/// A text page read through buffers of `size` bytes.
pub(crate) fn read<'a>(source: impl Into<Source<'a>>, size: usize) -> Vec<u8> {
    rest(Cursor::new(source, Format::Text), size)
}

/// What a cursor has still to give, through buffers of `size` bytes.
pub(crate) fn rest(cursor: Cursor<'_>, size: usize) -> Vec<u8> {
    let mut scratch = [0; 1024];
    let mut cursor = cursor.with_scratch(&mut scratch);
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

/// The page read through buffers of `size` bytes, with scratch memory.
pub(crate) fn read_rich<'a>(
    source: impl Into<Source<'a>>,
    format: Format,
    scratch: &mut [u8],
    size: usize,
) -> String {
    let mut reader = Cursor::new(source, format).with_scratch(scratch);
    let (mut page, mut buf) = (Vec::new(), vec![0; size]);
    loop {
        match reader.read(&mut buf) {
            0 => return String::from_utf8(page).expect("a page is UTF-8"),
            len => page.extend_from_slice(&buf[..len]),
        }
    }
}

/// The page as the strict checker reads it; fails where it finds a fault.
#[track_caller]
pub(crate) fn checked(page: &[u8]) -> Page {
    // Those of names.txt; no other page has them.
    let exact = ["frames_lost", "frames_seen", "sent_bytes", "port_frames"];
    checked_exact(page, exact.map(|name| format!("shop_http_{name}")))
}

/// As `checked`, for a page with these exact counters.
#[track_caller]
fn checked_exact(page: &[u8], exact: impl IntoIterator<Item = String>) -> Page {
    let checker = exact.into_iter().fold(Checker::default(), Checker::exact);
    checker.parse(page).unwrap_or_else(|faults| {
        panic!("{faults:?} in:\n{}", String::from_utf8_lossy(page));
    })
}

/// As `checked`, for an OpenMetrics page.
#[track_caller]
pub(crate) fn checked_open_metrics(page: &[u8]) -> Page {
    parse_open_metrics(page).unwrap_or_else(|faults| {
        panic!("{faults:?} in:\n{}", String::from_utf8_lossy(page));
    })
}

/// Both pages; fails where one has a fault or they do not say the same. Nothing may be updated meanwhile.
#[track_caller]
pub(crate) fn agreed<'a>(source: impl Into<Source<'a>> + Copy) -> (Page, Page) {
    compared(checked(page(source).as_bytes()), source)
}

/// As `agreed`, for pages with these exact counters.
#[track_caller]
pub(crate) fn agreed_exact<'a>(
    source: impl Into<Source<'a>> + Copy,
    exact: impl IntoIterator<Item = String>,
) -> (Page, Page) {
    compared(checked_exact(page(source).as_bytes(), exact), source)
}

#[track_caller]
fn compared<'a>(text: Page, source: impl Into<Source<'a>>) -> (Page, Page) {
    let open = checked_open_metrics(open_metrics(source).as_bytes());
    let differences = disagreements(&text, &open);
    assert!(differences.is_empty(), "{differences:#?}");
    (text, open)
}
