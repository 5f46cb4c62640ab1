//! Exemplars: what one update was about, kept beside its counter or bucket.

use crate::error::Rejected;
use crate::label::LabelAt;
use crate::metrics::counter::Counter;
use crate::metrics::histogram::AnyHistogram;
use crate::name::{equal, is_label_name};
use crate::numbers::compare;
use crate::numbers::decimal::no_digits;
use crate::numbers::number::Number;
use crate::open::Scratch;
use crate::out::escape_of;
use crate::slot::{Slot, SlotMemory, bits_at, bytes_at};
use crate::utf8;
use core::fmt;
use core::slice;

/// Most characters of an exemplar's label names and values together (OpenMetrics 1.0, Exemplars).
const MAX_CHARACTERS: usize = 128;

/// Words of an exemplar in front of its text: value, time (NaN for none), length of the text.
const HEAD: usize = 5;

/// The memory of an exemplar with up to `T` bytes of label text.
pub(crate) type ExemplarMemory<const T: usize> = SlotMemory<HEAD, T>;

/// Bytes of an exemplar's memory with no text.
pub const EXEMPLAR_SIZE: usize = size_of::<ExemplarMemory<0>>();

/// Why an update with an exemplar was refused; neither the metric nor its exemplar is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadExemplar {
    /// The amount or the observation is not one that the metric takes.
    Value(Rejected),
    /// A label name is not legal.
    LabelName,
    /// A label name is there twice.
    LabelTwice,
    /// A label value is not UTF-8; only callers from C can see this.
    NotUtf8,
    /// Label names and values have more than 128 characters together.
    TooLong,
    /// The labels do not fit into the memory that the metric was declared with.
    NoRoom,
    /// The timestamp is not finite.
    Timestamp,
}

impl fmt::Display for BadExemplar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value(rejected) => return rejected.fmt(f),
            Self::LabelName => "a label name of the exemplar is not legal",
            Self::LabelTwice => "a label name of the exemplar is there twice",
            Self::NotUtf8 => "a label value of the exemplar is not UTF-8",
            Self::TooLong => "the labels of the exemplar are longer than 128 characters",
            Self::NoRoom => {
                "the labels of the exemplar do not fit: declare the metric with more text"
            }
            Self::Timestamp => "the timestamp of the exemplar is not finite",
        })
    }
}

impl core::error::Error for BadExemplar {}

/// The exemplars of a metric: one for a counter; for a histogram one for `+Inf` and one for each bound.
#[derive(Clone, Copy)]
pub(crate) struct Exemplars {
    pub(crate) start: *const (),
    /// Bytes of each.
    pub(crate) size: usize,
    pub(crate) count: usize,
}

impl Exemplars {
    pub(crate) const NONE: Self = Self { start: core::ptr::null(), size: 0, count: 0 };

    pub(crate) fn slot<'a>(self, at: usize) -> Option<Slot<'a>> {
        // SAFETY: there are `count` of them, in memory that is never given back.
        (at < self.count).then(|| unsafe {
            Slot::at(self.start.cast::<u8>().add(at * self.size).cast(), self.size)
        })
    }

    /// Forgets them all.
    pub(crate) fn clear(self) {
        (0..self.count).filter_map(|at| self.slot(at)).for_each(|slot| {
            slot.replace(|pen| {
                (0..HEAD).for_each(|_| pen.put_word(0));
            });
        });
    }

    /// Where the exemplar of bucket `at` of so many is; that of `+Inf`, the last one, comes first.
    pub(crate) const fn of_bucket(at: usize, bounds: usize) -> usize {
        if at < bounds { at + 1 } else { 0 }
    }
}

/// Adds `amount` to a counter and replaces its exemplar.
pub(crate) fn inc(
    counter: &Counter,
    exemplars: Exemplars,
    amount: f64,
    labels: LabelAt<'_>,
    timestamp: Option<f64>,
) -> Result<(), BadExemplar> {
    check(exemplars, labels, timestamp)?;
    counter.inc_by(amount).map_err(BadExemplar::Value)?;
    put(exemplars.slot(0), amount, labels, timestamp);
    Ok(())
}

/// Counts an observation and replaces the exemplar of its bucket.
pub(crate) fn observe(
    histogram: &AnyHistogram,
    exemplars: Exemplars,
    value: f64,
    labels: LabelAt<'_>,
    timestamp: Option<f64>,
) -> Result<(), BadExemplar> {
    if compare::is_nan(value) {
        return Err(BadExemplar::Value(Rejected::NotANumber));
    }
    check(exemplars, labels, timestamp)?;
    histogram.observe(value);
    // SAFETY: a histogram of floats has bounds that are floats.
    let bounds = unsafe { histogram.bounds().floats() };
    let bucket = bounds.partition_point(|&bound| compare::less(bound, value));
    put(exemplars.slot(Exemplars::of_bucket(bucket, bounds.len())), value, labels, timestamp);
    Ok(())
}

