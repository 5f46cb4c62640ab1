//! Metrics that are made at run time: their pages, removal, copies, exemplars.
#![cfg(feature = "runtime")]

use nanoprom::runtime::{BadDescription, Description, Family, Style, page, read_to_end};
use nanoprom::{Format, Group, Metric, Type};
use std::sync::Arc;

fn family(of: Type, name: &str, labels: &[&str], bounds: &[f64]) -> Arc<Family> {
    let description = Description::new(of, name, "Help.", "", labels, bounds).unwrap();
    Arc::new(Family::new(Arc::new(description)))
}

fn text(format: Format, rows: &[Metric<'_>]) -> String {
    let mut bytes = Vec::new();
    read_to_end(page(&Group::new(rows), format, Style::Floats), &mut bytes);
    String::from_utf8(bytes).unwrap()
}

fn text_of(family: &Family) -> String {
    text(Format::Text, &[Metric::new("", "", family)])
}

#[test]
fn labels_stand_in_the_order_of_their_names() {
    let family = family(Type::Histogram, "h", &["z", "a"], &[0.5, 1e6]);
    family.series(&["Z", "A"]).unwrap().histogram().unwrap().observe(0.5);
    let page = text_of(&family);
    // Another test may set the clock; creation times come behind.
    let (series, _) = page.split_once("# HELP h_created").unwrap_or((&page, ""));
    assert_eq!(
        series,
        r#"# HELP h Help.
# TYPE h histogram
h_bucket{a="A",le="0.5",z="Z"} 1.0
h_bucket{a="A",le="1e+06",z="Z"} 1.0
h_bucket{a="A",le="+Inf",z="Z"} 1.0
h_count{a="A",z="Z"} 1.0
h_sum{a="A",z="Z"} 0.5
"#
    );
}

#[test]
fn counts_stand_before_sums_wherever_a_read_ends() {
    let summary = family(Type::Summary, "s", &["l"], &[]);
    let negative = family(Type::Summary, "n", &[], &[]);
    let histogram = family(Type::Histogram, "h", &[], &[0.5]);
    for value in [1.5, -0.5] {
        summary.series(&["x"]).unwrap().summary().unwrap().observe(value);
        negative.series(&[]).unwrap().summary().unwrap().observe(-value);
        histogram.series(&[]).unwrap().histogram().unwrap().observe(value);
    }
    let rows = [&summary, &negative, &histogram].map(|family| Metric::new("", "", &**family));
    let group = Group::new(&rows);
    for (format, of_negative) in
        [(Format::Text, "n_count 2.0\nn_sum -1.0\n"), (Format::OpenMetrics, "")]
    {
        let whole = text(format, &rows);
        assert!(whole.contains("s_count{l=\"x\"} 2.0\ns_sum{l=\"x\"} 1.0\n"), "{whole}");
        assert!(whole.contains("h_bucket{le=\"+Inf\"} 2.0\nh_count 2.0\nh_sum 1.0\n"), "{whole}");
        assert!(whole.contains(&format!("# TYPE n summary\n{of_negative}")), "{whole}");
        assert_eq!(whole.contains("n_count"), format == Format::Text);
        for size in [1, 7, 40] {
            let (mut cursor, mut parts) = (page(&group, format, Style::Floats), Vec::new());
            let mut buf = vec![0; size];
            loop {
                let read = cursor.read(&mut buf);
                if read == 0 {
                    break;
                }
                parts.extend_from_slice(&buf[..read]);
            }
            assert_eq!(String::from_utf8(parts).unwrap(), whole, "{size}");
        }
    }
}

#[test]
fn a_metric_without_labels_is_a_family_of_one_series() {
    let family = family(Type::Gauge, "g", &[], &[]);
    assert_eq!(text_of(&family), "# HELP g Help.\n# TYPE g gauge\n");
    family.series(&[]).unwrap().gauge().unwrap().set(-2.0);
    assert_eq!(text_of(&family), "# HELP g Help.\n# TYPE g gauge\ng -2.0\n");
}

#[test]
fn a_copy_has_what_is_on_the_page_and_nothing_of_what_was_removed() {
    let family = family(Type::Counter, "c", &["l"], &[]);
    for number in 0..100 {
        let series = family.series(&[&number.to_string()]).unwrap();
        series.counter().unwrap().inc_by(f64::from(number) + 0.5).unwrap();
    }
    for number in 0..98 {
        assert!(family.remove(&[&number.to_string()]));
    }
    assert_eq!(family.counts(), (2, 98));
    let copy = family.compacted().unwrap();
    assert_eq!(copy.counts(), (2, 0));
    assert_eq!(text_of(&copy), text_of(&family));
    assert!(text_of(&copy).ends_with("c_total{l=\"98\"} 98.5\nc_total{l=\"99\"} 99.5\n"));
}

#[test]
fn descriptions_that_no_page_can_show_are_refused() {
    let new = |name, labels: &[&str], bounds: &[f64]| {
        Description::new(Type::Histogram, name, "", "", labels, bounds).err()
    };
    assert_eq!(new("_x:1", &["a", "b"], &[1.0]), None);
    assert_eq!(new("1x", &[], &[1.0]), Some(BadDescription::Name("1x".into())));
    assert_eq!(new("x", &["__a"], &[1.0]), Some(BadDescription::LabelName("__a".into())));
    assert_eq!(new("x", &["le"], &[1.0]), Some(BadDescription::Reserved("le".into())));
    assert_eq!(new("x", &["a", "a"], &[1.0]), Some(BadDescription::LabelTwice("a".into())));
    assert!(matches!(new("x", &[], &[1.0, 1.0]), Some(BadDescription::Bounds(_))));
}
