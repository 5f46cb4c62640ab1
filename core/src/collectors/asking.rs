//! Asking a collector: what it gives is taken only where it can stand on the page.

use crate::collectors::collected::{CollectedFamily, CollectedSeries, FAMILY_HEAD, TYPES};
use crate::collectors::collector::Collector;
use crate::collectors::draft::{Draft, bytes_at, word_at};
use crate::collectors::given::Given;
use crate::collectors::seen::Seen;
use crate::kind::{InText, Part, Type};
use crate::metrics::counter::IntCounter;
use crate::name::{MAX_NAME, is_metric_name, strip_prefix};
use crate::name_hash::{NameHashes, hash_bytes, hash_prefixes};
use crate::open::{At, Head, Reading, Scratch};
use crate::page::walk::Page;
use crate::tables::check::{TARGET, is_constant_label};
use crate::tables::group::Place;

// What lies in the scratch memory: series so far on this page (4 bytes), whether those of the family have
// timestamps, whether there was one before, how many of them are remembered (2), the hash of the latest
// (8); then the family, and from `at.kept[0]` on the series at hand. At the memory's end, a name (hash and
// type) for each family that was shown; `at.kept[1]` counts them, and in its highest bits the passes through
// a gauge histogram. Below the names, as far as there is room, the hashes of the family's series.
const TIMED: usize = 4;
const SEEN: usize = 6;
const LAST: usize = 8;
const FAMILY: usize = 16;
const NAME: usize = 5;
const PASS: u32 = 14;
const NAMES: u16 = (1 << PASS) - 1;
/// No more is asked for on this page.
const ENDED: u16 = u16::MAX;

/// What the text format shows of a gauge histogram, one family after the other.
static PASSES: [InText; 3] = [
    InText { word: "gauge", suffix: "_bucket" },
    InText { word: "gauge", suffix: "_gcount" },
    InText { word: "gauge", suffix: "_gsum" },
];

pub(crate) fn pass(at: &At) -> usize {
    usize::from(at.kept[1] >> PASS)
}

/// Type, name, length of the unit and help of the family at hand.
pub(crate) fn family<'e>(scratch: Scratch<'e>) -> (Type, &'e [u8], u8, &'e [u8]) {
    // SAFETY: `enter` put the head and the texts, or zeros are read of a memory that never held any.
    unsafe {
        let [code, name_len, unit_len, low, high] = bytes_at(scratch, FAMILY);
        let of = TYPES.get(usize::from(code)).copied().unwrap_or(Type::Unknown);
        let name = scratch.get(FAMILY + FAMILY_HEAD, name_len.into());
        let help_len = u16::from_le_bytes([low, high]);
        let help = scratch.get(FAMILY + FAMILY_HEAD + usize::from(name_len), help_len.into());
        (of, name, unit_len, help)
    }
}

pub(crate) fn describe<'r>(at: &At, reading: &Reading<'r>, head: &mut Head<'r>) {
    if at.kept[0] == 0 {
        // Not asked yet.
        return;
    }
    let (of, name, unit_len, help) = family(reading.scratch);
    (head.name, head.help, head.unit_len) = (name, help, unit_len);
    (head.of, head.in_text) = (of, of.in_text());
    if of == Type::GaugeHistogram && !reading.rich {
        head.in_text = PASSES.get(pass(at)).unwrap_or(head.in_text);
    }
}

/// A collector at work.
pub(crate) struct Asked<'c> {
    pub(crate) collector: &'c dyn Collector,
    pub(crate) errors: &'c IntCounter,
    pub(crate) families: u32,
    pub(crate) series: u32,
}

