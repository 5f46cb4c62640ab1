//! Every pair of pages in `testdata`, text and OpenMetrics of the same moment, says the same.

use nanoprom_checker::{Checker, Format, Kind, Page, disagreements, parse, parse_open_metrics};
use std::fs;
use std::path::{Path, PathBuf};

/// The OpenMetrics pages that have a text page beside them.
fn pairs() -> Vec<PathBuf> {
    let mut pairs = Vec::new();
    for folder in ["pages", "good-pages"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata").join(folder);
        let entries = fs::read_dir(&folder).expect("the folder can be listed");
        let paths = entries.map(|entry| entry.expect("the entry can be read").path());
        pairs.extend(paths.filter(|path| {
            path.extension().is_some_and(|extension| extension == "om")
                && path.with_extension("txt").exists()
        }));
    }
    assert!(pairs.len() >= 8, "{pairs:?}");
    pairs
}

fn page(path: &Path, format: Format) -> Page {
    let bytes = fs::read(path).expect("the page can be read");
    // Those of names.txt; no other page has them.
    let exact = ["frames_lost", "frames_seen", "sent_bytes", "port_frames"];
    let exact = exact.map(|name| format!("shop_http_{name}"));
    let checker = exact.into_iter().fold(Checker::new().format(format), Checker::exact);
    checker.parse(&bytes).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()))
}

#[test]
fn both_pages_of_a_pair_are_valid_and_say_the_same() {
    for path in pairs() {
        let text = page(&path.with_extension("txt"), Format::Text);
        let open = page(&path, Format::OpenMetrics);
        let differences = disagreements(&text, &open);
        assert!(differences.is_empty(), "{}: {differences:#?}", path.display());
    }
}

const TEXT: &str = "# HELP jobs_total Jobs.\n# TYPE jobs_total counter\njobs_total{a=\"b\"} 1\n\
    # TYPE lat histogram\nlat_bucket{le=\"1.0\"} 1\nlat_bucket{le=\"+Inf\"} 1\nlat_sum 1\nlat_count 1\n";
const OPEN: &str = "# TYPE jobs counter\n# HELP jobs Jobs.\njobs_total{a=\"b\"} 1\n\
    # TYPE lat histogram\nlat_bucket{le=\"1.0\"} 1\nlat_bucket{le=\"+Inf\"} 1\nlat_sum 1\nlat_count 1\n# EOF\n";

#[test]
fn each_difference_is_told() {
    let text = parse(TEXT.as_bytes()).unwrap();
    let of = |open: &str| disagreements(&text, &parse_open_metrics(open.as_bytes()).unwrap());
    assert!(of(OPEN).is_empty());
    for (from, to, expected) in [
        (
            "jobs_total{a=\"b\"} 1",
            "jobs_total{a=\"b\"} 2",
            "jobs_total{a=\"b\"} is 1 in text, in OpenMetrics 2",
        ),
        (
            "a=\"b\"",
            "a=\"c\"",
            "jobs_total{a=\"b\"} stands in text where OpenMetrics has jobs_total{a=\"c\"}",
        ),
        ("Jobs.", "Work.", "'jobs_total' has another help text in OpenMetrics"),
        ("lat_sum 1\nlat_count 1\n", "", "'lat' has 4 samples in text, in OpenMetrics 2"),
        (
            "jobs counter",
            "jobs_total gauge",
            "'jobs_total' is a counter in text, in OpenMetrics a gauge",
        ),
        ("# EOF", "# TYPE more gauge\n# EOF", "the family 'more' is only in OpenMetrics"),
        (
            "# TYPE lat",
            "# TYPE other gauge\n# TYPE lat",
            "the family 'lat' stands in text where OpenMetrics has 'other'",
        ),
    ] {
        let open = OPEN.replace(from, to).replace(
            "HELP jobs J",
            if to.ends_with("gauge") { "HELP jobs_total J" } else { "HELP jobs J" },
        );
        let found = of(&open);
        assert_eq!(found, [expected], "{open}");
    }
    let less = parse(TEXT.split_once("# TYPE lat").unwrap().0.as_bytes()).unwrap();
    let open = parse_open_metrics(OPEN.as_bytes()).unwrap();
    assert_eq!(disagreements(&less, &open), ["the family 'lat' is only in OpenMetrics"]);
}

#[test]
fn an_exact_counter_has_no_type_in_openmetrics_whatever_it_is_called() {
    for name in ["frames", "frames_total"] {
        let text = format!("# TYPE {name} counter\n{name} 1\n");
        let text = Checker::new().exact(name).parse(text.as_bytes()).unwrap();
        let open = format!("# TYPE {name} unknown\n{name} 1\n# EOF\n");
        let open = parse_open_metrics(open.as_bytes()).unwrap();
        assert_eq!(disagreements(&text, &open), [""; 0]);
    }
}

#[test]
fn what_openmetrics_alone_has_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/good-pages/everything.om");
    let page = page(&path, Format::OpenMetrics);
    assert_eq!(page.family("cpu_seconds").unwrap().unit, "seconds");
    assert_eq!(page.family("jobs").unwrap().help, "Jobs \"done\".");
    let kind = |name| page.family(name).unwrap().kind;
    assert_eq!(
        ["target", "legacy", "waiting_seconds", "pump"].map(kind),
        [Kind::Info, Kind::Untyped, Kind::GaugeHistogram, Kind::StateSet]
    );
    let exemplar = page.sample("jobs_total", &[("kind", "a")]).unwrap().exemplar.clone().unwrap();
    assert_eq!(exemplar.labels[1], ("span_id".to_owned(), "ä".to_owned()));
    assert_eq!((exemplar.value, exemplar.timestamp), (1.0, Some(1_700_000_000.123_456)));
    assert_eq!(page.sample("cpu_seconds_total", &[]).unwrap().timestamp, Some(1_700_000_000_250));
}
