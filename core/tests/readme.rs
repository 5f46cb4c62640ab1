//! What the README shows is what there is.

use nanoprom::{
    Counter, Counter32, Created, Exact, FamilyCells, Gauge, Gauge32, Histogram32Cells,
    HistogramCells, InfoCell, IntCounter, IntGauge, IntHistogramCells, StateSet, Summary, Untyped,
    WithExemplars, states,
};

states! {
    enum Pump { Off = "off", Running = "running" }
}

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_shows_the_examples_and_their_page_as_they_are() {
    for (language, file) in [
        ("rust", include_str!("../../examples/rust/hello/src/main.rs")),
        ("c", include_str!("../../examples/c/hello.c")),
        ("python", include_str!("../../examples/python/hello.py")),
        ("text", include_str!("../../testdata/pages/hello.txt")),
    ] {
        assert!(
            README.contains(&format!("```{language}\n{file}```\n")),
            "the {language} block of README.md is not the file's text"
        );
    }
}

#[test]
fn the_readme_names_the_oldest_rust() {
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    assert!(README.contains(&format!("Rust {oldest} or newer")), "rust-version is {oldest}");
}

/// Bytes of one series, label text left out.
fn series<const L: usize, M: nanoprom::Child>() -> usize {
    // Two sizes, so that what a family has once falls out.
    size_of::<FamilyCells<M, L, 3, 0>>() - size_of::<FamilyCells<M, L, 2, 0>>()
}

#[test]
fn the_readme_says_what_a_metric_costs() {
    let cost = |row: &str| {
        let line = README.lines().find(|line| line.starts_with(&format!("| {row} |")));
        let line = line.unwrap_or_else(|| panic!("no row '{row}'"));
        let number: String = line
            .rsplit('|')
            .nth(1)
            .unwrap()
            .trim()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        number.parse::<usize>().unwrap()
    };
    assert_eq!(cost("`Counter`"), size_of::<Counter>());
    assert_eq!(cost("`IntCounter`"), size_of::<IntCounter>());
    assert_eq!(cost("`Counter32`"), size_of::<Counter32>());
    assert_eq!(cost("`Gauge`"), size_of::<Gauge>());
    assert_eq!(cost("`IntGauge`"), size_of::<IntGauge>());
    assert_eq!(cost("`Gauge32`"), size_of::<Gauge32>());
    assert_eq!(cost("`Histogram<14>`"), size_of::<HistogramCells<14>>());
    assert_eq!(cost("`IntHistogram<14>`"), size_of::<IntHistogramCells<14>>());
    assert_eq!(cost("`Histogram32<14>`"), size_of::<Histogram32Cells<14>>());
    assert_eq!(cost("`Summary`"), size_of::<Summary>());
    assert_eq!(cost("`Untyped`"), size_of::<Untyped>());
    assert_eq!(cost("`StateSet<S>`"), size_of::<StateSet<Pump>>());
    assert_eq!(cost("`InfoCell<64>`"), size_of::<InfoCell<64>>());
    assert_eq!(cost("`Exact<Counter>`"), size_of::<Exact<Counter>>());
    assert_eq!(cost("`Created<Counter>`"), size_of::<Created<Counter>>());
    assert_eq!(cost("`WithExemplars<Counter, 64>`"), size_of::<WithExemplars<Counter, 64>>());
    let rounded = |row| cost(row).next_multiple_of(8);
    assert_eq!(rounded("a series of `Family<IntCounter, 1, N>`"), series::<1, IntCounter>());
    assert_eq!(rounded("a series of `Family<Counter, 2, N>`"), series::<2, Counter>());
}
