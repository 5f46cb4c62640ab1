//! The default registry of this program: all groups of this file but one.
#![cfg(all(feature = "default-registry", not(any(windows, target_family = "wasm"))))]
#![forbid(unsafe_code)]

use nanoprom::{FmtWriter, Format, IntCounter, default_registry, encode};

mod driver {
    nanoprom::metrics! {
        pub static METRICS;
        /// Of a group that another includes.
        pub static FRAMES: IntCounter = "frames_total";
    }
    use nanoprom::IntCounter;
}
mod apart {
    nanoprom::metrics! {
        pub static METRICS, default = false;
        /// In no registry.
        pub static APART: IntCounter = "apart_total";
    }
    use nanoprom::IntCounter;
}
nanoprom::metrics! {
    static METRICS, include = [driver::METRICS { prefix = "eth0_" }];
    /// Of a group that nobody names.
    static REQUESTS: IntCounter = "requests_total";
}

nanoprom::default_registry_test!(names_go_together);

#[test]
fn groups_are_shown_once_and_where_they_are_included() {
    REQUESTS.inc();
    apart::APART.inc();
    let mut page = String::new();
    encode(default_registry(), Format::Text, &mut FmtWriter(&mut page)).unwrap();
    assert_eq!(
        page,
        "# HELP requests_total Of a group that nobody names.\n# TYPE requests_total counter\n\
         requests_total 1\n# HELP eth0_frames_total Of a group that another includes.\n\
         # TYPE eth0_frames_total counter\neth0_frames_total 0\n"
    );
}
