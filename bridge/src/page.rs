//! Is what a device sent a page that Prometheus will take?

use core::str;
use nanoprom_checker::{Checker, Page};

/// Reads a page, or says on one line what is wrong with it.
///
/// The project's strict checker decides: a page with one bad line would cost Prometheus the whole scrape.
/// It is lenient in one thing: counters may be declared without `_total`.
pub fn read(page: &[u8]) -> Result<Page, String> {
    let text = str::from_utf8(page).map_err(|_| "the page is not UTF-8".to_owned())?;
    let exact = text.lines().filter_map(counter_name).filter(|name| !name.ends_with("_total"));
    let checker = exact.fold(Checker::new(), |checker, name| checker.exact(name));
    checker.parse(page).map_err(|faults| match &faults[..] {
        [] => "the page is not valid".to_owned(),
        [fault] => format!("line {fault}"),
        [fault, others @ ..] => format!("line {fault} (and {} more)", others.len()),
    })
}

/// The name on the TYPE line of a counter.
fn counter_name(line: &str) -> Option<&str> {
    line.strip_prefix("# TYPE ")?.strip_suffix(" counter")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_without_total_are_taken() {
        assert!(read(b"# TYPE jobs counter\njobs 1\n").is_ok());
        assert!(read(b"# TYPE jobs_total counter\njobs_total 1\n").is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_on_one_line() {
        let fault = |page: &[u8]| read(page).unwrap_err();
        assert_eq!(fault(b"a \xFA\n"), "the page is not UTF-8");
        assert_eq!(
            fault(b"a 1"),
            "line 1: the last line does not end in \\n: is the page cut off?"
        );
        assert!(fault(b"a 1\nb 1\n").ends_with("(and 1 more)"));
        assert!(!fault(b"# TYPE a gauge\na{b=\"c\\\rd\"} 1\n").contains('\r'));
    }
}
