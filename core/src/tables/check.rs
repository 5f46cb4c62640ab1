//! The check of a whole table: legal names, no clashes, sound buckets. At compile time for tables
//! made by [`metrics!`](crate::metrics), at start-up or in a test for all others.

// The fault holds its sentence, because there is no heap; it is made once, at start-up or in a test.
#![allow(clippy::result_large_err)]

use crate::fault::Fault;
use crate::kind::{Kind, Type};
use crate::name::{MAX_NAME, equal, is_label_name, is_metric_name, strip_prefix, strip_suffix};
use crate::name_hash::{NameHashes, hash_bytes, hash_name};
use crate::refusals::{REFUSED, REFUSED_LABEL};
use crate::tables::check_kind::check_kind;
use crate::tables::group::{Group, MAX_DEPTH, Place};
use crate::tables::list::Groups;
use crate::tables::metric::{Metric, Target};
use core::str;

/// What the info about the target is called, without `_info`.
pub(crate) const TARGET: &[u8] = b"target";
/// What is wrong with a label that its group gives too.
pub(crate) const CONSTANT: &[u8] = b", which is a constant label of its group";

/// Checks a group and everything it includes, by the rules of the text format and of OpenMetrics:
/// names, label names, buckets, and that no two families expose the same name.
///
/// [`metrics!`](crate::metrics) does this at compile time. Call it for tables made in other ways, in a
/// test or at start-up; it compares all pairs of names, so it is not for every scrape.
///
/// # Errors
///
/// The first [`Fault`] found.
pub const fn check(group: &Group<'_>) -> Result<(), Fault> {
    check_with(group, &mut [])
}

/// [`check`], also for a group of C that stands for a list.
pub fn check_list(group: &Group<'_>) -> Result<(), Fault> {
    group.list().map_or_else(|| check(group), check_groups)
}

/// [`check`] for all groups of a list, also against each other.
pub(crate) fn check_groups(groups: Groups<'_>) -> Result<(), Fault> {
    let start = groups.start();
    let mut position = start;
    let mut empty = true;
    while let Some(group) = groups.next(&mut position) {
        check(group)?;
        if !empty {
            check_behind(group)?;
        }
        empty = false;
        let mut before = start;
        while let Some(other) = groups.next(&mut before)
            && !core::ptr::eq(group, other)
        {
            check_against(group, other)?;
        }
    }
    let fault = groups.empty_fault().as_bytes();
    if empty && !fault.is_empty() { Err(Fault::new().say(fault)) } else { Ok(()) }
}

/// Checks that no metric of `group` exposes a name that a metric of `other` exposes.
pub(crate) fn check_against(group: &Group<'_>, other: &Group<'_>) -> Result<(), Fault> {
    // Some rows at a time, so that the names of the other group are not hashed again for each.
    let mut place = Place::start(group);
    loop {
        let (begin, mut few, mut count) = (place, [const { NameHashes::NONE }; 16], 0);
        for names in &mut few {
            let Some(row) = place.settle() else { break };
            *names = NameHashes::new(hash_name(&place, row), row.kind().of);
            count += 1;
            place.step();
        }
        let mut there = Place::start(other);
        while let Some(row) = there.settle() {
            let names = NameHashes::new(hash_name(&there, row), row.kind().of);
            if few.iter().take(count).any(|own| own.meet(&names)) {
                compare(begin, count, other)?;
                break;
            }
            there.step();
        }
        if count < few.len() {
            return Ok(());
        }
    }
}

/// The names themselves of so many rows: equal hashes are not equal names.
fn compare(mut place: Place<'_>, count: usize, other: &Group<'_>) -> Result<(), Fault> {
    for _ in 0..count {
        let Some(row) = place.settle() else { break };
        for suffix in row.kind().of.suffixes() {
            let suffix = suffix.as_bytes();
            let hash = hash_bytes(hash_name(&place, row), suffix);
            if exposed_before(other, &place, row, suffix, usize::MAX, hash, None) {
                return Err(clash(&place, row, suffix));
            }
        }
        place.step();
    }
    Ok(())
}

