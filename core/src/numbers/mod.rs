//! Numbers as text and as bits, without floating-point hardware.

pub(crate) mod compare;
pub(crate) mod decimal;
pub(crate) mod float;
pub(crate) mod number;
pub(crate) mod quotient;
pub(crate) mod shortest;
