//! Creation times and exemplars of metrics that are made at run time. The clock is the process's: a test of its own.
#![cfg(feature = "runtime")]

use nanoprom::runtime::{Description, Family, Style, page, read_to_end};
use nanoprom::{Format, Group, Metric, Type, clock, set_clock};
use std::sync::Arc;

#[test]
fn creation_times_are_decimals_and_exemplars_are_in_openmetrics_only() {
    set_clock(clock::unix_seconds);
    let description = Description::new(Type::Counter, "c", "Help.", "", &["l"], &[]).unwrap();
    let family = Arc::new(Family::new(Arc::new(description)));
    let series = family.series(&["x"]).unwrap();
    series.inc_with_exemplar(2.0, &[("trace_id", "a\"b")], Some(12.5)).unwrap();
    let created = series.created();
    assert!(created > 1.7e9);
    let rows = [Metric::new("", "", &*family)];
    let text = |format| {
        let mut bytes = Vec::new();
        read_to_end(page(&Group::new(&rows), format, Style::Floats), &mut bytes);
        String::from_utf8(bytes).unwrap()
    };
    let page = text(Format::Text);
    assert!(page.contains("\n# TYPE c_created gauge\nc_created{l=\"x\"} 1"), "{page}");
    let page = text(Format::OpenMetrics);
    assert!(page.starts_with("# HELP c Help.\n# TYPE c counter\n"), "{page}");
    assert!(page.contains("c_total{l=\"x\"} 2.0 # {trace_id=\"a\\\"b\"} 2.0 12.5\n"), "{page}");
    assert!(page.contains(&format!("c_created{{l=\"x\"}} {created}")), "{page}");
    assert!(page.ends_with("\n# EOF\n"));
}