impl Asked<'_> {
    /// Most families and most series a page if nobody says otherwise.
    pub(crate) const FAMILIES: u32 = 1000;
    pub(crate) const SERIES: u32 = 100_000;

    pub(crate) fn enter(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        let [texts, names] = at.kept;
        if names == ENDED {
            return false;
        }
        let scratch = reading.scratch;
        if texts != 0
            && family(scratch).0 == Type::GaugeHistogram
            && !reading.rich
            && pass(at) + 1 < PASSES.len()
        {
            // The same family again, for its next part.
            at.family = at.family.saturating_sub(1);
            at.kept[1] += 1 << PASS;
            return scratch.put(TIMED, &[0; FAMILY - TIMED]).is_some();
        }
        at.kept[1] = names & NAMES;
        if texts == 0 && scratch.put(0, &[0; FAMILY]).is_none() {
            return self.fail(at);
        }
        loop {
            let limit = room(scratch, (at.kept[1] & NAMES) + 1);
            let mut family = CollectedFamily::new(Draft::new(scratch, FAMILY, limit));
            match self.collector.family(at.family, &mut family) {
                Ok(false) => return false,
                Ok(true) if at.family < self.families => {}
                _ => return self.fail(at),
            }
            if let Some(end) = accept(family, at, reading) {
                at.kept[0] = end;
                at.kept[1] += 1;
                return scratch.put(TIMED, &[0; FAMILY - TIMED]).is_some();
            }
            self.errors.inc();
            at.family += 1;
        }
    }

    /// Ends the collector's part of the page.
    fn fail(&self, at: &mut At) -> bool {
        self.errors.inc();
        at.kept[1] = ENDED;
        false
    }

    pub(crate) fn next(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        loop {
            if at.part.index == 0 && !self.load(at, reading) {
                return false;
            }
            let series = Given::at(at, reading);
            let (samples, mut index) = (series.samples(reading.rich), at.part.index);
            while reading.rich && series.is_negative_quantile(index) {
                index += 1;
            }
            if index < samples {
                at.item = series.sample(index, &mut at.part);
                at.part.index = index + 1;
                at.part.last = index + 1 == samples;
                return true;
            }
            at.part = Part::START;
        }
    }

    /// Asks for the next series that is right.
    fn load(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        let scratch = reading.scratch;
        let (of, ..) = family(scratch);
        loop {
            let limit = room(scratch, at.kept[1] & NAMES);
            let mut series =
                CollectedSeries::new(Draft::new(scratch, at.kept[0].into(), limit), of);
            // SAFETY: `enter` put it.
            let shown = u32::from_le_bytes(unsafe { bytes_at(scratch, 0) });
            match self.collector.series(at.family, at.series, &mut series) {
                Ok(false) => return false,
                Ok(true) if shown < self.series => {}
                _ => return self.fail(at),
            }
            at.series = at.series.saturating_add(1);
            let (hash, end) = (series.hash, series.end());
            // SAFETY: `enter` put it.
            let count = u16::from_le_bytes(unsafe { bytes_at(scratch, SEEN) });
            let seen = Seen::beside(scratch, count, limit, end);
            if scratch.put(0, &shown.saturating_add(1).to_le_bytes()).is_some()
                && !seen.has(hash)
                && is_possible(&series, of, reading)
            {
                let timed = if series.has_timestamp() { 1 } else { 2 };
                if series.finish() {
                    let [low, high] = seen.add(hash, end).to_le_bytes();
                    let kept = scratch.put(TIMED, &[timed, 1, low, high]);
                    return kept.and_then(|at| scratch.put(at, &hash.to_le_bytes())).is_some();
                }
            }
            // What it has written over is not remembered.
            scratch.put(SEEN, &seen.count().to_le_bytes());
            if pass(at) == 0 {
                self.errors.inc();
            }
        }
    }
}

/// How much of the scratch memory texts may use beside this many names.
fn room(scratch: Scratch<'_>, names: u16) -> usize {
    let size = scratch.size().min(u16::MAX.into());
    if names >= NAMES { 0 } else { size.saturating_sub(NAME * usize::from(names)) }
}

