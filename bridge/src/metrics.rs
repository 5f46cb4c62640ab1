//! The bridge's own metrics.

use crate::failure::Kind;
use nanoprom::{
    Child, DEFAULT_BUCKETS, Family, FmtWriter, Format, Gauge, Histogram, IntCounter, IntGauge,
    Refused, encode,
};
use std::time::{SystemTime, UNIX_EPOCH};

/// Devices that fit into the families.
pub const MAX_DEVICES: usize = 256;
const ERRORS: usize = MAX_DEVICES * Kind::ALL.len();
/// Label text: the longest name of a device, with the kind of an error.
const TEXT: usize = 96;

type PerDevice<M> = Family<M, 1, MAX_DEVICES, TEXT>;

nanoprom::metrics! {
    static METRICS;
    /// Whether the latest page that was asked for, or pushed, came whole and valid.
    static UP: PerDevice<IntGauge> = "nanoprom_bridge_up", labels = ["device"];
    /// Whether the device's port is open.
    static CONNECTED: PerDevice<IntGauge> = "nanoprom_bridge_connected", labels = ["device"];
    /// When the latest whole and valid page came; 0 before the first.
    static LAST_SUCCESS: PerDevice<Gauge> = "nanoprom_bridge_last_success_timestamp_seconds",
        labels = ["device"];
    /// How often the device's port was opened.
    static CONNECTIONS: PerDevice<IntCounter> = "nanoprom_bridge_connections_total", labels = ["device"];
    /// Whole and valid pages.
    static PAGES: PerDevice<IntCounter> = "nanoprom_bridge_pages_total", labels = ["device"];
    /// Failures by kind: open, closed, timeout, checksum, page, too_large, busy.
    static ERRORS_TOTAL: Family<IntCounter, 2, ERRORS, TEXT> = "nanoprom_bridge_errors_total",
        labels = ["device", "kind"];
    /// Start bytes that turned out to begin no whole frame.
    static DISCARDED: PerDevice<IntCounter> = "nanoprom_bridge_frames_discarded_total",
        labels = ["device"];
    /// Families left out of merged pages, because another device has the name with another type.
    static CONFLICTS: PerDevice<IntCounter> = "nanoprom_bridge_conflicts_total", labels = ["device"];
    /// Time from a probe to its page or failure, in seconds.
    static DURATION: PerDevice<Histogram<14>> = "nanoprom_bridge_scrape_duration_seconds",
        buckets = DEFAULT_BUCKETS, labels = ["device"];
}

/// The page of the bridge itself.
pub fn page() -> String {
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ = encode(&METRICS, Format::Text, &mut FmtWriter(&mut page));
    page
}

/// The metrics of one device; all of them are on the page from the start.
pub(crate) struct DeviceMetrics {
    up: <IntGauge as Child>::Handle,
    connected: <IntGauge as Child>::Handle,
    last_success: <Gauge as Child>::Handle,
    connections: <IntCounter as Child>::Handle,
    pages: <IntCounter as Child>::Handle,
    errors: [<IntCounter as Child>::Handle; Kind::ALL.len()],
    discarded: <IntCounter as Child>::Handle,
    conflicts: <IntCounter as Child>::Handle,
    duration: <Histogram<14> as Child>::Handle,
}

impl DeviceMetrics {
    pub(crate) fn new(device: &str) -> Result<Self, Refused> {
        let error = |kind: Kind| ERRORS_TOTAL.labels([device, kind.name()]);
        let mut errors = [error(Kind::ALL[0])?; Kind::ALL.len()];
        for kind in Kind::ALL {
            errors[kind as usize] = error(kind)?;
        }
        Ok(Self {
            up: UP.labels([device])?,
            connected: CONNECTED.labels([device])?,
            last_success: LAST_SUCCESS.labels([device])?,
            connections: CONNECTIONS.labels([device])?,
            pages: PAGES.labels([device])?,
            errors,
            discarded: DISCARDED.labels([device])?,
            conflicts: CONFLICTS.labels([device])?,
            duration: DURATION.labels([device])?,
        })
    }

    pub(crate) fn opened(&self) {
        self.connected.set(1);
        self.connections.inc();
    }

    pub(crate) fn closed(&self) {
        self.connected.set(0);
        self.up.set(0);
    }

    pub(crate) fn succeeded(&self) {
        self.up.set(1);
        self.pages.inc();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.last_success.set(now.as_secs_f64());
    }

    pub(crate) fn failed(&self, kind: Kind) {
        self.up.set(0);
        self.errors[kind as usize].inc();
    }

    /// A page that was good has become too old.
    pub(crate) fn expired(&self) {
        self.up.set(0);
    }

    pub(crate) fn discarded(&self) {
        self.discarded.inc();
    }

    pub(crate) fn left_out(&self, families: usize) {
        self.conflicts.inc_by(families as u64);
    }

    pub(crate) fn took(&self, seconds: f64) {
        self.duration.observe(seconds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_devices_as_are_allowed_fit_with_the_longest_names() {
        for number in 0..MAX_DEVICES {
            let metrics = DeviceMetrics::new(&format!("{number:064}")).unwrap();
            metrics.failed(Kind::TooLarge);
        }
        let page = page();
        assert!(crate::page::read(page.as_bytes()).is_ok());
        assert!(!page.contains("refused_total{family=\"nanoprom_bridge_up\"} 1"));
    }
}
