//! What can go wrong, one small type per cause.

use core::fmt;

/// A value that a metric does not take; the metric is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejected {
    /// The amount is not a number.
    NotANumber,
    /// A counter only goes up.
    Negative,
    /// The total would become infinite and could never increase again.
    Infinite,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "the amount is not a number",
            Self::Negative => "a counter only goes up",
            Self::Infinite => "the total would become infinite",
        })
    }
}

impl core::error::Error for Rejected {}

/// A series that a family could not add. The family is unharmed and has counted the refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// Every series of the family is in use.
    Full,
    /// The family's memory for label text is in use.
    TextFull,
    /// The labels are longer than 65 535 bytes on the page, names and escapes included.
    TooLong,
    /// A label value is not UTF-8; only callers from C can see this.
    NotUtf8,
    /// There are not as many label values as the family has labels.
    LabelCount,
    /// The label names are not those of the family, each once.
    // As far from the first as its status in C is.
    LabelNames = 10,
    /// There is no memory for it; only a family that grows can see this.
    OutOfMemory,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the family is full: declare it with more series",
            Self::TextFull => "no memory left for label text: declare the family with more text",
            Self::NotUtf8 => "a label value is not UTF-8",
            Self::TooLong => "the labels are longer than 65535 bytes",
            Self::OutOfMemory => "there is no memory left for another series",
            Self::LabelNames => "the label names are not those of the family, each once",
            Self::LabelCount => "there are not as many label values as labels",
        })
    }
}

impl core::error::Error for Refused {}
