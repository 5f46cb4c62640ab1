//! The golden pages: the bytes that Rust, C and everything else must print.
//!
//! `UPDATE_PAGES=1 cargo test --package nanoprom --test golden_pages` writes them anew.

mod golden;

use golden::{COLLECTORS, Golden, PAGES, agreed, checked, open_metrics, page};
use nanoprom::{Group, Metric, for_each_sample};
use std::{env, fs, path::PathBuf};

#[track_caller]
fn compare(golden: &Golden) {
    compare_with_file(golden, "txt", page(golden.group()));
    compare_with_file(golden, "om", open_metrics(golden.group()));
}

#[track_caller]
fn compare_with_file(golden: &Golden, extension: &str, page: String) {
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../testdata/pages");
    let file = pages.join(golden.name).with_extension(extension);
    if env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap();
    for (number, (is, should)) in page.lines().zip(expected.lines()).enumerate() {
        assert_eq!(is, should, "line {} of {}", number + 1, file.display());
    }
    assert!(page == expected, "{} has more or fewer lines", file.display());
}

#[test]
fn kinds() {
    compare(&PAGES[0]);
}

#[test]
fn families() {
    compare(&PAGES[1]);
}

#[test]
fn nested() {
    compare(&PAGES[2]);
}

#[test]
fn escaping() {
    compare(&PAGES[3]);
}

#[test]
fn ticks() {
    compare(&PAGES[4]);
}

#[test]
fn guards() {
    compare(&PAGES[5]);
}

#[test]
fn more_kinds() {
    compare(&PAGES[6]);
}

#[test]
fn collectors() {
    compare(&COLLECTORS);
}

#[test]
fn names() {
    compare(&PAGES[7]);
}

#[test]
fn target() {
    compare(&PAGES[10]);
}

#[test]
fn overflow() {
    compare(&PAGES[8]);
}

#[test]
fn fixed() {
    compare(&PAGES[9]);
}

#[test]
fn every_group_passes_the_check() {
    for golden in &PAGES {
        assert!(nanoprom::check(golden.group()).is_ok(), "{}", golden.name);
    }
}

#[test]
fn both_pages_are_valid_and_say_the_same() {
    for golden in &PAGES {
        agreed(golden.group());
    }
}

#[test]
fn two_pages_without_updates_between_are_equal() {
    for golden in &PAGES {
        assert_eq!(page(golden.group()), page(golden.group()));
    }
}

#[test]
fn the_samples_one_by_one_are_those_of_the_page() {
    for golden in &PAGES {
        let page = checked(page(golden.group()).as_bytes());
        let mut on_page = page.samples();
        for_each_sample(golden.group(), |sample| {
            let line = on_page.next().expect("as many samples as lines");
            assert_eq!(sample.name(), line.name);
            let labels: Vec<_> = sample.labels().collect();
            let expected: Vec<_> = line.labels.iter().map(|(n, v)| (&**n, &**v)).collect();
            assert_eq!(labels, expected);
            let (value, printed) = (sample.value().as_f64(), line.value);
            assert!(value.to_bits() == printed.to_bits() || value.is_nan() && printed.is_nan());
        });
        assert!(on_page.next().is_none());
    }
}

#[test]
fn an_empty_help_leaves_the_help_line_out() {
    static VALUE: nanoprom::Gauge = nanoprom::Gauge::new();
    let rows = [Metric::new("x", "", &VALUE)];
    assert_eq!(page(&Group::new(&rows)), "# TYPE x gauge\nx 0\n");
}

#[test]
fn an_empty_group_is_an_empty_page() {
    assert_eq!(page(&Group::new(&[])), "");
}

mod nesting {
    mod chip {
        nanoprom::metrics! {
            pub(crate) static METRICS;
            /// Resets.
            static RESETS: IntCounter = "resets_total";
        }
        use nanoprom::IntCounter;
    }
    mod driver {
        nanoprom::metrics! {
            pub(crate) static METRICS, prefix = "driver_",
                include = [super::chip::METRICS { prefix = "chip_" }];
        }
    }
    mod network {
        nanoprom::metrics! {
            pub(crate) static METRICS, labels = [port = "1"],
                include = [super::driver::METRICS { prefix = "network_", labels = [speed = "100"] }];
        }
    }
    nanoprom::metrics! {
        pub(crate) static METRICS, prefix = "app_", include = [network::METRICS];
    }
}

#[test]
fn a_library_may_include_a_library_that_includes_a_library() {
    let name = "app_network_driver_chip_resets_total";
    let expected = format!(
        "# HELP {name} Resets.\n# TYPE {name} counter\n{name}{{port=\"1\",speed=\"100\"}} 0\n"
    );
    assert_eq!(page(&nesting::METRICS), expected);
}
