//! From the tables to the page, in portions of any size.

pub(crate) mod choice;
pub(crate) mod cursor;
pub(crate) mod encode;
pub(crate) mod line;
pub(crate) mod openmetrics;
pub(crate) mod reader;
pub(crate) mod sample;
pub(crate) mod sample_value;
pub(crate) mod text;
pub(crate) mod walk;
pub(crate) mod write;
