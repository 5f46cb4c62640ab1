//! The part of the table check that is about single types: bounds, states, functions, the labels of an
//! info.

// As in the file `check`.
#![allow(clippy::result_large_err)]

use crate::buckets::{self, Bounds};
use crate::callback::Callback;
use crate::check::{CONSTANT, about, about_label, is_constant_label, label_fault};
use crate::fault::Fault;
use crate::group::Place;
use crate::info::Info;
use crate::kind::{Shape, Type};
use crate::metric::{Metric, Target};
use crate::name::equal;
use crate::state_set::AnyStateSet;
use core::str;

/// What is wrong with the value of a row as one of its type. `name` is the row's with its prefixes.
pub(crate) const fn check_kind(
    place: &Place<'_>,
    row: &Metric<'_>,
    name: &[u8],
) -> Result<(), Fault> {
    let fault = match row.value() {
        Target::Family(family) => bounds_fault(row, &family.bounds()),
        Target::Cell(cell, bounds) => match row.kind().shape {
            // SAFETY: the kind says what the cell is.
            Shape::Callback if unsafe { &*cell.cast::<Callback>() }.is_missing() => {
                Some("has no function")
            }
            // SAFETY: as above.
            Shape::StateSet => unsafe { &*cell.cast::<AnyStateSet>() }.fault(),
            // SAFETY: as above.
            Shape::Info => return check_info(place, row, unsafe { &*cell.cast::<Info>() }),
            // One of C that is to be made at run time, and is not yet.
            Shape::Histogram | Shape::IntHistogram if cell.is_null() => {
                Some("is a histogram without cells")
            }
            _ => bounds_fault(row, &bounds),
        },
        Target::Group(_) => None,
    };
    if let Some(fault) = fault {
        return Err(about(place, row).say(b" ").say(fault.as_bytes()));
    }
    if matches!(row.kind().of, Type::StateSet) {
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
    }
    Ok(())
}

const fn bounds_fault(row: &Metric<'_>, bounds: &Bounds<'_>) -> Option<&'static str> {
    // SAFETY: the row's kind says what its bounds are.
    unsafe {
        if row.kind().ticks {
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
