//! What something else keeps, asked once for a page.

pub(crate) mod any_collector;
pub(crate) mod asking;
pub(crate) mod collected;
pub(crate) mod collector;
pub(crate) mod collector_errors;
pub(crate) mod draft;
pub(crate) mod given;
pub(crate) mod seen;