/// Checks that a group may stand behind others on the page.
pub(crate) fn check_behind(group: &Group<'_>) -> Result<(), Fault> {
    let mut place = Place::start(group);
    match place.settle() {
        Some(row) if is_target(&place, row) => Err(not_first(&place, row)),
        _ => Ok(()),
    }
}

/// Whether the row is the info about the target, which comes first (OpenMetrics 1.0).
const fn is_target(place: &Place<'_>, row: &Metric<'_>) -> bool {
    let mut name = [0; 2 * MAX_NAME];
    matches!(row.kind().of, Type::Info) && {
        let len = full_name(&mut name, place, row, b"");
        equal(name.split_at(len).0, TARGET)
    }
}

const fn not_first(place: &Place<'_>, row: &Metric<'_>) -> Fault {
    about(place, row).say(b" is about the target and is not the first of the page")
}

/// How many slots [`check_with`] wants for this group.
#[doc(hidden)]
pub const fn __table_len(group: &Group<'_>) -> usize {
    let (names, series) = lens(group);
    names + series
}

/// How many slots for all names, and for the series of one table.
const fn lens(group: &Group<'_>) -> (usize, usize) {
    let mut place = Place::start(group);
    let (mut names, mut series) = (0, 0);
    while let Some(row) = place.settle() {
        names += row.kind().of.suffixes().len();
        let count = row.series_count();
        if count > series {
            series = count;
        }
        place.step();
    }
    (2 * names + 2, 2 * series + 1)
}

/// The check of `metrics!`: stops the build with the fault's sentence.
#[doc(hidden)]
pub const fn __check_or_panic<const TABLE: usize>(group: &Group<'_>) {
    if let Err(fault) = check_with(group, &mut [0; TABLE]) {
        panic!("{}", fault.as_str());
    }
}

/// `table`: memory for hash tables of all exposed names and of the series of a table; without it all pairs
/// are compared.
const fn check_with(group: &Group<'_>, table: &mut [u64]) -> Result<(), Fault> {
    if let Some(fault) = tree_fault(group, 1) {
        return Err(Fault::new().say(fault));
    }
    let names = if table.is_empty() { 0 } else { lens(group).0 };
    let (table, series) = table.split_at_mut(names);
    let mut place = Place::start(group);
    let mut index = 0;
    while let Some(row) = place.settle() {
        if let Err(fault) = check_row(&place, row, series) {
            return Err(fault);
        }
        if index > 0 && is_target(&place, row) {
            return Err(not_first(&place, row));
        }
        let suffixes = row.kind().of.suffixes();
        let base = hash_name(&place, row);
        let mut at = 0;
        while at < suffixes.len() {
            let hash = hash_bytes(base, suffixes[at].as_bytes());
            let suffix = suffixes[at].as_bytes();
            if taken(group, &place, row, suffix, index, hash, table) {
                return Err(clash(&place, row, suffix));
            }
            at += 1;
        }
        index += 1;
        place.step();
    }
    Ok(())
}

