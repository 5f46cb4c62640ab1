//! Merged pages: golden ones, and that they are always valid.
//!
//! `tests/merge/NAME.txt` is what `NAME-a.txt` and `NAME-b.txt` give; `tests/bridge/run` shows the same
//! files to promtool.

use nanoprom_bridge::merge::Merge;
use nanoprom_bridge::page;
use proptest::prelude::*;
use std::fs;

fn file(name: &str) -> String {
    let path = format!("{}/tests/merge/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap()
}

/// The merged page of devices called a, b, …, and how many families were left out.
fn merge(pages: &[&str]) -> (String, usize) {
    let mut merge = Merge::new();
    let mut left_out = 0;
    for (device, page) in ["a", "b", "c"].iter().zip(pages) {
        left_out += merge.add(device, &page::read(page.as_bytes()).unwrap());
    }
    let page = merge.finish();
    if let Err(fault) = page::read(page.as_bytes()) {
        panic!("{fault}\n{page}");
    }
    (page, left_out)
}

fn golden(name: &str, left_out: usize) {
    let (page, counted) = merge(&[&file(&format!("{name}-a")), &file(&format!("{name}-b"))]);
    assert_eq!(page, file(name));
    assert_eq!(counted, left_out);
}

#[test]
fn a_family_has_one_help_and_one_type_line() {
    golden("plain", 0);
}

#[test]
fn families_that_do_not_go_together_are_left_out_and_counted() {
    // "fill" has timestamps on one device only.
    golden("conflict", 4);
}

#[test]
fn a_label_of_the_same_name_is_kept_under_another() {
    golden("labels", 0);
}

#[test]
fn the_devices_name_is_escaped() {
    let mut merge = Merge::new();
    merge.add("a\"b\\c\nd", &page::read(b"# TYPE up gauge\nup 1\n").unwrap());
    let text = merge.finish();
    assert_eq!(text, "# TYPE up gauge\nup{device=\"a\\\"b\\\\c\\nd\"} 1\n");
    let page = page::read(text.as_bytes()).unwrap();
    assert!(page.sample("up", &[("device", "a\"b\\c\nd")]).is_some());
}

#[test]
fn no_devices_make_an_empty_page() {
    assert_eq!(Merge::new().finish(), "");
}

#[test]
fn the_creation_times_of_a_later_device_stay_behind_their_counter() {
    let created = "# TYPE a_total counter\na_total 1\n# TYPE a_created gauge\na_created 5\n";
    let (page, left_out) =
        merge(&["# TYPE a_total counter\na_total 1\n# TYPE b gauge\nb 1\n", created]);
    assert_eq!(left_out, 0);
    assert!(page.find("a_created").unwrap() < page.find("TYPE b").unwrap());
}

#[test]
fn target_info_stays_first() {
    let info = "# TYPE target_info gauge\ntarget_info{version=\"1\"} 1\n";
    let other = "# TYPE b gauge\nb 1\n";
    for pages in [[info, other], [other, info]] {
        assert!(merge(&pages).0.starts_with("# TYPE target_info"));
    }
}

/// A valid page of a few families, with names and types that clash between pages.
fn any_page() -> impl Strategy<Value = String> {
    let family = (0..3usize, 0..4u8, any::<bool>(), "[\\\\\"\n a]{0,3}");
    prop::collection::vec(family, 0..4).prop_map(|families| {
        let mut page = String::new();
        for (name, kind, with_label, text) in families {
            let name = ["x", "x_count", "y"][name];
            let text = text.replace('\\', "\\\\").replace('\n', "\\n");
            let quoted = text.replace('"', "\\\"");
            let pair = if with_label { format!("device=\"{quoted}\"") } else { "a=\"b\"".into() };
            let help =
                if text.is_empty() { String::new() } else { format!("# HELP {name} {text}\n") };
            let family = match kind {
                0 => format!("{help}# TYPE {name} gauge\n{name}{{{pair}}} 1\n"),
                1 => format!("{help}# TYPE {name} counter\n{name}{{{pair}}} 1\n"),
                2 => format!(
                    "{help}# TYPE {name} histogram\n{name}_bucket{{{pair},le=\"+Inf\"}} 1\n\
                     {name}_sum{{{pair}}} 1\n{name}_count{{{pair}}} 1\n"
                ),
                _ => format!("{help}# TYPE {name} untyped\n"),
            };
            // Families that clash with those before are no part of one page.
            let longer = format!("{page}{family}");
            if page::read(longer.as_bytes()).is_ok() {
                page = longer;
            }
        }
        page
    })
}

proptest! {
    #[test]
    fn merged_pages_are_valid_and_lose_only_what_is_counted(
        pages in prop::collection::vec(any_page(), 1..4),
    ) {
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let (merged, left_out) = merge(&pages);
        let merged = page::read(merged.as_bytes()).unwrap();
        let mut missing = 0;
        for (device, page) in ["a", "b", "c"].iter().zip(&pages) {
            for family in page::read(page.as_bytes()).unwrap().families {
                let kept = merged.family(&family.name).filter(|merged| merged.kind == family.kind);
                missing += usize::from(kept.is_none());
                let Some(kept) = kept else { continue };
                let of_device = kept.samples.iter().filter(|s| s.label("device") == Some(device));
                prop_assert_eq!(of_device.count(), family.samples.len());
            }
        }
        prop_assert_eq!(missing, left_out);
    }
}
