//! What OpenMetrics pages show otherwise than text pages do.

mod golden;

use golden::{PAGES, open_metrics};
use nanoprom::{Cursor, Format, Group, metrics};

#[test]
fn a_histogram_with_a_negative_bound_has_neither_sum_nor_count() {
    metrics! {
        static METRICS;
        /// Degrees.
        static DEGREES: Histogram<2> = "degrees_celsius", buckets = [-5.0, 5.0];
        /// Degrees by place.
        static BY_PLACE: Family<Histogram<1>, 1, 2> = "place_celsius", buckets = [-1.0], labels = ["place"];
    }
    use nanoprom::{Family, Histogram};
    DEGREES.observe(20.0);
    BY_PLACE.labels(["a"]).unwrap().observe(20.0);
    BY_PLACE.labels(["b"]).unwrap().observe(-20.0);
    let expected = r#"# TYPE degrees_celsius histogram
# UNIT degrees_celsius celsius
# HELP degrees_celsius Degrees.
degrees_celsius_bucket{le="-5.0"} 0
degrees_celsius_bucket{le="5.0"} 0
degrees_celsius_bucket{le="+Inf"} 1
# TYPE place_celsius histogram
# UNIT place_celsius celsius
# HELP place_celsius Degrees by place.
place_celsius_bucket{place="a",le="-1.0"} 0
place_celsius_bucket{place="a",le="+Inf"} 1
place_celsius_bucket{place="b",le="-1.0"} 1
place_celsius_bucket{place="b",le="+Inf"} 1
# TYPE nanoprom_series_refused counter
# HELP nanoprom_series_refused Series that a family of this process refused to add, by the family's name.
nanoprom_series_refused_total{family="place_celsius"} 0
# EOF
"#;
    assert_eq!(open_metrics(&METRICS), expected);
}

#[test]
fn a_sum_that_is_negative_at_the_moment_is_left_out_with_its_count() {
    metrics! {
        static METRICS;
        /// Help with "quotes", \ and all.
        static LENGTH: Histogram<1> = "length", buckets = [1.0];
        /// What comes behind it.
        static BEHIND: Counter = "behind_total";
    }
    use nanoprom::{Counter, Histogram};
    let head = "# TYPE length histogram\n# HELP length Help with \\\"quotes\\\", \\\\ and all.\n";
    let tail =
        "# TYPE behind counter\n# HELP behind What comes behind it.\nbehind_total 0\n# EOF\n";
    BEHIND.inc_by(0.0).unwrap();
    LENGTH.observe(-0.5);
    let buckets = "length_bucket{le=\"1.0\"} 1\nlength_bucket{le=\"+Inf\"} 1\n";
    assert_eq!(open_metrics(&METRICS), format!("{head}{buckets}{tail}"));
    LENGTH.observe(0.5);
    let buckets = "length_bucket{le=\"1.0\"} 2\nlength_bucket{le=\"+Inf\"} 2\n";
    let sum = "length_sum 0\nlength_count 2\n";
    assert_eq!(open_metrics(&METRICS), format!("{head}{buckets}{sum}{tail}"));
    LENGTH.observe(f64::NEG_INFINITY);
    assert!(!open_metrics(&METRICS).contains("_sum"));
}

#[test]
fn an_empty_page_is_its_end() {
    assert_eq!(open_metrics(&Group::new(&[])), "# EOF\n");
}

#[test]
fn the_end_is_told_once_and_only_when_everything_else_was_read() {
    for golden in &PAGES {
        let mut cursor = Cursor::new(golden.group(), Format::OpenMetrics);
        let (mut page, mut byte) = (Vec::new(), [0]);
        while cursor.read(&mut byte) == 1 {
            assert!(!page.ends_with(b"# EOF\n"), "{}: something behind the end", golden.name);
            page.push(byte[0]);
        }
        assert!(page.ends_with(b"\n# EOF\n"));
        assert_eq!((cursor.read(&mut [0; 64]), cursor.read(&mut [0; 6])), (0, 0));
    }
}

#[test]
fn a_cursor_tells_its_format() {
    let group = Group::new(&[]);
    for format in golden::FORMATS {
        assert_eq!(Cursor::new(&group, format).format(), format);
    }
}