/// What keeps a group at `level` from being walked through.
const fn tree_fault(group: &Group<'_>, level: usize) -> Option<&'static [u8]> {
    let rows = group.rows();
    let mut at = 0;
    while at < rows.len() {
        if rows[at].is_blank() {
            return Some(b"a row of the table has no kind or no value");
        }
        if let Target::Group(inner) = rows[at].value() {
            if inner.list().is_some() {
                return Some(b"a registry is included in a group");
            }
            if level == MAX_DEPTH {
                return Some(b"groups are nested more than 8 deep");
            }
            if let Some(fault) = tree_fault(inner, level + 1) {
                return Some(fault);
            }
        }
        at += 1;
    }
    None
}

const fn check_row(place: &Place<'_>, row: &Metric<'_>, series: &mut [u64]) -> Result<(), Fault> {
    let name = row.name();
    let outermost = place.group(0).prefix();
    let mut len = name.len() + "_created".len();
    let mut level = 0;
    while level < place.depth() {
        len += place.group(level).prefix().len();
        level += 1;
    }
    // Prefixes are legal where the whole name is: check each part as what it is, front or middle.
    let mut buffer = [0; MAX_NAME];
    if len > MAX_NAME {
        return Err(
            about(place, row).say(b" is longer than 255 bytes with its prefixes and suffixes")
        );
    }
    let mut end = copy(&mut buffer, 0, outermost);
    level = 1;
    while level < place.depth() {
        end = copy(&mut buffer, end, place.group(level).prefix());
        level += 1;
    }
    end = copy(&mut buffer, end, name);
    if name.is_empty() || !is_metric_name(buffer.split_at(end).0) {
        return Err(about(place, row).say(
            b" is no metric name: [a-zA-Z:][a-zA-Z0-9_:]* is, and a leading '_' is reserved by OpenMetrics",
        ));
    }
    let base = buffer.split_at(end).0;
    let suffix = row.kind().in_text.suffix.as_bytes();
    if !suffix.is_empty() && strip_suffix(base, suffix).len() < end {
        return Err(about(place, row).say(b" would end in '").say(suffix).say(b"' twice"));
    }
    let total = Type::Counter.in_text().suffix.as_bytes();
    let rest = strip_prefix(base, REFUSED.as_bytes());
    if let Some(rest) = rest
        && (rest.is_empty() || equal(rest, total) || equal(rest, b"_created"))
    {
        return Err(about(place, row).say(b" is reserved for the library's own metric"));
    }
    if str::from_utf8(row.help()).is_err() {
        return Err(about(place, row).say(b" has a help text that is not UTF-8"));
    }
    if let Err(fault) = check_labels(place, row) {
        return Err(fault);
    }
    if let Err(fault) = check_kind(place, row, base, series) {
        return Err(fault);
    }
    check_constant_labels(place, row)
}

/// The family's own label names.
const fn check_labels(place: &Place<'_>, row: &Metric<'_>) -> Result<(), Fault> {
    let names = row.label_names();
    let mut at = 0;
    while at < names.len() {
        let name = names[at].name();
        if let Some(fault) = label_fault(name, row.kind()) {
            return Err(about_label(place, row, name).say(fault));
        }
        let mut before = 0;
        while before < at {
            if equal(names[before].name(), name) {
                return Err(about_label(place, row, name).say(b" twice"));
            }
            before += 1;
        }
        if is_constant_label(place, name, usize::MAX, 0) {
            return Err(about_label(place, row, name).say(CONSTANT));
        }
        at += 1;
    }
    Ok(())
}

/// The constant labels of all enclosing groups.
const fn check_constant_labels(place: &Place<'_>, row: &Metric<'_>) -> Result<(), Fault> {
    let is_family = matches!(row.value(), Target::Family(_));
    let mut level = 0;
    while level < place.depth() {
        let labels = place.group(level).labels();
        let mut at = 0;
        while at < labels.len() {
            let name = labels[at].name();
            if let Some(fault) = label_fault(name, row.kind()) {
                return Err(about_label(place, row, name).say(fault));
            }
            if is_constant_label(place, name, level, at) {
                return Err(about_label(place, row, name)
                    .say(b" twice, from the constant labels of its groups"));
            }
            if is_family && equal(name, REFUSED_LABEL.as_bytes()) {
                return Err(about_label(place, row, name).say(
                    b", which as a constant label is reserved for nanoprom_series_refused_total",
                ));
            }
            if str::from_utf8(labels[at].value()).is_err() {
                return Err(about_label(place, row, name).say(b" with a value that is not UTF-8"));
            }
            at += 1;
        }
        level += 1;
    }
    Ok(())
}

pub(crate) const fn label_fault(name: &[u8], kind: &Kind) -> Option<&'static [u8]> {
    if !is_label_name(name) {
        return Some(
            b", which is no label name: [a-zA-Z_][a-zA-Z0-9_]* is, and a leading '__' is reserved",
        );
    }
    match kind.of.reserved_label() {
        Some(reserved) if equal(name, reserved.as_bytes()) => {
            Some(b", which is reserved on a metric of its type")
        }
        _ => None,
    }
}

/// Whether one of the enclosing groups has this constant label, before label `at` of group `level`.
pub(crate) const fn is_constant_label(
    place: &Place<'_>,
    name: &[u8],
    level: usize,
    at: usize,
) -> bool {
    let mut l = 0;
    while l < place.depth() && l <= level {
        let labels = place.group(l).labels();
        let mut a = 0;
        while a < labels.len() && (l < level || a < at) {
            if equal(labels[a].name(), name) {
                return true;
            }
            a += 1;
        }
        l += 1;
    }
    false
}