/// Takes a family, if nothing is wrong with it; where its texts end.
fn accept(given: CollectedFamily<'_>, at: &At, reading: &Reading<'_>) -> Option<u16> {
    let scratch = reading.scratch;
    let page = Page::of(reading)?;
    let (name, of) = (given.name(), given.metric_type()?);
    let prefix_len: usize = page.place.groups().map(|group| group.prefix().len()).sum();
    let is_part = name.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'_' || b == b':');
    let is_name = is_metric_name(name) || (prefix_len > 0 && is_part && !name.is_empty());
    let is_label = of != Type::StateSet || !has_colon(name, &page.place);
    let is_double = ends_in_suffix(&page.place, name, of);
    if !is_name || is_double || !is_label || prefix_len + name.len() + "_created".len() > MAX_NAME {
        return None;
    }
    let is_reserved = |label: &str| is_constant_label(&page.place, label.as_bytes(), usize::MAX, 0);
    if of.reserved_label().is_some_and(is_reserved) || is_own_label(&page.place, of, name) {
        return None;
    }
    // That would have to be the first of the page.
    if of == Type::Info && is_full_name(&page.place, name, TARGET) {
        return None;
    }
    let hash = hash_bytes(hash_prefixes(&page.place), name);
    let names = NameHashes::new(hash, of);
    let mut entry = scratch.size().min(u16::MAX.into());
    for _ in 0..at.kept[1] & NAMES {
        entry -= NAME;
        // SAFETY: put below, for each family that was shown.
        let ([code], other) = unsafe { (bytes_at(scratch, entry + 4), bytes_at(scratch, entry)) };
        let other_type = TYPES.get(usize::from(code)).copied()?;
        if names.clash(u32::from_le_bytes(other), other_type) {
            return None;
        }
    }
    if page.exposes(&names) {
        return None;
    }
    let end = given.finish()?;
    let code = TYPES.iter().position(|&each| each == of)? as u8;
    let put = scratch.put(entry.checked_sub(NAME)?, &hash.to_le_bytes())?;
    scratch.put(put, &[code])?;
    u16::try_from(end).ok()
}

/// Whether the suffix of the type would stand twice, be it with the end of a prefix.
fn ends_in_suffix(place: &Place<'_>, name: &[u8], of: Type) -> bool {
    let suffix = of.in_text().suffix.as_bytes();
    let prefixes = place.groups().rev().flat_map(|group| group.prefix().iter().rev());
    let mut end = name.iter().rev().chain(prefixes);
    !suffix.is_empty() && suffix.iter().rev().all(|byte| end.next() == Some(byte))
}

fn has_colon(name: &[u8], place: &Place<'_>) -> bool {
    name.contains(&b':') || place.groups().any(|group| group.prefix().contains(&b':'))
}

/// Whether a group has a constant label that is called as a state set.
fn is_own_label(place: &Place<'_>, of: Type, name: &[u8]) -> bool {
    let mut labels = place.groups().flat_map(|group| group.labels());
    of == Type::StateSet && labels.any(|label| is_full_name(place, name, label.name()))
}

/// Whether `full` is `name` with the prefixes of its groups.
fn is_full_name(place: &Place<'_>, name: &[u8], full: &[u8]) -> bool {
    let rest = place.groups().try_fold(full, |rest, group| strip_prefix(rest, group.prefix()));
    rest == Some(name)
}

/// Whether a series can stand beside the others of its family, and with its labels.
fn is_possible(series: &CollectedSeries<'_>, of: Type, reading: &Reading<'_>) -> bool {
    let Some(page) = Page::of(reading) else { return false };
    // SAFETY: `enter` put them.
    let ([timed, some], last) =
        unsafe { (bytes_at(reading.scratch, TIMED), word_at(reading.scratch, LAST)) };
    let is_again = some != 0 && last == series.hash;
    let is_mixed = timed != 0 && (timed == 1) != series.has_timestamp();
    let (_, name, ..) = family(reading.scratch);
    let mut names = series.labels().map(|(name, _)| name);
    let is_taken = names.any(|label| {
        is_constant_label(&page.place, label, usize::MAX, 0)
            || (of == Type::StateSet && is_full_name(&page.place, name, label))
    });
    !is_again && !is_mixed && !is_taken
}
