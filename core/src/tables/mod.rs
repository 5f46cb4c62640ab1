//! Rows, groups of them, registries of groups, and their checks.

pub(crate) mod check;
pub(crate) mod check_kind;
pub(crate) mod group;
pub(crate) mod list;
pub(crate) mod members;
pub(crate) mod metric;
pub(crate) mod node;
pub(crate) mod registry;
