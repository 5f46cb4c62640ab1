//! What a collector tells of, one family and one series at a time: checked, and kept as a draft.

use crate::collectors::draft::{Draft, Labels, STATE_HEAD, float_at, state_at};
use crate::collectors::seen::hash_label;
use crate::kind::Type;
use crate::name::{equal, is_label_name, strip_suffix};
use crate::numbers::compare;
use crate::numbers::decimal::NUMBER_LEN;
use crate::numbers::number::{Number, Value};
use crate::utf8;

/// What a collector that could not collect gives: its part of the page ends there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// All types, by their numbers in scratch memory.
pub(crate) const TYPES: [Type; 8] = [
    Type::Counter,
    Type::Gauge,
    Type::Histogram,
    Type::GaugeHistogram,
    Type::Summary,
    Type::Info,
    Type::StateSet,
    Type::Unknown,
];

/// Bytes in front of a family's texts: its type, the lengths of name, unit and help.
pub(crate) const FAMILY_HEAD: usize = 5;
/// Bytes in front of a series' labels: how many labels, whether there is a timestamp, the length of the
/// labels, how many parts the value has, whether a bound is negative, and the timestamp.
pub(crate) const SERIES_HEAD: usize = 16;
/// Bytes of a bucket: bound and count.
pub(crate) const BUCKET: usize = 16;
/// Bytes of a quantile: the length and the text of its label, and its value.
pub(crate) const QUANTILE: usize = 1 + NUMBER_LEN + 8;

/// A family that a [`Collector`](crate::Collector) tells of.
pub struct CollectedFamily<'e> {
    draft: Draft<'e>,
    of: Option<Type>,
    start: usize,
    name_len: usize,
    help_len: usize,
    unit_len: usize,
}

impl<'e> CollectedFamily<'e> {
    pub(crate) fn new(draft: Draft<'e>) -> Self {
        let start = draft.end;
        Self { draft, of: None, start, name_len: 0, help_len: 0, unit_len: 0 }
    }

    /// Says what the family is, once. A counter's name may end in `_total` and an info's in `_info` or not;
    /// the prefixes of the collector's groups come in front of it.
    pub fn describe(&mut self, of: Type, name: &str, help: &str) {
        self.__describe(of, name.as_bytes(), help.as_bytes());
    }

    #[doc(hidden)]
    pub fn __describe(&mut self, of: Type, name: &[u8], help: &[u8]) {
        let name = strip_suffix(name, of.in_text().suffix.as_bytes());
        let fits = name.len() <= u8::MAX.into() && help.len() <= u16::MAX.into();
        self.draft.require(self.of.is_none() && fits && !name.is_empty() && utf8::is_valid(help));
        self.of = Some(of);
        (self.name_len, self.help_len) = (name.len(), help.len());
        self.draft.put(&[0; FAMILY_HEAD]);
        self.draft.put(name);
        self.draft.put(help);
    }

    /// Says its unit, which is the end of its name behind a `_`: `hours` of `uptime_hours`. Base units of
    /// Prometheus, such as seconds and bytes, are known without.
    pub fn unit(&mut self, unit: &str) {
        self.__unit(unit.as_bytes());
    }

    #[doc(hidden)]
    pub fn __unit(&mut self, unit: &[u8]) {
        let name = self.name();
        let rest = strip_suffix(name, unit);
        let is_end = rest.len() + unit.len() == name.len() && rest.last() == Some(&b'_');
        let has_unit = !matches!(self.of, None | Some(Type::Info | Type::StateSet));
        self.draft.require(is_end && has_unit && !unit.is_empty());
        self.unit_len = unit.len();
    }

    /// Its name without the suffix of its type; empty where something was wrong.
    pub(crate) fn name(&self) -> &'e [u8] {
        if self.draft.is_wrong || self.of.is_none() {
            return &[];
        }
        // SAFETY: `describe` put it, and nothing there changes until the next family.
        unsafe { self.draft.scratch.get(self.start + FAMILY_HEAD, self.name_len) }
    }

    pub(crate) fn metric_type(&self) -> Option<Type> {
        self.of
    }

    /// Completes the head; where the texts end, if all of it was right.
    pub(crate) fn finish(self) -> Option<usize> {
        let code = TYPES.iter().position(|&each| Some(each) == self.of)?;
        if self.draft.is_wrong {
            return None;
        }
        let [low, high] = (self.help_len as u16).to_le_bytes();
        let head = [code as u8, self.name_len as u8, self.unit_len as u8, low, high];
        self.draft.scratch.put(self.start, &head)?;
        Some(self.draft.end)
    }
}