fn check(
    exemplars: Exemplars,
    labels: LabelAt<'_>,
    timestamp: Option<f64>,
) -> Result<(), BadExemplar> {
    if timestamp.is_some_and(|time| compare::exceeds(time, compare::FINITE)) {
        return Err(BadExemplar::Timestamp);
    }
    let mut characters = 0;
    for (at, (name, value)) in (0..).map_while(|at| labels(at).map(|label| (at, label))) {
        if !is_label_name(name) {
            return Err(BadExemplar::LabelName);
        }
        if (0..at).filter_map(labels).any(|before| equal(before.0, name)) {
            return Err(BadExemplar::LabelTwice);
        }
        if !utf8::is_valid(value) {
            return Err(BadExemplar::NotUtf8);
        }
        characters += name.len() + value.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        // Here already: a label after another one costs the more, the more there are.
        if characters > MAX_CHARACTERS {
            return Err(BadExemplar::TooLong);
        }
    }
    if text_len(labels) > exemplars.size.saturating_sub(EXEMPLAR_SIZE) {
        return Err(BadExemplar::NoRoom);
    }
    Ok(())
}

fn put(slot: Option<Slot<'_>>, value: f64, labels: LabelAt<'_>, timestamp: Option<f64>) {
    let Some(slot) = slot else { return };
    // Dropped where another one is just being put: it is one of many anyway.
    slot.replace(|pen| {
        pen.put_bits(value.to_bits());
        pen.put_bits(timestamp.unwrap_or(f64::NAN).to_bits());
        pen.put_word(text_len(labels) as u32);
        put_text(labels, &mut |byte| pen.put_byte(byte));
    });
}

fn text_len(labels: LabelAt<'_>) -> usize {
    let mut len = 0;
    put_text(labels, &mut |_| len += 1);
    len
}

/// `{trace_id="abc"}`
fn put_text(labels: LabelAt<'_>, put: &mut dyn FnMut(u8)) {
    put(b'{');
    for (at, (name, value)) in (0..).map_while(|at| labels(at).map(|label| (at, label))) {
        let mut put_all = |text: &[u8]| text.iter().for_each(|byte| put(*byte));
        if at > 0 {
            put_all(b",");
        }
        put_all(name);
        put_all(b"=\"");
        for byte in value {
            put_all(escape_of(*byte, true).unwrap_or(slice::from_ref(byte)));
        }
        put_all(b"\"");
    }
    put(b'}');
}

/// Copies an exemplar to the front of the scratch memory as it stands on the page,
/// ` # {trace_id="abc"} 0.67 1520879607.789`, and returns its length; 0 where there is none, where it
/// does not fit, or where it is being replaced again and again. `POINTED` values are floats always: `2.0`.
pub(crate) fn load<const POINTED: bool>(slot: Slot<'_>, scratch: Scratch<'_>) -> u16 {
    let copied = slot.read(|words| {
        let len = words.get(4)?.get() as usize;
        if len == 0 {
            return None;
        }
        let mut end = scratch.put(0, b" # ")?;
        for (bytes, len) in bytes_at(words, HEAD, len) {
            end = scratch.put(end, bytes.get(..len)?)?;
        }
        let time = f64::from_bits(bits_at(words, 2));
        let value = f64::from_bits(bits_at(words, 0));
        let value = if POINTED { Number::pointed(value) } else { Number::float(value) };
        let numbers = [value, Number::float(time)];
        for number in numbers.iter().take(if compare::is_nan(time) { 1 } else { 2 }) {
            let mut digits = no_digits();
            let len = number.write(&mut digits);
            end = scratch.put(end, b" ")?;
            end = scratch.put(end, digits.get(..len)?)?;
        }
        u16::try_from(end).ok()
    });
    copied.flatten().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    // Of slots: their own file is part of the loom models, whose words work only in a model.
    use crate::slot::{SlotMemory, bits_at, bytes_at};
    extern crate std;
    use std::vec::Vec;

    fn text(memory: &SlotMemory<3, 16>) -> Option<(u64, Vec<u8>)> {
        memory.slot().read(|words| {
            let len = words[2].get() as usize;
            let text = bytes_at(words, 3, len).flat_map(|(bytes, len)| bytes.into_iter().take(len));
            (bits_at(words, 0), text.collect())
        })
    }

    #[test]
    fn words_and_bytes_come_back() {
        let memory = SlotMemory::<3, 16>::new();
        assert_eq!(text(&memory), Some((0, Vec::new())));
        for word in ["abcde", "", "0123456789abcdef"] {
            assert!(memory.slot().replace(|pen| {
                pen.put_bits(7 << 40);
                pen.put_word(word.len() as u32);
                word.bytes().for_each(|byte| pen.put_byte(byte));
            }));
            assert_eq!(text(&memory), Some((7 << 40, word.as_bytes().to_vec())));
        }
    }

    #[test]
    fn a_writer_that_stops_another_one_is_dropped_and_readers_see_neither() {
        let memory = SlotMemory::<3, 16>::new();
        assert!(memory.slot().replace(|pen| {
            pen.put_bits(1);
            assert!(!memory.slot().replace(|pen| pen.put_bits(2)));
            assert_eq!(text(&memory), None);
        }));
        assert_eq!(text(&memory), Some((1, Vec::new())));
    }
}
