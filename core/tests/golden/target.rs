//! target.txt: what is said of the target as a whole, in front of everything else.

use nanoprom::{Gauge, Info, metrics};

mod pump {
    super::metrics! {
        pub(super) static METRICS, prefix = "pump_";
        /// Not about the target, in spite of its name.
        static TARGET: Info = "target_info", labels = [setpoint = "7"];
    }
    use super::Info;
}

metrics! {
    pub(crate) static METRICS, labels = [site = "north"],
        include = [pump::METRICS];

    /// What runs here.
    static TARGET: Info = "target_info",
        labels = [service_name = "pumps", service_version = "1.2", motto = "a \"b\"\\\n"];
    /// A metric behind it.
    static UP: Gauge = "up_seconds";
    /// No info.
    static TARGETS: Gauge = "targets";
}

pub(crate) fn fill() {
    UP.set(1.5);
}
