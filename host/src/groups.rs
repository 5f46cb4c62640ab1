//! The library's own groups, for the tables of programs.

use crate::build;
use nanoprom_core::{BUILD_INFO, Group, Metric, process};

/// Exports a group of the core under a C name.
macro_rules! export {
    ($($(#[$doc:meta])* $name:ident = $group:path;)+) => {$(
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub static $name: Group<'static> = {
            const ROWS: &[Metric<'static>] = &[Metric::group(&$group)];
            Group::new(ROWS).__of_build(build::ADDRESS)
        };
    )+};
}
export! {
    /// Metrics of the process, see [`process`].
    nprom_process_metrics = process::METRICS;
    /// `nanoprom_build_info`.
    nprom_build_info = BUILD_INFO;
}
