//! Pages that must be refused, each for the faults listed in the file beside it and for no others.
//!
//! `testdata/bad-pages/NAME.txt` is the page, or `NAME.om` in OpenMetrics; `NAME.fault` holds a
//! `line: sentence` for each fault.

use nanoprom_checker::{Checker, Format};
use std::fs;
use std::path::{Path, PathBuf};

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/bad-pages");
    let entries = fs::read_dir(&folder).expect("testdata/bad-pages can be listed");
    let mut pages: Vec<_> = entries
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.extension().is_some_and(|it| it == "txt" || it == "om"))
        .collect();
    pages.sort();
    assert!(!pages.is_empty(), "no pages in {}", folder.display());
    pages
}

#[test]
fn every_bad_page_is_refused_for_its_own_faults() {
    let mut wrong = Vec::new();
    for path in pages() {
        let page = fs::read(&path).expect("the page can be read");
        let expected =
            fs::read_to_string(path.with_extension("fault")).expect("the page has a .fault file");
        let is_text = path.extension().is_some_and(|extension| extension == "txt");
        let format = if is_text { Format::Text } else { Format::OpenMetrics };
        let faults = Checker::new().format(format).parse(&page).err().unwrap_or_default();
        let found: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
        if found.is_empty() || found != expected {
            wrong.push(format!("{}\nexpected\n{expected}found\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_file_has_its_page() {
    let pages = pages();
    let folder = pages[0].parent().expect("a page lies in a folder");
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.extension().is_some_and(|extension| extension == "fault") {
            let of_page =
                ["txt", "om"].map(|extension| pages.contains(&path.with_extension(extension)));
            assert!(of_page[0] != of_page[1], "{}", path.display());
        }
    }
}