const fn clash(place: &Place<'_>, row: &Metric<'_>, suffix: &[u8]) -> Fault {
    let fault = Fault::new().say(b"two metrics expose the name '");
    say_name(fault, place, row.name()).say(suffix).say(b"'")
}

/// Begins a sentence: `metric 'x'`, with the name as the page shows it.
pub(crate) const fn about(place: &Place<'_>, row: &Metric<'_>) -> Fault {
    say_name(Fault::new().say(b"metric '"), place, row.declared_name()).say(b"'")
}

/// Begins a sentence: `metric 'x' has the label 'y'`.
pub(crate) const fn about_label(place: &Place<'_>, row: &Metric<'_>, label: &[u8]) -> Fault {
    about(place, row).say(b" has the label '").say(label).say(b"'")
}

const fn say_name(mut fault: Fault, place: &Place<'_>, name: &[u8]) -> Fault {
    let mut level = 0;
    while level < place.depth() {
        fault = fault.say(place.group(level).prefix());
        level += 1;
    }
    fault.say(name)
}

/// Whether an earlier row exposes the name of `row` with `suffix`; puts it into the table if not.
const fn taken(
    root: &Group<'_>,
    place: &Place<'_>,
    row: &Metric<'_>,
    suffix: &[u8],
    index: usize,
    hash: u32,
    table: &mut [u64],
) -> bool {
    if table.is_empty() {
        return exposed_before(root, place, row, suffix, index, hash, None);
    }
    let mut slot = hash as usize % table.len();
    while table[slot] != 0 {
        let earlier = (table[slot] as u32) as usize - 1;
        // Equal hashes are not equal names.
        if (table[slot] >> 32) as u32 == hash
            && earlier != index
            && exposed_before(root, place, row, suffix, index, hash, Some(earlier))
        {
            return true;
        }
        slot = (slot + 1) % table.len();
    }
    table[slot] = (hash as u64) << 32 | (index as u64 + 1);
    false
}

/// Whether a row before number `index` (or exactly row `only`) exposes the name of `row` with
/// `suffix`, which has this hash.
const fn exposed_before(
    root: &Group<'_>,
    place: &Place<'_>,
    row: &Metric<'_>,
    suffix: &[u8],
    index: usize,
    hash: u32,
    only: Option<usize>,
) -> bool {
    let mut other = Place::start(root);
    let mut at = 0;
    while at < index {
        let Some(other_row) = other.settle() else {
            return false;
        };
        let wanted = match only {
            Some(only) => only == at,
            None => true,
        };
        if wanted {
            let suffixes = other_row.kind().of.suffixes();
            let base = hash_name(&other, other_row);
            let mut s = 0;
            while s < suffixes.len() {
                let there = suffixes[s].as_bytes();
                if hash_bytes(base, there) == hash
                    && same_name(place, row, suffix, &other, other_row, there)
                {
                    return true;
                }
                s += 1;
            }
        }
        other.step();
        at += 1;
    }
    false
}

const fn same_name(
    a: &Place<'_>,
    a_row: &Metric<'_>,
    a_suffix: &[u8],
    b: &Place<'_>,
    b_row: &Metric<'_>,
    b_suffix: &[u8],
) -> bool {
    let (mut a_name, mut b_name) = ([0; 2 * MAX_NAME], [0; 2 * MAX_NAME]);
    let a_len = full_name(&mut a_name, a, a_row, a_suffix);
    let b_len = full_name(&mut b_name, b, b_row, b_suffix);
    equal(a_name.split_at(a_len).0, b_name.split_at(b_len).0)
}

const fn full_name(out: &mut [u8], place: &Place<'_>, row: &Metric<'_>, suffix: &[u8]) -> usize {
    let mut end = 0;
    let mut level = 0;
    while level < place.depth() {
        end = copy(out, end, place.group(level).prefix());
        level += 1;
    }
    end = copy(out, end, row.name());
    copy(out, end, suffix)
}

const fn copy(out: &mut [u8], mut end: usize, text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() && end < out.len() {
        out[end] = text[at];
        end += 1;
        at += 1;
    }
    end
}
