//! Why there is no page.

use core::fmt;

/// What kind of failure it is: the label `kind` of `nanoprom_bridge_errors_total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The port could not be opened.
    Open,
    /// The port was open and is gone.
    Closed,
    /// No whole page came in time.
    Timeout,
    /// Frames were damaged or lost.
    Checksum,
    /// The page came whole, but Prometheus would refuse it.
    Page,
    /// The page is larger than the limit.
    TooLarge,
    /// Other probes of the device took all the time.
    Busy,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Closed,
        Self::Timeout,
        Self::Checksum,
        Self::Page,
        Self::TooLarge,
        Self::Busy,
    ];

    /// The word for the label.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Timeout => "timeout",
            Self::Checksum => "checksum",
            Self::Page => "page",
            Self::TooLarge => "too_large",
            Self::Busy => "busy",
        }
    }
}

/// A failure, with a sentence for whoever has to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: Kind,
    /// What happened, on one line.
    pub text: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_at_their_numbers() {
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, number);
        }
    }
}