/// A series that a [`Collector`](crate::Collector) tells of: first its labels, then its one value.
///
/// Nothing here fails: what is not legal, or has no room, leaves the whole series out and is counted, as
/// [`Collector`](crate::Collector) says. A label's name has up to 255 bytes, its value up to 65 535.
pub struct CollectedSeries<'e> {
    draft: Draft<'e>,
    of: Type,
    start: usize,
    label_count: u8,
    label_end: usize,
    parts: u16,
    has_value: bool,
    negative_bound: bool,
    timestamp: Option<i64>,
    /// Of the labels, in any order.
    pub(crate) hash: u64,
}

impl<'e> CollectedSeries<'e> {
    pub(crate) fn new(mut draft: Draft<'e>, of: Type) -> Self {
        let start = draft.end;
        draft.put(&[0; SERIES_HEAD]);
        Self {
            of,
            start,
            label_count: 0,
            label_end: draft.end,
            parts: 0,
            has_value: of == Type::Info,
            negative_bound: false,
            timestamp: None,
            hash: 0,
            draft,
        }
    }

    /// Adds a label, before the value is given.
    pub fn label(&mut self, name: &str, value: &str) {
        self.__label(name.as_bytes(), value.as_bytes());
    }

    #[doc(hidden)]
    pub fn __label(&mut self, name: &[u8], value: &[u8]) {
        let is_free = self.labels().all(|(other, _)| !equal(other, name));
        let reserved = self.of.reserved_label().is_some_and(|label| label.as_bytes() == name);
        let is_in_time = self.label_end == self.draft.end && self.label_count < u8::MAX;
        let fits = name.len() <= u8::MAX.into() && value.len() <= u16::MAX.into();
        self.draft.require(is_free && !reserved && is_in_time && fits);
        self.draft.require(is_label_name(name) && utf8::is_valid(value));
        let [low, high] = (value.len() as u16).to_le_bytes();
        self.draft.put(&[name.len() as u8, low, high]);
        self.draft.put(name);
        self.draft.put(value);
        self.label_end = self.draft.end;
        self.label_count = self.label_count.saturating_add(1);
        // To Prometheus an empty label is as good as none.
        if !value.is_empty() {
            self.hash = self.hash.wrapping_add(hash_label(name, value));
        }
    }

