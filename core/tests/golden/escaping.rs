//! escaping.txt: every character that a format escapes, and those that it must not, in HELP and
//! label values.

use nanoprom::{Family, FamilyCells, Gauge, Group, IntCounter, Label, Metric, label_names};

/// HELP escapes `\` and newline, and leaves quotes alone. A doc comment holds no newline: these rows
/// are written without `metrics!`.
const HELP: &str = "A \\ backslash, a\nnewline, a \"quote\", a { brace }, # and a\ttab.";

/// 5000 bytes: five hundred times `help text\n`.
const LONG: [u8; 5000] = {
    let mut text = [0; 5000];
    let mut at = 0;
    while at < text.len() {
        text[at] = b"help text\n"[at % 10];
        at += 1;
    }
    text
};
const LONG_HELP: &str = match core::str::from_utf8(&LONG) {
    Ok(text) => text,
    Err(_) => panic!("ASCII"),
};

static ESCAPED: IntCounter = IntCounter::new();
static LENGTHY: Gauge = Gauge::new();
static BEYOND: Gauge = Gauge::new();
static CELLS: FamilyCells<IntCounter, 2, 16, 32> = FamilyCells::new();
static VALUES: Family<IntCounter, 2, 16, 32> =
    // SAFETY: the only family of these cells.
    unsafe { Family::new(&CELLS, &label_names!["left", "right"]) };

pub(crate) static METRICS: Group<'static> = {
    const ROWS: &[Metric<'static>] = &[
        Metric::new("escaped_help_total", HELP, &ESCAPED),
        Metric::new("lengthy_help", LONG_HELP, &LENGTHY),
        Metric::new("help_beyond_ascii", "Grüße: €, 漢字, 😀, \u{7f} and \u{a0}.", &BEYOND),
        Metric::new("escaped_values_total", "Label values.", &VALUES),
    ];
    Group::new(ROWS).with_labels(&[Label::new("constant", "\\ \" \n \u{fffd}")])
};

pub(crate) fn fill() {
    ESCAPED.inc();
    LENGTHY.set(0.5);
    BEYOND.set(1.0);
    let values = [
        ["\\", "\""],
        ["\n", "\\n"],
        ["\\\\", "\\\""],
        ["\"\"", "\n\n"],
        ["a\\", "\\a"],
        ["a\"", "\"a"],
        ["a\n", "\na"],
        ["tab\there", "return\rhere"],
        ["null\0here", "\u{1}\u{7f}"],
        ["{x=\"y\"} 1", "# TYPE x counter"],
        ["漢字", "😀"],
        ["plain", "\\"],
        ["\u{feff}", "\u{2028}"],
    ];
    for (at, pair) in values.into_iter().enumerate() {
        VALUES.labels(pair).unwrap().inc_by(at as u64);
    }
}
