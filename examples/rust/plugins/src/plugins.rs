//! The plugins: each declares metrics of its own, and knows nothing of who shows them.

use nanoprom::Node;

/// A part of the program that may be loaded.
pub(crate) struct Plugin {
    pub(crate) name: &'static str,
    /// Its place in a registry. It lies in memory that stays, as all of the plugin does.
    pub(crate) node: Node<'static>,
    /// Does a job, and returns how many seconds that took.
    pub(crate) work: fn() -> f64,
}

static ALL: [Plugin; 2] = [
    Plugin { name: "mail", node: Node::new(&mail::METRICS), work: mail::work },
    Plugin { name: "thumbnails", node: Node::new(&thumbnails::METRICS), work: thumbnails::work },
];

impl Plugin {
    pub(crate) fn find(name: &str) -> Result<&'static Self, String> {
        let plugin = ALL.iter().find(|plugin| plugin.name == name);
        plugin.ok_or_else(|| format!("there is no plugin {name}"))
    }
}

mod mail {
    use nanoprom::{IntCounter, metrics};

    metrics! {
        // It is shown where it is registered, and not in the default registry.
        pub(super) static METRICS, prefix = "mail_", default = false;
        /// Messages sent.
        static SENT: IntCounter = "messages_sent_total";
    }

    pub(super) fn work() -> f64 {
        SENT.inc();
        0.004
    }
}

mod thumbnails {
    use nanoprom::{IntCounter, IntGauge, metrics};

    metrics! {
        pub(super) static METRICS, prefix = "thumbnails_", default = false;
        /// Pictures made smaller.
        static MADE: IntCounter = "made_total";
        /// Size of the largest picture so far.
        static LARGEST: IntGauge = "largest_bytes";
    }

    pub(super) fn work() -> f64 {
        MADE.inc_by(3);
        LARGEST.set(48_000);
        0.3
    }
}
