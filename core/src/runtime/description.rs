//! What a metric that is made at run time is called.

use crate::buckets;
use crate::kind::Type;
use crate::label::LabelName;
use crate::name::is_label_name;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::{fmt, mem};

/// Label names longer than this do not fit into a series.
const MAX_LABEL_NAME: usize = 10_000;

/// The name, help, unit, label names and bounds of a [`Family`](super::Family), owned. It never changes.
pub struct Description {
    pub(super) of: Type,
    pub(super) name: Box<str>,
    pub(super) help: Box<str>,
    pub(super) unit_len: u8,
    /// Sorted by name.
    pub(super) names: Box<[LabelName<'static>]>,
    /// Which of the declared labels each of them is.
    pub(super) order: Box<[usize]>,
    pub(super) bounds: Box<[f64]>,
    /// What `names` point to.
    _glue: Box<[Box<str>]>,
}

/// Why there is no such metric.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadDescription {
    /// Only counters, gauges, histograms and summaries are families of cells.
    Type,
    /// The name is not `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    Name(String),
    /// The name does not end with the unit.
    Unit(String),
    /// A label name is not `[a-zA-Z_][a-zA-Z0-9_]*`, or has two underscores in front, or is much too long.
    LabelName(String),
    /// The type of the metric has this label itself.
    Reserved(String),
    /// The label is there twice.
    LabelTwice(String),
    /// There are more than 255 labels.
    ManyLabels,
    /// What is wrong with the bounds.
    Bounds(&'static str),
}

impl fmt::Display for BadDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type => f.write_str("the type is none of cells"),
            Self::Name(name) => write!(f, "'{name}' is no metric name"),
            Self::Unit(unit) => write!(f, "the name does not end with the unit '{unit}'"),
            Self::LabelName(name) => write!(f, "'{name}' is no label name"),
            Self::Reserved(name) => write!(f, "the label '{name}' is reserved on this type"),
            Self::LabelTwice(name) => write!(f, "the label '{name}' is there twice"),
            Self::ManyLabels => f.write_str("there are more than 255 labels"),
            Self::Bounds(fault) => write!(f, "the histogram {fault}"),
        }
    }
}

impl core::error::Error for BadDescription {}

impl Description {
    /// Checks and copies everything. `name` is without the suffix of the type (`_total`); `unit` is empty or
    /// the end of the name; `bounds` are empty except for a histogram, and without `+Inf`.
    ///
    /// # Errors
    ///
    /// What is not legal.
    pub fn new(
        of: Type,
        name: &str,
        help: &str,
        unit: &str,
        labels: &[&str],
        bounds: &[f64],
    ) -> Result<Self, BadDescription> {
        if !matches!(of, Type::Counter | Type::Gauge | Type::Histogram | Type::Summary) {
            return Err(BadDescription::Type);
        }
        check_name(name)?;
        if labels.len() > 255 {
            return Err(BadDescription::ManyLabels);
        }
        for (at, label) in labels.iter().enumerate() {
            if !is_label_name(label.as_bytes()) || label.len() > MAX_LABEL_NAME {
                return Err(BadDescription::LabelName((*label).into()));
            }
            if of.reserved_label() == Some(label) {
                return Err(BadDescription::Reserved((*label).into()));
            }
            if labels.iter().take(at).any(|before| before == label) {
                return Err(BadDescription::LabelTwice((*label).into()));
            }
        }
        if let Some(fault) = buckets::fault(bounds) {
            return Err(BadDescription::Bounds(fault));
        }
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.sort_by_key(|at| labels.get(*at));
        let sorted = order.iter().filter_map(|at| labels.get(*at));
        let glue: Box<[Box<str>]> =
            sorted.map(|label| format!("\",{label}=\"").into_boxed_str()).collect();
        let name_of = |glue: &str| {
            // SAFETY: the text stays where it is as long as the names, which nobody else gets.
            LabelName::__from_glue(unsafe { mem::transmute::<&str, &'static str>(glue) })
        };
        let unit_len = u8::try_from(unit.len()).ok().filter(|_| name.ends_with(unit));
        let unit_len = unit_len.ok_or_else(|| BadDescription::Unit(unit.into()))?;
        Ok(Self {
            of,
            name: name.into(),
            help: help.into(),
            unit_len,
            names: glue.iter().map(|glue| name_of(glue)).collect(),
            order: order.into(),
            bounds: bounds.into(),
            _glue: glue,
        })
    }

    /// How many labels each series has.
    pub fn label_count(&self) -> usize {
        self.names.len()
    }

    /// The upper bounds of the buckets, without `+Inf`.
    pub fn bounds(&self) -> &[f64] {
        &self.bounds
    }
}

/// A leading underscore is legal here: programs in other languages have such names.
fn check_name(name: &str) -> Result<(), BadDescription> {
    let legal = |(at, byte): (usize, u8)| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' => true,
        b'0'..=b'9' => at > 0,
        _ => false,
    };
    if !name.is_empty() && name.bytes().enumerate().all(legal) {
        return Ok(());
    }
    Err(BadDescription::Name(name.into()))
}
