//! What a collector gave last: the samples of one series, read from scratch memory.

use crate::collectors::asking::{family, pass};
use crate::collectors::collected::{BUCKET, QUANTILE, SERIES_HEAD};
use crate::collectors::draft::{
    Labels, NUMBER, STATE_HEAD, bytes_at, float_at, number_at, state_at, word_at,
};
use crate::kind::{Item, OwnLabel, Part, Type, bucket_item};
use crate::numbers::decimal::NUMBER_LEN;
use crate::numbers::number::Number;
use crate::open::{At, Reading, Scratch};
use crate::out::{Out, Sink};

/// The series at hand, as it lies in the scratch memory.
pub(crate) struct Given<'e> {
    scratch: Scratch<'e>,
    of: Type,
    /// Where it begins, and its value.
    start: usize,
    value: usize,
    label_count: u8,
    has_timestamp: bool,
    parts: u32,
    has_negative_bound: bool,
    /// Where the state at hand lies, counted from the value; in `Part::running` between reads.
    state: usize,
    /// What the text format shows of it, where that is a part.
    part: Option<usize>,
}

impl<'e> Given<'e> {
    pub(crate) fn at(at: &At, reading: &Reading<'e>) -> Self {
        let (scratch, start) = (reading.scratch, usize::from(at.kept[0]));
        // SAFETY: `load` put the series before anything of it is asked for.
        let [label_count, timed, low, high, parts_low, parts_high, negative] =
            unsafe { bytes_at(scratch, start) };
        let (of, ..) = family(scratch);
        Self {
            scratch,
            of,
            start,
            value: start + SERIES_HEAD + usize::from(u16::from_le_bytes([low, high])),
            label_count,
            has_timestamp: timed != 0,
            parts: u16::from_le_bytes([parts_low, parts_high]).into(),
            has_negative_bound: negative != 0,
            state: at.part.running as usize,
            part: (of == Type::GaugeHistogram && !reading.rich).then_some(pass(at)),
        }
    }

    fn sum(&self) -> Number {
        // SAFETY: a sum is the begin of the value where there is one.
        unsafe { number_at(self.scratch, self.value) }
    }

    /// How many samples are shown. OpenMetrics 1.0 has no negative sum, but that of a gauge histogram with
    /// a negative bound.
    pub(crate) fn samples(&self, rich: bool) -> u32 {
        let negative = rich && self.sum().is_negative_float();
        match self.of {
            Type::Histogram if rich && self.has_negative_bound => self.parts,
            Type::Histogram | Type::Summary if negative => self.parts,
            Type::GaugeHistogram if self.part == Some(0) => self.parts,
            Type::GaugeHistogram if self.part.is_some() => 1,
            Type::GaugeHistogram if negative && !self.has_negative_bound => self.parts,
            Type::Histogram | Type::GaugeHistogram | Type::Summary => self.parts + 2,
            Type::StateSet => self.parts,
            _ => 1,
        }
    }

    /// Whether this is a quantile below zero, which OpenMetrics 1.0 has not.
    pub(crate) fn is_negative_quantile(&self, index: u32) -> bool {
        self.of == Type::Summary && index < self.parts && self.quantile(index).is_negative_float()
    }

    /// The value of a quantile of a summary.
    fn quantile(&self, number: u32) -> Number {
        let value = self.value + NUMBER + 8 + number as usize * QUANTILE + 1 + NUMBER_LEN;
        // SAFETY: only a summary with so many parts is asked for it.
        Number::float(unsafe { float_at(self.scratch, value) })
    }

    pub(crate) fn sample(&self, index: u32, part: &mut Part) -> Item {
        // SAFETY: the series has a value of this type, with so many parts.
        unsafe {
            match self.of {
                Type::Histogram | Type::GaugeHistogram => self.histogram_sample(index, part),
                Type::Summary if index < self.parts => Item::plain("", self.quantile(index)),
                Type::Summary if index == self.parts => Item::plain("_sum", self.sum()),
                Type::Summary => {
                    let count = word_at(self.scratch, self.value + NUMBER);
                    Item::plain("_count", Number::unsigned(count))
                }
                Type::StateSet => {
                    if index > 0 {
                        let (_, before) = state_at(self.scratch, self.value + self.state);
                        part.running += (STATE_HEAD + before.len()) as u64;
                    }
                    let at = self.value + part.running as usize;
                    let (is_on, _) = state_at(self.scratch, at);
                    Item::plain("", Number::unsigned(is_on.into()))
                }
                Type::Info => Item::plain("_info", Number::unsigned(1)),
                Type::Counter => Item::plain("_total", number_at(self.scratch, self.value)),
                _ => Item::plain("", number_at(self.scratch, self.value)),
            }
        }
    }

    /// Bound and count of a bucket.
    ///
    /// # Safety
    ///
    /// It is a histogram with more buckets than `number`.
    unsafe fn bucket(&self, number: u32) -> (f64, u64) {
        let at = self.value + NUMBER + number as usize * BUCKET;
        // SAFETY: the caller's promise.
        unsafe { (float_at(self.scratch, at), word_at(self.scratch, at + 8)) }
    }

    /// # Safety
    ///
    /// It is a histogram with more samples than `index`.
    unsafe fn histogram_sample(&self, index: u32, part: &mut Part) -> Item {
        // SAFETY: the caller's promise.
        let bucket = |number| unsafe { self.bucket(number) };
        let total = || (0..self.parts).fold(0_u64, |sum, n| sum.saturating_add(bucket(n).1));
        let [sum, count] =
            if self.of == Type::Histogram { ["_sum", "_count"] } else { ["_gsum", "_gcount"] };
        match self.part {
            Some(1) => Item::plain(count, Number::unsigned(total())),
            Some(2) => Item::plain(sum, self.sum()),
            _ if index < self.parts => {
                let (bound, in_bucket) = bucket(index);
                part.running = part.running.saturating_add(in_bucket);
                bucket_item(Number::bound(bound), part.running)
            }
            _ if index == self.parts => Item::plain(sum, self.sum()),
            _ => Item::plain(count, Number::unsigned(part.running)),
        }
    }

    pub(crate) fn label(&self, sample: u32, number: u32) -> Option<OwnLabel<'e>> {
        let at = self.start + SERIES_HEAD;
        let mut labels = Labels { scratch: self.scratch, at, count: self.label_count };
        if number < self.label_count.into() {
            return labels.nth(number as usize);
        }
        let is_extra = number == self.label_count.into() && sample < self.parts;
        // SAFETY: the series has so many parts.
        unsafe {
            match self.of {
                Type::Summary if is_extra => {
                    let at = self.value + NUMBER + 8 + sample as usize * QUANTILE;
                    let [len] = bytes_at(self.scratch, at);
                    Some((b"quantile", self.scratch.get(at + 1, len.into())))
                }
                Type::StateSet if is_extra => {
                    Some((b"", state_at(self.scratch, self.value + self.state).1))
                }
                _ => None,
            }
        }
    }

    pub(crate) fn write_timestamp(&self, rich: bool, out: &mut Out<'_>) {
        if !self.has_timestamp {
            return;
        }
        // SAFETY: it is there, as the head says.
        let milliseconds = unsafe { word_at(self.scratch, self.start + 8) } as i64;
        out.put(b" ");
        if rich {
            if milliseconds < 0 {
                out.put(b"-");
            }
            out.put_number(Number::quotient(milliseconds.unsigned_abs(), 1000));
        } else {
            out.put_number(Number::signed(milliseconds));
        }
    }
}