    /// Its labels so far; none where something was wrong.
    pub(crate) fn labels(&self) -> Labels<'e> {
        let count = if self.draft.is_wrong { 0 } else { self.label_count };
        Labels { scratch: self.draft.scratch, at: self.start + SERIES_HEAD, count }
    }

    fn begin_value(&mut self, is_of_type: bool) {
        self.draft.require(is_of_type && !self.has_value);
        self.has_value = true;
    }

    /// The value of a counter, a gauge, or a metric of unknown type. A counter's is a number that is
    /// neither negative nor infinite.
    pub fn value(&mut self, value: impl Into<Value>) {
        let value = value.into();
        self.begin_value(matches!(self.of, Type::Counter | Type::Gauge | Type::Unknown));
        let float = value.as_f64();
        let is_total = compare::is_not_negative(float) && !compare::exceeds(float, compare::FINITE);
        self.draft.require(self.of != Type::Counter || is_total);
        self.draft.put_number(value);
    }

    /// The value of a histogram or a gauge histogram: upper bounds in ascending order, each with what is in
    /// that bucket alone, and the sum. The bucket of `+Inf` is the last; it is empty if it is not said.
    pub fn histogram(&mut self, buckets: &[(f64, u64)], sum: f64) {
        self.__histogram(buckets.iter().copied(), sum);
    }

    #[doc(hidden)]
    pub fn __histogram(&mut self, buckets: impl Iterator<Item = (f64, u64)>, sum: f64) {
        self.begin_value(matches!(self.of, Type::Histogram | Type::GaugeHistogram));
        self.draft.require(!compare::is_nan(sum));
        self.draft.put_number(Value::Float(sum));
        let mut is_open = true;
        for (bound, count) in buckets {
            self.put_bucket(bound, count);
            is_open = is_finite(bound);
        }
        if is_open {
            self.put_bucket(f64::INFINITY, 0);
        }
    }

    fn put_bucket(&mut self, bound: f64, count: u64) {
        if self.parts > 0 && !self.draft.is_wrong {
            // SAFETY: the bucket before was put there.
            let before = unsafe { float_at(self.draft.scratch, self.draft.end - BUCKET) };
            self.draft.require(compare::less(before, bound));
        }
        self.draft.require(!compare::is_nan(bound) && compare::less(f64::NEG_INFINITY, bound));
        // Zero has one spelling.
        let bound = if compare::is_zero(bound) { 0.0 } else { bound };
        self.negative_bound |= compare::less(bound, 0.0);
        self.draft.put(&bound.to_bits().to_le_bytes());
        self.draft.put(&count.to_le_bytes());
        self.add_part();
    }

    /// The value of a summary: how many observations, their sum, and quantiles from 0 to 1 in ascending
    /// order with their values, NaN where there is none. OpenMetrics has no values and sums below zero: they are
    /// on pages of text only.
    pub fn summary(&mut self, count: u64, sum: f64, quantiles: &[(f64, f64)]) {
        self.__summary(count, sum, quantiles.iter().copied());
    }

    #[doc(hidden)]
    pub fn __summary(&mut self, count: u64, sum: f64, quantiles: impl Iterator<Item = (f64, f64)>) {
        self.begin_value(self.of == Type::Summary);
        self.draft.require(!compare::is_nan(sum));
        self.draft.put_number(Value::Float(sum));
        self.draft.put(&count.to_le_bytes());
        let mut before = -1.0;
        for (quantile, value) in quantiles {
            let is_share = compare::is_not_negative(quantile) && !compare::less(1.0, quantile);
            self.draft.require(is_share && compare::less(before, quantile));
            before = quantile;
            // Zero has one spelling.
            let quantile = if compare::is_zero(quantile) { 0.0 } else { quantile };
            let mut digits = [0; NUMBER_LEN];
            let len = Number::bound(quantile).write(&mut digits);
            self.draft.put(&[len as u8]);
            self.draft.put(&digits);
            self.draft.put(&value.to_bits().to_le_bytes());
            self.add_part();
        }
    }

    /// Adds a state of a state set: its name, and whether it is on.
    pub fn state(&mut self, name: &str, is_on: bool) {
        self.__state(name.as_bytes(), is_on);
    }

    #[doc(hidden)]
    pub fn __state(&mut self, name: &[u8], is_on: bool) {
        self.draft.require(self.of == Type::StateSet && name.len() <= u8::MAX.into());
        self.draft.require(utf8::is_valid(name));
        let (scratch, start) = (self.draft.scratch, self.label_end);
        let parts = if self.draft.is_wrong { 0 } else { self.parts };
        let is_free = (0..parts)
            .scan(start, |at, _| {
                // SAFETY: the states before were put there.
                let (_, other) = unsafe { state_at(scratch, *at) };
                *at += STATE_HEAD + other.len();
                Some(other)
            })
            .all(|other| !equal(other, name));
        self.draft.require(is_free);
        self.has_value = true;
        self.draft.put(&[u8::from(is_on), name.len() as u8]);
        self.draft.put(name);
        self.add_part();
    }

    fn add_part(&mut self) {
        self.draft.require(self.parts < u16::MAX);
        self.parts = self.parts.saturating_add(1);
    }

    /// When the value was measured, in milliseconds since 1970: for all series of a family, or for none.
    /// Leave it out unless the value is known to be old: Prometheus takes the time of the scrape.
    pub fn timestamp_ms(&mut self, timestamp: i64) {
        self.draft.require(self.timestamp.is_none());
        self.timestamp = Some(timestamp);
    }

    /// Where what was given so far ends.
    pub(crate) fn end(&self) -> usize {
        self.draft.end
    }

    pub(crate) fn has_timestamp(&self) -> bool {
        self.timestamp.is_some()
    }

    /// Completes the head; whether all of it was right.
    pub(crate) fn finish(self) -> bool {
        if self.draft.is_wrong || !self.has_value {
            return false;
        }
        let [low, high] = ((self.label_end - self.start - SERIES_HEAD) as u16).to_le_bytes();
        let [parts_low, parts_high] = self.parts.to_le_bytes();
        let (timed, negative) = (u8::from(self.has_timestamp()), u8::from(self.negative_bound));
        let head = [self.label_count, timed, low, high, parts_low, parts_high, negative, 0];
        let time = self.timestamp.unwrap_or_default().to_le_bytes();
        let put = self.draft.scratch.put(self.start, &head);
        put.and_then(|at| self.draft.scratch.put(at, &time)).is_some()
    }
}

fn is_finite(value: f64) -> bool {
    !compare::is_nan(value) && !compare::exceeds(value, compare::FINITE)
}
