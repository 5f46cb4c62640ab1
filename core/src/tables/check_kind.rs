//! The part of the table check that is about single types: bounds, states, functions, the labels of an
//! info.

// As in the file `check`.
#![allow(clippy::result_large_err)]

use crate::__unit;
use crate::buckets::{self, Bounds};
use crate::families::constant_series::AnySeries;
use crate::families::enum_family::AnyEnumFamily;
use crate::families::overflow;
use crate::fault::Fault;
use crate::kind::{Kind, Shape, Type};
use crate::metrics::callback::Callback;
use crate::metrics::info::Info;
use crate::metrics::state_set::AnyStateSet;
use crate::name::equal;
use crate::tables::check::{CONSTANT, about, about_label, is_constant_label, label_fault};
use crate::tables::group::Place;
use crate::tables::metric::{Metric, Target};
use core::str;

/// What is wrong with the value of a row as one of its type. `name` is the row's with its prefixes.
pub(crate) const fn check_kind(
    place: &Place<'_>,
    row: &Metric<'_>,
    name: &[u8],
    table: &mut [u64],
) -> Result<(), Fault> {
    let kind = row.kind();
    let checked = match row.value() {
        // One of C that is to be made at run time, and is not yet.
        Target::Family(family) if family.records.is_null() => {
            sound(place, row, Some("is a family without memory"))
        }
        Target::Family(family) => match bounds_fault(kind, &family.bounds()) {
            // One that grows: its child `other` has memory of its own.
            None if family.head.is_null() => Ok(()),
            None => sound(place, row, overflow::fault(family)),
            fault => sound(place, row, fault),
        },
        Target::Cell(cell, bounds) => match kind.shape {
            Shape::Series => {
                // SAFETY: the kind says what the cell is.
                let series = unsafe { &*cell.cast::<AnySeries>() };
                check_series(place, row, series, table)
            }
            Shape::EnumFamily => {
                // SAFETY: as above.
                let family = unsafe { &*cell.cast::<AnyEnumFamily>() };
                sound(place, row, bounds_fault(family.child(), &family.bounds()))
            }
            _ => check_cell(place, row, kind, cell, &bounds),
        },
        Target::Group(_) | Target::Open(_) => Ok(()),
    };
    if checked.is_err() {
        return checked;
    }
    if row.unit_len() > 0
        && let Err(fault) = sound(place, row, unit_fault(row))
    {
        return Err(fault);
    }
    if matches!(kind.of, Type::StateSet) {
        // The label of a state set is called as the set.
        if !is_label_like(name) {
            return Err(about(place, row)
                .say(b" is a state set with ':' in its name, which is that of its label too"));
        }
        if is_constant_label(place, name, usize::MAX, 0) {
            return Err(about_label(place, row, name).say(
                b", which is reserved on a state set of that name, as a constant label of its group",
            ));
        }
        if is_own_label(row, name) {
            return Err(about_label(place, row, name)
                .say(b", which is reserved on a state set of that name"));
        }
    }
    Ok(())
}

/// The sentence about a row that has this fault.
const fn sound(
    place: &Place<'_>,
    row: &Metric<'_>,
    fault: Option<&'static str>,
) -> Result<(), Fault> {
    match fault {
        Some(fault) => Err(about(place, row).say(b" ").say(fault.as_bytes())),
        None => Ok(()),
    }
}

/// The cell of a row of this kind, or of one of its series.
const fn check_cell(
    place: &Place<'_>,
    row: &Metric<'_>,
    kind: &Kind,
    cell: *const (),
    bounds: &Bounds<'_>,
) -> Result<(), Fault> {
    let fault = match kind.shape {
        // SAFETY: the kind says what the cell is.
        Shape::Callback if unsafe { &*cell.cast::<Callback>() }.is_missing() => {
            Some("has no function")
        }
        // SAFETY: as above.
        Shape::StateSet => unsafe { &*cell.cast::<AnyStateSet>() }.fault(),
        // SAFETY: as above.
        Shape::Info => return check_info(place, row, unsafe { &*cell.cast::<Info>() }),
        // One of C that is to be made at run time, and is not yet.
        Shape::Histogram | Shape::IntHistogram | Shape::OpenHistogram if cell.is_null() => {
            Some("is a histogram without cells")
        }
        _ => bounds_fault(kind, bounds),
    };
    sound(place, row, fault)
}

const fn check_series(
    place: &Place<'_>,
    row: &Metric<'_>,
    series: &AnySeries,
    table: &mut [u64],
) -> Result<(), Fault> {
    if let Err(fault) = sound(place, row, series.fault(row.kind().of, table)) {
        return Err(fault);
    }
    let mut at = 0;
    while at < series.len() {
        if let Some((cell, bounds)) = series.target(series.row(at).0)
            && let Err(fault) = check_cell(place, row, series.child(), cell, &bounds)
        {
            return Err(fault);
        }
        at += 1;
    }
    Ok(())
}

/// Whether the series of a row have this label of their own.
const fn is_own_label(row: &Metric<'_>, name: &[u8]) -> bool {
    let names = row.label_names();
    let mut at = 0;
    while at < names.len() {
        if equal(names[at].name(), name) {
            return true;
        }
        at += 1;
    }
    false
}

const fn unit_fault(row: &Metric<'_>) -> Option<&'static str> {
    let kind = row.kind();
    // OpenMetrics 1.0, Info and StateSet: no unit.
    if matches!(kind.of, Type::Info | Type::StateSet) || matches!(kind.shape, Shape::Info) {
        return Some("has a unit, which infos and state sets have not");
    }
    __unit::fault(row.name(), row.unit_len(), kind.in_text.suffix.as_bytes())
}

const fn bounds_fault(kind: &Kind, bounds: &Bounds<'_>) -> Option<&'static str> {
    // SAFETY: the kind says what the bounds are.
    unsafe {
        if kind.ticks {
            buckets::ticks_fault(bounds.ticks(), bounds.ticks_per_unit)
        } else {
            buckets::fault(bounds.floats())
        }
    }
}

/// Whether a metric name can be a label name.
const fn is_label_like(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if name[at] == b':' {
            return false;
        }
        at += 1;
    }
    true
}

const fn check_info(place: &Place<'_>, row: &Metric<'_>, info: &Info) -> Result<(), Fault> {
    let labels = info.labels();
    let mut at = 0;
    while at < labels.len() {
        let name = labels[at].name();
        if let Some(fault) = label_fault(name, row.kind()) {
            return Err(about_label(place, row, name).say(fault));
        }
        let mut before = 0;
        while before < at {
            if equal(labels[before].name(), name) {
                return Err(about_label(place, row, name).say(b" twice"));
            }
            before += 1;
        }
        if is_own_label(row, name) {
            return Err(about_label(place, row, name).say(b" twice"));
        }
        if is_constant_label(place, name, usize::MAX, 0) {
            return Err(about_label(place, row, name).say(CONSTANT));
        }
        if str::from_utf8(labels[at].value()).is_err() {
            return Err(about_label(place, row, name).say(b" with a value that is not UTF-8"));
        }
        at += 1;
    }
    Ok(())
}
